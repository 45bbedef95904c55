/** Search over the hosts of the open plan: by name, address, component or environment. */
import { useCallback } from 'react'
import { useDraftSession } from './model/draft.ts'
import { go, type PlanSection } from '../shared/route.ts'
import { type Found, useSearchSource } from '../navigation/search.ts'
import { showHost, focusField } from '../navigation/field-focus.ts'
import { findingsByHost } from './model/findings-by-host.ts'
import { hostRows } from './hosts/host-rows.ts'
import { seenPaths } from './model/finding-location.ts'

/**
 * Adds the hosts of the open plan to the search. A result opens in the survey when that is on screen, else in Hosts.
 */
export function usePlanSearch(section: PlanSection): void {
  const { store } = useDraftSession()
  useSearchSource(
    useCallback(() => {
      const { plan, planId, findings } = store.getState()
      const show = (host: string): void => {
        if (section === 'survey') focusField(seenPaths.cell('reach'), host)
        else showHost(host)
        go({ view: 'plan', planId, section: section === 'survey' ? 'survey' : 'hosts' })
      }
      return hostRows(plan, findingsByHost(findings ?? []), { by: 'name', descending: false }).map(
        ({ host, components, environment, severity }): Found => ({
          group: 'Hosts',
          title: host.name,
          detail: [host.address, components, environment].filter(Boolean).join(' · '),
          status: severity,
          go: () => {
            show(host.name)
          },
        }),
      )
    }, [store, section]),
  )
}
