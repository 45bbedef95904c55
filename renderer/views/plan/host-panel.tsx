/** Owns the panel of one host of the plan: its fields, what is placed on it, and what is found of it. */
import { Button, Checkbox, Field, Input, Select } from '@fluentui/react-components'
import { Dismiss20Regular } from '@fluentui/react-icons'
import type { Host } from '../../../domain/host.ts'
import { operatingSystems } from '../../../domain/host.ts'
import { componentNames } from '../../../domain/ids.ts'
import { componentTitles } from '../../../domain/words.ts'
import { Yours } from '../../components/provenance.tsx'
import { systemName } from '../../run/words.ts'
import { useDraft, useDraftSession } from '../../stores/draft.ts'
import { editHost, editPlacement, place } from './edit.ts'
import { FindingCard } from './finding-card.tsx'
import { hostOf } from './findings-by-host.ts'
import { TextField } from './fields.tsx'
import styles from './plan.module.css'

export function HostPanel({ host, onClose }: { readonly host: Host; readonly onClose: () => void }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const editing = useDraft((draft) => draft.editing)
  const findings = useDraft((draft) => draft.findings)
  const placements = plan.placements.filter((placement) => placement.host === host.name)
  const mine = (findings ?? []).filter((finding) => hostOf(finding.subject) === host.name && finding.severity !== 'pass')
  const change = (next: Partial<Host>): void => { edit((before) => editHost(before, host.name, next)) }
  return (
    <aside className={styles.panel} aria-label={`Host ${host.name}`} data-region="side panel" tabIndex={-1} onKeyDown={(event) => { if (event.key === 'Escape') onClose() }}>
      <header className={styles.panelHead}>
        <h2>{host.name}</h2>
        <Button appearance="subtle" size="small" icon={<Dismiss20Regular />} aria-label="Close panel" onClick={onClose} />
      </header>
      <div className={styles.form}>
        <TextField label="Address" chip={<Yours />} value={host.address} disabled={!editing} onSet={(address) => { change({ address }) }} />
        <Field label="System">
          <Select disabled={!editing} value={host.os ?? ''} onChange={(_, { value }) => { change({ os: operatingSystems.find((os) => os === value) }) }}>
            <option value="">Not stated</option>
            {operatingSystems.map((os) => <option key={os} value={os}>{systemName(os)}</option>)}
          </Select>
        </Field>
        <TextField label="Credential, by its name in the vault" value={host.credential ?? ''} placeholder={plan.defaultCredential ?? 'None'} disabled={!editing} onSet={(name) => { change({ credential: name === '' ? undefined : name }) }} />
        <fieldset className={styles.set} disabled={!editing}>
          <legend>Components</legend>
          {componentNames.map((component) => {
            const placement = placements.find((one) => one.component === component)
            return (
              <div key={component} className={styles.placement}>
                <Checkbox label={componentTitles[component]} checked={placement !== undefined} disabled={!editing} onChange={(_, { checked }) => { edit((before) => place(before, host.name, component, checked === true)) }} />
                {placement && <Checkbox label="Exists already" checked={placement.provision === 'existing'} disabled={!editing} onChange={(_, { checked }) => { edit((before) => editPlacement(before, host.name, component, { provision: checked === true ? 'existing' : 'install' })) }} />}
                {placement && component === 'runner' && (
                  <Select size="small" aria-label="Environment" disabled={!editing} value={placement.environment ?? ''} onChange={(_, { value }) => { edit((before) => editPlacement(before, host.name, component, { environment: value === '' ? undefined : value })) }}>
                    <option value="">No environment</option>
                    {plan.environments.map((environment) => <option key={environment.name}>{environment.name}</option>)}
                  </Select>
                )}
              </div>
            )
          })}
        </fieldset>
        <Field label="Reached by"><Input disabled value={host.reach.kind === 'ssh' ? `SSH, port ${host.reach.port}` : host.reach.kind} /></Field>
      </div>
      {mine.length > 0 && <h3 className={styles.panelTitle}>Findings</h3>}
      {mine.map((finding) => <FindingCard key={finding.check + finding.subject + finding.message} finding={finding} />)}
    </aside>
  )
}
