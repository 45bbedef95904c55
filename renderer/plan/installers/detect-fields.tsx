/** Owns the fields of how an installed component is recognised on a host. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Detection, Installer } from '../../../domain/plan/installer.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft } from '../model/draft.ts'
import { isOperatorSupplied } from '../../../domain/plan/catalogue.ts'
import { withoutUndefined } from '../model/edit.ts'
import { linesOf } from '../model/edit-installers.ts'
import { FieldPlace, PartProblem, TextField } from '../forms/fields.tsx'
import textStyles from '../../shared/styles/text.module.css'
import styles from './installers.module.css'

interface DetectFieldsProps {
  readonly component: ComponentName
  readonly installer: Installer
  readonly onSet: (change: { detect: Detection } | { services: string[] }, field: string) => void
}

export function DetectFields({ component, installer, onSet }: DetectFieldsProps) {
  const locked = !useDraft((draft) => draft.editing)
  const catalogue = useCatalogue()
  const title = componentTitles[component]
  const path = `installers.${component}.detect`
  const { detect, services } = installer
  const put = (change: Partial<Detection>, field: keyof Detection): void => {
    const text = change[field]
    onSet({ detect: withoutUndefined({ ...detect, [field]: text === '' ? undefined : text }) }, `${path}.${field}`)
  }
  const named = catalogue?.components[component].services
  const documented =
    named !== undefined && !isOperatorSupplied(named) && named.some((service) => service.value === detect.service)
  return (
    <FieldPlace path={path}>
      <fieldset className={styles.fields}>
        <legend>{`How Rollout sees that ${title} is there`}</legend>
        <p className={textStyles.quiet}>All that is named must hold. At least one of program, file and service.</p>
        <PartProblem path={path} />
        <TextField
          label={`Program name of ${title}`}
          path={`${path}.uninstallName`}
          chip={<Yours />}
          hint="As it stands under installed apps, letter for letter."
          value={detect.uninstallName ?? ''}
          disabled={locked}
          onSet={(uninstallName) => {
            put({ uninstallName }, 'uninstallName')
          }}
        />
        <TextField
          label={`Least version of ${title}`}
          path={`${path}.minVersion`}
          chip={<Yours />}
          hint="Such as 1.4.2; held against the program's."
          value={detect.minVersion ?? ''}
          disabled={locked}
          onSet={(minVersion) => {
            put({ minVersion }, 'minVersion')
          }}
        />
        <TextField
          label={`File of ${title} on the host`}
          path={`${path}.file`}
          chip={<Yours />}
          value={detect.file ?? ''}
          disabled={locked}
          onSet={(file) => {
            put({ file }, 'file')
          }}
        />
        <TextField
          label={`Service of ${title}`}
          path={`${path}.service`}
          chip={documented ? <Docs /> : <Yours />}
          value={detect.service ?? ''}
          disabled={locked}
          onSet={(service) => {
            put({ service }, 'service')
          }}
        />
        <TextField
          label={`Further services of ${title} that must run`}
          path={`installers.${component}.services`}
          chip={<Yours />}
          hint="One a line, beside the documented ones."
          lines={2}
          value={services.join('\n')}
          disabled={locked}
          onSet={(text) => {
            onSet({ services: linesOf(text) }, `installers.${component}.services`)
          }}
        />
      </fieldset>
    </FieldPlace>
  )
}
