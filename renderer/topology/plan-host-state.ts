/** What the map of a plan shows of each host: its worst finding and its address. */
import { useMemo } from 'react'
import type { Severity } from '../../domain/base/finding.ts'
import type { HostAppearance, MapHostState, ZoneCounts } from '../canvas/map-host-state.tsx'
import { statusWords } from '../status/status.ts'
import { useDraft } from '../plan/model/draft.ts'
import { findingsByHost } from '../plan/model/findings-by-host.ts'

const order: readonly Severity[] = ['block', 'warn', 'pass']

/** The hook of a map that shows findings, addresses, both or neither. */
export function planHostAppearance(findings: boolean, addresses: boolean): MapHostState['useHost'] {
  return appearanceHooks[findings ? 1 : 0][addresses ? 1 : 0]
}

// Four hooks with a name each: a map that is drawn again keeps its hook.
const appearanceHooks = [
  [useName, useAddress],
  [useFinding, usePlanHostAppearance],
] as const

function useName(host: string, address: string): HostAppearance {
  return { ...usePlanHostAppearance(host, address), status: null, line: '' }
}
function useAddress(host: string, address: string): HostAppearance {
  return { ...usePlanHostAppearance(host, address), status: null }
}
function useFinding(host: string, address: string): HostAppearance {
  return { ...usePlanHostAppearance(host, address), line: '' }
}

/** A host of the plan: its address, and the glyph of its worst finding where that is no pass. */
export function usePlanHostAppearance(host: string, address: string): HostAppearance {
  const severity = useSeverities().get(host) ?? 'pass'
  return useMemo(
    () => ({
      status: severity === 'pass' ? null : severity,
      line: address === host ? '' : address,
      part: null,
      step: null,
      spokenText: `${address}${severity === 'pass' ? '' : `, ${statusWords[severity]}`}`,
    }),
    [severity, address, host],
  )
}

/** How many hosts of a zone block, warn and pass. */
export function usePlanZoneCounts(hosts: readonly string[]): ZoneCounts {
  const severities = useSeverities()
  return useMemo(
    () =>
      order
        .map((status) => ({
          status,
          count: hosts.filter((host) => (severities.get(host) ?? 'pass') === status).length,
        }))
        .filter(({ count }) => count > 0),
    [hosts, severities],
  )
}

const known = new WeakMap<object, ReadonlyMap<string, Severity>>()
const none: ReadonlyMap<string, Severity> = new Map()

function useSeverities(): ReadonlyMap<string, Severity> {
  return useDraft(({ findings }) => {
    if (!findings) return none
    const found = known.get(findings) ?? findingsByHost(findings)
    known.set(findings, found)
    return found
  })
}
