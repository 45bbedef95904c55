/** Form of an unattended installation: file, arguments, environment, exit codes and detection. */
import { Button } from '@fluentui/react-components'
import { Add20Regular, Delete20Regular } from '@fluentui/react-icons'
import type { ComponentName } from '../../../domain/base/ids.ts'
import { NoSource, Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { ArtefactFields } from './artefact-fields.tsx'
import { DetectFields } from './detect-fields.tsx'
import { typedNumber } from '../model/edit.ts'
import { codesOf, linesOf, setInstaller, type Unattended } from '../model/edit-installers.ts'
import { EnvironmentFields } from './environment-fields.tsx'
import { TextField } from '../forms/fields.tsx'
import { unattendedText } from './text.ts'
import textStyles from '../../shared/styles/text.module.css'
import styles from './installers.module.css'

const meanings = ['success', 'reboot', 'rebooting', 'retry'] as const

/** The form of one component that an installer installs. */
export function UnattendedForm({
  component,
  installer,
}: {
  readonly component: ComponentName
  readonly installer: Unattended
}) {
  const { edit } = useDraftSession()
  const locked = !useDraft((draft) => draft.editing)
  const path = `installers.${component}`
  const put = (change: Partial<Unattended>, field?: string): void => {
    edit((before) => {
      const now = before.installers[component]
      return now?.mode === 'unattended' ? setInstaller(before, component, { ...now, ...change }) : before
    }, field)
  }
  return (
    <>
      <ArtefactFields
        what={unattendedText.installer(component)}
        path={`${path}.artefact`}
        artefact={installer.artefact}
        disabled={locked}
        onSet={(artefact, field) => {
          put({ artefact }, field)
        }}
      />
      <TextField
        label={unattendedText.arguments(component)}
        path={`${path}.arguments`}
        chip={
          <>
            <Yours />
            <NoSource />
          </>
        }
        hint={unattendedText.argumentsHint}
        lines={3}
        mono
        value={installer.arguments.join('\n')}
        disabled={locked}
        onSet={(text) => {
          put({ arguments: linesOf(text) }, `${path}.arguments`)
        }}
      />
      <EnvironmentFields
        component={component}
        environment={installer.environment}
        disabled={locked}
        onSet={(environment, field) => {
          put({ environment }, field)
        }}
      />
      {installer.extra.map((artefact, i) => (
        <fieldset key={i} className={styles.fields}>
          <legend>{unattendedText.extra(component, i + 1)}</legend>
          <ArtefactFields
            what={unattendedText.extraFile(component, i + 1)}
            path={`${path}.extra[${i}]`}
            artefact={artefact}
            disabled={locked}
            onSet={(next, field) => {
              put({ extra: installer.extra.map((other, n) => (n === i ? next : other)) }, field)
            }}
          />
          {!locked && (
            <span>
              <Button
                size="small"
                icon={<Delete20Regular />}
                onClick={() => {
                  put({ extra: installer.extra.filter((_, n) => n !== i) })
                }}
              >
                {unattendedText.removeExtra(i + 1)}
              </Button>
            </span>
          )}
        </fieldset>
      ))}
      {!locked && (
        <span>
          <Button
            size="small"
            icon={<Add20Regular />}
            onClick={() => {
              put({ extra: [...installer.extra, { file: '' }] })
            }}
          >
            {unattendedText.addExtra(component)}
          </Button>
        </span>
      )}
      <fieldset className={styles.fields}>
        <legend className={textStyles.label}>
          {unattendedText.exitCodes(component)} <Yours />
        </legend>
        <p className={textStyles.quiet}>{unattendedText.exitCodesAbout}</p>
        {meanings.map((key) => (
          <TextField
            key={key}
            label={unattendedText.exitCode(component, key)}
            path={`${path}.exitCodes.${key}`}
            value={installer.exitCodes[key].join(', ')}
            disabled={locked}
            onSet={(text) => {
              put({ exitCodes: { ...installer.exitCodes, [key]: codesOf(text) } }, `${path}.exitCodes.${key}`)
            }}
          />
        ))}
        <TextField
          label={unattendedText.timeout(component)}
          path={`${path}.timeoutMinutes`}
          hint={unattendedText.timeoutHint}
          numeric
          value={String(installer.timeoutMinutes)}
          disabled={locked}
          onSet={(text) => {
            put({ timeoutMinutes: typedNumber(text) }, `${path}.timeoutMinutes`)
          }}
        />
      </fieldset>
      <DetectFields component={component} installer={installer} onSet={put} />
    </>
  )
}
