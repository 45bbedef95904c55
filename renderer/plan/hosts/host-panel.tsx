/** Panel of one host: its fields, its components and its findings. */
import { Button, Checkbox, Select } from '@fluentui/react-components'
import { Delete20Regular } from '@fluentui/react-icons'
import type { Host } from '../../../domain/plan/host.ts'
import { operatingSystems } from '../../../domain/plan/host.ts'
import { componentNames, HostName } from '../../../domain/base/ids.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { Yours } from '../../shared/components/provenance.tsx'
import { systemName } from '../../shared/format.ts'
import { SidePanel } from '../../shared/components/side-panel.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { showHost } from '../../navigation/field-focus.ts'
import { editHost, editPlacement, place, removeHosts } from '../model/edit.ts'
import { renameHost } from '../model/edit-hosts.ts'
import { FieldPlace, SelectField, TextField } from '../forms/fields.tsx'
import { FindingCard } from '../findings/finding-card.tsx'
import { hostOf, subjectText } from '../../../domain/base/subject.ts'
import { ReachFields } from '../forms/reach-fields.tsx'
import { hostText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import styles from './hosts.module.css'

const systems = operatingSystems.map((value) => ({ value, label: systemName(value) }))

/** The panel of a host of the open plan. */
export function HostPanel({ host, onClose }: { readonly host: Host; readonly onClose: () => void }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const editing = useDraft((draft) => draft.editing)
  const findings = useDraft((draft) => draft.findings)
  const at = plan.hosts.indexOf(host)
  const path = `hosts[${at}]`
  const open = (findings ?? []).filter(
    (finding) => hostOf(finding.subject) === host.name && finding.severity !== 'pass',
  )
  const change = (next: Partial<Host>, field?: string): void => {
    edit((before) => editHost(before, host.name, next), field === undefined ? undefined : `${host.name} ${field}`)
  }
  const rename = (name: string): void => {
    edit((before) => renameHost(before, host.name, name))
    showHost(name)
  }
  return (
    <SidePanel
      label={hostText.panel(host.name)}
      heading={<h2>{host.name}</h2>}
      closeLabel={hostText.close}
      subject={host.name}
      onClose={onClose}
    >
      <div className={panelStyles.form}>
        <TextField
          label={hostText.name}
          path={`${path}.name`}
          chip={<Yours />}
          value={host.name}
          disabled={!editing}
          refuse={(text) =>
            refuseName(
              text,
              plan.hosts.filter((other) => other !== host),
            )
          }
          onSet={rename}
        />
        <TextField
          label={hostText.address}
          path={`${path}.address`}
          chip={<Yours />}
          value={host.address}
          disabled={!editing}
          onSet={(address) => {
            change({ address }, 'address')
          }}
        />
        <ReachFields
          reach={host.reach}
          path={`${path}.reach`}
          practice={plan.practice !== undefined}
          disabled={!editing}
          onSet={(reach, field) => {
            change({ reach }, field)
          }}
        />
        <TextField
          label={hostText.credential}
          path={`${path}.credential`}
          value={host.credential ?? ''}
          placeholder={plan.defaultCredential ?? hostText.noCredential}
          disabled={!editing}
          onSet={(name) => {
            change({ credential: name === '' ? undefined : name }, 'credential')
          }}
        />
        <SelectField
          label={hostText.system}
          path={`${path}.os`}
          value={host.os}
          choices={systems}
          none={hostText.noSystem}
          disabled={!editing}
          onSet={(os) => {
            change({ os })
          }}
        />
        <TextField
          label={hostText.network}
          path={`${path}.network`}
          hint={hostText.networkHint}
          value={host.network ?? ''}
          disabled={!editing}
          onSet={(network) => {
            change({ network: network === '' ? undefined : network }, 'network')
          }}
        />
        <TextField
          label={hostText.workFolder}
          path={`${path}.workFolder`}
          value={host.workFolder}
          disabled={!editing}
          onSet={(workFolder) => {
            change({ workFolder }, 'workFolder')
          }}
        />
        <Placements host={host} path={`${path}.placements`} />
        {editing && (
          <span>
            <Button
              size="small"
              icon={<Delete20Regular />}
              onClick={() => {
                edit((before) => removeHosts(before, new Set([host.name])))
                onClose()
              }}
            >
              {hostText.remove(host.name)}
            </Button>
          </span>
        )}
      </div>
      {open.length > 0 && <h3 className={panelStyles.panelTitle}>{hostText.findings}</h3>}
      {open.map((finding) => (
        <FindingCard key={finding.check + subjectText(finding.subject) + finding.message} finding={finding} />
      ))}
    </SidePanel>
  )
}

function Placements({ host, path }: { readonly host: Host; readonly path: string }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const editing = useDraft((draft) => draft.editing)
  return (
    <FieldPlace path={path}>
      <fieldset className={styles.set} disabled={!editing}>
        <legend>{hostText.components}</legend>
        {componentNames.map((component) => {
          const placement = plan.placements.find(
            (placed) => placed.component === component && placed.host === host.name,
          )
          return (
            <div key={component} className={styles.placement}>
              <Checkbox
                label={componentTitles[component]}
                checked={placement !== undefined}
                disabled={!editing}
                onChange={(_, { checked }) => {
                  edit((before) => place(before, host.name, component, checked === true))
                }}
              />
              {placement && (
                <Checkbox
                  label={hostText.exists}
                  aria-label={hostText.existsFor(component)}
                  checked={placement.provision === 'existing'}
                  disabled={!editing}
                  onChange={(_, { checked }) => {
                    edit((before) =>
                      editPlacement(before, host.name, component, {
                        provision: checked === true ? 'existing' : 'install',
                      }),
                    )
                  }}
                />
              )}
              {placement && component === 'runner' && (
                <Select
                  size="small"
                  aria-label={hostText.environment}
                  disabled={!editing}
                  value={placement.environment ?? ''}
                  onChange={(_, { value }) => {
                    edit((before) =>
                      editPlacement(before, host.name, component, { environment: value === '' ? undefined : value }),
                    )
                  }}
                >
                  <option value="">{hostText.noEnvironment}</option>
                  {plan.environments.map((environment) => (
                    <option key={environment.name}>{environment.name}</option>
                  ))}
                </Select>
              )}
            </div>
          )
        })}
      </fieldset>
    </FieldPlace>
  )
}

// Two hosts with one name would become one host: a name that is taken stays in the field.
function refuseName(text: string, others: readonly Host[]): string | null {
  const read = HostName.safeParse(text)
  if (!read.success) return text === '' ? hostText.nameMissing : hostText.wrong(read.error.issues[0]?.message ?? '')
  return others.some((other) => other.name.toLowerCase() === text.toLowerCase()) ? hostText.nameTaken(text) : null
}
