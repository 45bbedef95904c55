/** Owns the map as a list: the same zones, hosts and flows, for readers and for those who would rather read. */
import { useMemo } from 'react'
import type { MapHost, SiteMap } from '../../canvas/map-shapes.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { usePlanHostLook } from './plan-look.ts'
import styles from './plan.module.css'

interface MapListProps {
  readonly map: SiteMap
  readonly chosen: string | null
  readonly onChoose: (host: string | null) => void
}

export function MapList({ map, chosen, onChoose }: MapListProps) {
  const hosts = useMemo(() => new Map(map.hosts.map((host) => [host.name, host])), [map])
  const flows = useMemo(() => flowsByHost(map), [map])
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Hosts and flows">
      <table className={styles.table}>
        <thead><tr><th scope="col">Host</th><th scope="col">Components</th><th scope="col">Flows</th><th scope="col">Findings</th></tr></thead>
        {map.zones.map((zone) => zone.hosts.length > 0 && (
          <tbody key={zone.id}>
            <tr className={styles.groupRow}><th scope="rowgroup" colSpan={4}>{zone.title}<span>{[String(zone.hosts.length), zone.network ?? ''].filter(Boolean).join(' · ')}</span></th></tr>
            {zone.hosts.map((name) => <Row key={name} name={name} host={hosts.get(name)} flows={flows.get(name) ?? none} chosen={chosen === name} onChoose={onChoose} />)}
          </tbody>
        ))}
      </table>
    </div>
  )
}

const none: readonly string[] = []

/** Where each host goes to, host and port. */
function flowsByHost(map: SiteMap): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const flow of map.edges.flatMap((edge) => edge.flows)) {
    const list = found.get(flow.from) ?? []
    list.push(`${flow.to}:${flow.port}`)
    found.set(flow.from, list)
  }
  return found
}

function Row({ name, host, flows, chosen, onChoose }: { readonly name: string; readonly host: MapHost | undefined; readonly flows: readonly string[]; readonly chosen: boolean; readonly onChoose: (host: string | null) => void }) {
  const { status, said } = usePlanHostLook(name, host?.address ?? '')
  return (
    <tr className={chosen ? styles.chosen : undefined}>
      <td>{host?.outside === true ? name : <button type="button" className={styles.link} aria-expanded={chosen} onClick={() => { onChoose(chosen ? null : name) }}>{name}</button>}</td>
      <td>{host?.components.map(({ title, port }) => title + (port === null ? '' : ` ${port}`)).join(', ') ?? ''}</td>
      <td className={styles.mono}>{flows.join(', ')}</td>
      <td>{status !== null && <StatusGlyph status={status} label={said} />}</td>
    </tr>
  )
}
