/** Owns the fields of one file that must arrive: where it lies, its hash (worked out from the file when asked), who signed it. */
import { Button } from '@fluentui/react-components'
import { DocumentSearch20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { failed } from '../../../domain/base/failure.ts'
import type { Artefact } from '../../../domain/plan/installer.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { Yours } from '../../shared/components/provenance.tsx'
import { formatCount } from '../../../domain/base/plural.ts'
import { useDraft } from '../model/draft.ts'
import { withoutUndefined } from '../model/edit.ts'
import { TextField } from '../forms/fields.tsx'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'

interface ArtefactFieldsProps {
  /** The file in words, to tell the fields of several apart. */
  readonly what: string
  readonly path: string
  readonly artefact: Artefact
  readonly withSigner?: boolean
  readonly disabled: boolean
  readonly onSet: (artefact: Artefact, field?: string) => void
}

export function ArtefactFields({ what, path, artefact, withSigner = true, disabled, onSet }: ArtefactFieldsProps) {
  const client = useClient()
  const planId = useDraft((draft) => draft.planId)
  const folder = useDraft((draft) => draft.folder)
  const act = useAct()
  const [seen, setSeen] = useState<string | null>(null)
  const look = async (): Promise<void> => {
    setSeen(null)
    const {
      path: place,
      exists,
      sha256,
      size,
    } = await client.call('plan.lookAtFile', { planId, folder, file: artefact.file })
    if (!exists || sha256 === null)
      throw failed(
        'request',
        'no-such-file',
        `There is no file ${place} that could be read.`,
        'Put the file there, or correct its path or the media folder.',
      )
    onSet({ ...artefact, sha256 })
    setSeen(`${place}, ${formatCount(size ?? 0)} bytes`)
  }
  return (
    <>
      <TextField
        label={`File of ${what}`}
        path={`${path}.file`}
        chip={<Yours />}
        hint="A whole path, or one inside the media folder."
        value={artefact.file}
        disabled={disabled}
        onSet={(file) => {
          onSet({ ...artefact, file }, `${path}.file`)
        }}
      />
      <TextField
        label={`SHA-256 of ${what}`}
        path={`${path}.sha256`}
        chip={<Yours />}
        value={artefact.sha256 ?? ''}
        disabled={disabled || artefact.file === ''}
        onSet={(sha256) => {
          onSet(withoutUndefined({ ...artefact, sha256: sha256 === '' ? undefined : sha256 }), `${path}.sha256`)
        }}
      />
      {!disabled && (
        <span className={panelStyles.acts}>
          <Button
            size="small"
            icon={<DocumentSearch20Regular />}
            aria-label={`Take the hash of ${what} from the file`}
            disabledFocusable={artefact.file === '' || act.busy}
            onClick={() => {
              if (artefact.file !== '' && !act.busy) void act.run(look)
            }}
          >
            {act.busy ? 'Reading the file' : 'Take hash from file'}
          </Button>
          <span role="status" className={textStyles.quiet}>
            {seen}
          </span>
        </span>
      )}
      <FailureNote failure={act.failure} />
      {withSigner && (
        <TextField
          label={`Signer of ${what}`}
          path={`${path}.signer`}
          chip={<Yours />}
          hint="Thumbprint of the signing certificate, 40 hexadecimal digits; held against the file on each host."
          value={artefact.signer ?? ''}
          disabled={disabled}
          onSet={(signer) => {
            onSet(withoutUndefined({ ...artefact, signer: signer === '' ? undefined : signer }), `${path}.signer`)
          }}
        />
      )}
    </>
  )
}
