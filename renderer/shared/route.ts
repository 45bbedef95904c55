/** The address of each view, in the fragment of the page, so that a reload returns to it. */
import { useSyncExternalStore } from 'react'

export const planSections = [
  'layout',
  'hosts',
  'map',
  'connections',
  'environments',
  'installers',
  'policy',
  'licence',
  'findings',
  'firewall',
  'review',
  'survey',
  'rollout',
  'dossier',
  'history',
] as const
export type PlanSection = (typeof planSections)[number]

export const settingsParts = ['vault', 'transports', 'media', 'catalogue', 'appearance', 'data'] as const
export type SettingsPart = (typeof settingsParts)[number]

export type Route =
  | { readonly view: 'home' }
  | { readonly view: 'runs' }
  | { readonly view: 'settings'; readonly part: SettingsPart }
  | { readonly view: 'audit' }
  | { readonly view: 'plan'; readonly planId: string; readonly section: PlanSection }
  | { readonly view: 'run'; readonly runId: string; readonly step?: string }
  | { readonly view: 'nowhere'; readonly address: string }

/** The place of an address such as #/plans/ID/hosts. */
export function readRoute(fragment: string): Route {
  const [first, second, third, ...rest] = fragment
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode)
  const [fourth] = rest
  if (first === 'runs' && second !== undefined && third === 'steps' && fourth !== undefined && rest.length === 1)
    return { view: 'run', runId: second, step: fourth }
  if (rest.length > 0) return { view: 'nowhere', address: fragment }
  if (first === undefined || first === '') return { view: 'home' }
  if ((first === 'runs' || first === 'audit') && second === undefined) return { view: first }
  const part = settingsParts.find((candidate) => candidate === (second ?? 'vault'))
  if (first === 'settings' && part !== undefined && third === undefined) return { view: 'settings', part }
  if (first === 'runs' && second !== undefined && third === undefined) return { view: 'run', runId: second }
  const section = planSections.find((candidate) => candidate === (third ?? 'hosts'))
  if (first === 'plans' && second !== undefined && section !== undefined)
    return { view: 'plan', planId: second, section }
  return { view: 'nowhere', address: fragment }
}

/** The address of a place. */
export function address(route: Exclude<Route, { view: 'nowhere' }>): string {
  switch (route.view) {
    case 'home':
      return '#/'
    case 'runs':
    case 'audit':
      return `#/${route.view}`
    case 'settings':
      return `#/settings/${route.part}`
    case 'plan':
      return `#/plans/${encodeURIComponent(route.planId)}/${route.section}`
    case 'run':
      return `#/runs/${encodeURIComponent(route.runId)}${route.step === undefined ? '' : `/steps/${encodeURIComponent(route.step)}`}`
  }
}

/** A place as a link that can be given to somebody who works on this workstation, or put into the search. */
export function linkTo(route: Exclude<Route, { view: 'nowhere' }>): string {
  return `${location.origin}${location.pathname}${address(route)}`
}

/** Goes to a place; `replace` leaves no trace in the history. */
export function go(route: Exclude<Route, { view: 'nowhere' }>, how: 'push' | 'replace' = 'push'): void {
  if (how === 'replace') location.replace(address(route))
  else location.hash = address(route)
}

/** The place where the person is. */
export function useRoute(): Route {
  const fragment = useSyncExternalStore(watchFragment, () => location.hash)
  return readRoute(fragment)
}

function watchFragment(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => {
    removeEventListener('hashchange', changed)
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
