/** Owns the form of an unattended installation: the file, its arguments and environment, which codes mean what, and how it is seen afterwards. */
import { Button } from '@fluentui/react-components'
import { Add20Regular, Delete20Regular } from '@fluentui/react-icons'
import type { ComponentName } from '../../../domain/base/ids.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { NoSource, Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { ArtefactFields } from './artefact-fields.tsx'
import { DetectFields } from './detect-fields.tsx'
import { typedNumber } from '../model/edit.ts'
import { codesOf, linesOf, setInstaller, type Unattended } from '../model/edit-installers.ts'
import { EnvironmentFields } from './environment-fields.tsx'
import { TextField } from '../forms/fields.tsx'
import textStyles from '../../shared/styles/text.module.css'
import styles from './installers.module.css'

const codes = [
  { key: 'success', label: 'succeeded' },
  { key: 'reboot', label: 'succeeded, a restart is wanted' },
  { key: 'rebooting', label: 'succeeded, the installer restarts the host' },
  { key: 'retry', label: 'nothing was done, try again later' },
] as const

export function UnattendedForm({
  component,
  installer,
}: {
  readonly component: ComponentName
  readonly installer: Unattended
}) {
  const { edit } = useDraftSession()
  const locked = !useDraft((draft) => draft.editing)
  const title = componentTitles[component]
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
        what={`the installer of ${title}`}
        path={`${path}.artefact`}
        artefact={installer.artefact}
        disabled={locked}
        onSet={(artefact, field) => {
          put({ artefact }, field)
        }}
      />
      <TextField
        label={`Arguments of the installer of ${title}`}
        path={`${path}.arguments`}
        chip={
          <>
            <Yours />
            <NoSource />
          </>
        }
        hint="One a line. {media} stands for the folder on the host, {name} for the host. No secret: arguments show in process lists."
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
          <legend>{`Further file ${i + 1} of ${title}`}</legend>
          <ArtefactFields
            what={`further file ${i + 1} of ${title}`}
            path={`${path}.extra[${i}]`}
            artefact={artefact}
            disabled={locked}
            onSet={(next, field) => {
              put({ extra: installer.extra.map((one, n) => (n === i ? next : one)) }, field)
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
              >{`Remove further file ${i + 1}`}</Button>
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
          >{`Add a file beside the installer of ${title}`}</Button>
        </span>
      )}
      <fieldset className={styles.fields}>
        <legend className={textStyles.label}>
          {`What the exit codes of ${title} mean`} <Yours />
        </legend>
        <p className={textStyles.quiet}>Filled in as Windows Installer has them. Any other code is a failure.</p>
        {codes.map(({ key, label }) => (
          <TextField
            key={key}
            label={`Codes of ${title}: ${label}`}
            path={`${path}.exitCodes.${key}`}
            value={installer.exitCodes[key].join(', ')}
            disabled={locked}
            onSet={(text) => {
              put({ exitCodes: { ...installer.exitCodes, [key]: codesOf(text) } }, `${path}.exitCodes.${key}`)
            }}
          />
        ))}
        <TextField
          label={`Longest time in minutes, ${title}`}
          path={`${path}.timeoutMinutes`}
          hint="1 to 1440."
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
