/** Fields of how Rollout detects an installed component on a host. */
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Detection, Installer } from '../../../domain/plan/installer.ts'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft } from '../model/draft.ts'
import { isOperatorSupplied } from '../../../domain/plan/catalogue.ts'
import { withoutUndefined } from '../model/edit.ts'
import { linesOf } from '../model/edit-installers.ts'
import { FieldPlace, PartProblem, TextField } from '../forms/fields.tsx'
import { detectText } from './text.ts'
import textStyles from '../../shared/styles/text.module.css'
import styles from './installers.module.css'

interface DetectFieldsProps {
  readonly component: ComponentName
  readonly installer: Installer
  readonly onSet: (change: { detect: Detection } | { services: string[] }, field: string) => void
}

/** The fields of the detection of a component. */
export function DetectFields({ component, installer, onSet }: DetectFieldsProps) {
  const locked = !useDraft((draft) => draft.editing)
  const catalogue = useCatalogue()
  const path = `installers.${component}.detect`
  const { detect, services } = installer
  const put = (change: Partial<Detection>, field: keyof Detection): void => {
    const text = change[field]
    onSet({ detect: withoutUndefined({ ...detect, [field]: text === '' ? undefined : text }) }, `${path}.${field}`)
  }
  const known = catalogue?.components[component].services
  const documented =
    known !== undefined && !isOperatorSupplied(known) && known.some((service) => service.value === detect.service)
  return (
    <FieldPlace path={path}>
      <fieldset className={styles.fields}>
        <legend>{detectText.title(component)}</legend>
        <p className={textStyles.quiet}>{detectText.about}</p>
        <PartProblem path={path} text={detectText.missing} />
        <TextField
          label={detectText.program(component)}
          path={`${path}.uninstallName`}
          chip={<Yours />}
          hint={detectText.programHint}
          value={detect.uninstallName ?? ''}
          disabled={locked}
          onSet={(uninstallName) => {
            put({ uninstallName }, 'uninstallName')
          }}
        />
        <TextField
          label={detectText.minVersion(component)}
          path={`${path}.minVersion`}
          chip={<Yours />}
          hint={detectText.minVersionHint}
          value={detect.minVersion ?? ''}
          disabled={locked}
          onSet={(minVersion) => {
            put({ minVersion }, 'minVersion')
          }}
        />
        <TextField
          label={detectText.file(component)}
          path={`${path}.file`}
          chip={<Yours />}
          value={detect.file ?? ''}
          disabled={locked}
          onSet={(file) => {
            put({ file }, 'file')
          }}
        />
        <TextField
          label={detectText.service(component)}
          path={`${path}.service`}
          chip={documented ? <Docs /> : <Yours />}
          value={detect.service ?? ''}
          disabled={locked}
          onSet={(service) => {
            put({ service }, 'service')
          }}
        />
        <TextField
          label={detectText.services(component)}
          path={`installers.${component}.services`}
          chip={<Yours />}
          hint={detectText.servicesHint}
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
