/** Fields of one file for a host: its path, its SHA-256 and its signer. A button calculates the hash from the file. */
import { Button } from '@fluentui/react-components'
import { DocumentSearch20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Artefact } from '../../../domain/plan/installer.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { Yours } from '../../shared/components/provenance.tsx'
import { useDraft } from '../model/draft.ts'
import { withoutUndefined } from '../model/edit.ts'
import { TextField } from '../forms/fields.tsx'
import { fileUnreadable } from './failures.ts'
import { artefactText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'

interface ArtefactFieldsProps {
  /** The file in words, as part of its labels: `the Hub installer`. */
  readonly what: string
  readonly path: string
  readonly artefact: Artefact
  readonly withSigner?: boolean
  readonly disabled: boolean
  readonly onSet: (artefact: Artefact, field?: string) => void
}

/** The fields of an artefact. `path` is its path in the plan document. */
export function ArtefactFields({ what, path, artefact, withSigner = true, disabled, onSet }: ArtefactFieldsProps) {
  const client = useClient()
  const planId = useDraft((draft) => draft.planId)
  const folder = useDraft((draft) => draft.folder)
  const act = useAct()
  const [fileRead, setFileRead] = useState<string | null>(null)
  const takeHash = async (): Promise<void> => {
    setFileRead(null)
    const file = await client.call('plan.inspectFile', { planId, folder, file: artefact.file })
    if (!file.exists || file.sha256 === null) throw fileUnreadable(file.path)
    onSet({ ...artefact, sha256: file.sha256 })
    setFileRead(artefactText.read(file.path, file.size ?? 0))
  }
  return (
    <>
      <TextField
        label={artefactText.file(what)}
        path={`${path}.file`}
        chip={<Yours />}
        hint={artefactText.fileHint}
        value={artefact.file}
        disabled={disabled}
        onSet={(file) => {
          onSet({ ...artefact, file }, `${path}.file`)
        }}
      />
      <TextField
        label={artefactText.sha256(what)}
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
            aria-label={artefactText.takeHashOf(what)}
            disabledFocusable={artefact.file === '' || act.busy}
            onClick={() => {
              if (artefact.file !== '' && !act.busy) void act.run(takeHash)
            }}
          >
            {act.busy ? artefactText.reading : artefactText.takeHash}
          </Button>
          <span role="status" className={textStyles.quiet}>
            {fileRead}
          </span>
        </span>
      )}
      <FailureNote failure={act.failure} />
      {withSigner && (
        <TextField
          label={artefactText.signer(what)}
          path={`${path}.signer`}
          chip={<Yours />}
          hint={artefactText.signerHint}
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
