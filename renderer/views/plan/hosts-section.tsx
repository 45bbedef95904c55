/** Owns the hosts of a plan: the table, pasting many, and the panel of the chosen one. */
import { Button, Checkbox, Input } from '@fluentui/react-components'
import { Add20Regular, Delete20Regular, Search20Regular } from '@fluentui/react-icons'
import { useMemo, useState } from 'react'
import { componentTitles } from '../../../domain/words.ts'
import { many, systemName } from '../../run/words.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { statusWords } from '../../status/status.ts'
import { useDraft, useDraftSession } from '../../stores/draft.ts'
import { removeHosts } from './edit.ts'
import { findingsByHost } from './findings-by-host.ts'
import { HostPanel } from './host-panel.tsx'
import { PasteDialog } from './paste-dialog.tsx'
import styles from './plan.module.css'

export function HostsSection() {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const editing = useDraft((draft) => draft.editing)
  const findings = useDraft((draft) => draft.findings)
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [pasting, setPasting] = useState(false)
  const worst = useMemo(() => findingsByHost(findings ?? []), [findings])
  const wanted = filter.trim().toLowerCase()
  const rows = plan.hosts
    .map((host) => ({ host, placements: plan.placements.filter((placement) => placement.host === host.name) }))
    .filter(({ host, placements }) => [host.name, host.address, host.os ?? '', ...placements.map((placement) => `${placement.component} ${placement.environment ?? ''}`)].join(' ').toLowerCase().includes(wanted))
    .sort((a, b) => (a.host.name < b.host.name ? -1 : 1))
  const host = plan.hosts.find((one) => one.name === chosen)
  const toggle = (name: string, on: boolean): void => {
    const next = new Set(marked)
    if (on) next.add(name)
    else next.delete(name)
    setMarked(next)
  }
  return (
    <div className={host ? styles.withPanel : styles.alone}>
      <main id="main" className={styles.main} tabIndex={-1} data-region="main">
        <div className={styles.tools}>
          <Input size="small" className={styles.find} contentBefore={<Search20Regular />} placeholder="Filter hosts" aria-label="Filter hosts" value={filter} onChange={(_, { value }) => { setFilter(value) }} />
          <span>{many(rows.length, 'host')}</span>
          <span className={styles.space} />
          {editing && marked.size > 0 && <Button size="small" icon={<Delete20Regular />} onClick={() => {
            edit((before) => removeHosts(before, marked))
            setMarked(new Set())
          }}>{`Remove ${many(marked.size, 'host')}`}</Button>}
          {editing && <Button size="small" icon={<Add20Regular />} onClick={() => { setPasting(true) }}>Add hosts</Button>}
        </div>
        {plan.hosts.length === 0 ? (
          <div className={styles.empty}>
            <h2>Which machines are there?</h2>
            <p>Paste names or addresses, one per line. The firewall matrix draws itself.</p>
            {editing && <Button appearance="primary" onClick={() => { setPasting(true) }}>Paste hosts</Button>}
          </div>
        ) : (
          <table className={styles.table}>
            <thead>
              <tr>
                {editing && <th scope="col" className={styles.narrow}><Checkbox aria-label="Choose all hosts" checked={marked.size === 0 ? false : marked.size === rows.length ? true : 'mixed'} onChange={(_, { checked }) => { setMarked(checked === true ? new Set(rows.map((row) => row.host.name)) : new Set()) }} /></th>}
                <th scope="col">Host</th><th scope="col">Address</th><th scope="col">System</th><th scope="col">Components</th><th scope="col">Environment</th><th scope="col">Findings</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ host: one, placements }) => {
                const severity = worst.get(one.name) ?? 'pass'
                return (
                  <tr key={one.name} className={one.name === chosen ? styles.chosen : undefined}>
                    {editing && <td className={styles.narrow}><Checkbox aria-label={`Choose ${one.name}`} checked={marked.has(one.name)} onChange={(_, { checked }) => { toggle(one.name, checked === true) }} /></td>}
                    <td><button type="button" className={styles.link} aria-expanded={one.name === chosen} onClick={() => { setChosen(one.name === chosen ? null : one.name) }}>{one.name}</button></td>
                    <td className={styles.mono}>{one.address}</td>
                    <td>{systemName(one.os)}</td>
                    <td>{placements.map((placement) => componentTitles[placement.component] + (placement.provision === 'existing' ? ' (existing)' : '')).join(', ')}</td>
                    <td>{placements.flatMap((placement) => placement.environment ?? []).join(', ')}</td>
                    <td><StatusGlyph status={severity} label={statusWords[severity]} /></td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )}
      </main>
      {host && <HostPanel key={host.name} host={host} onClose={() => { setChosen(null) }} />}
      {pasting && <PasteDialog onClose={() => { setPasting(false) }} />}
    </div>
  )
}
