/** Which page of the guide belongs to a view, and what Help says of the view in a sentence or two. */
import type { Route } from '../shared/route.ts'
import type { PageLink } from './pages.ts'
import { helpText, type ViewName } from './text.ts'

export interface ViewHelp {
  readonly title: string
  readonly text: string
  readonly link: PageLink
}

/** The page and, after a #, the heading. */
const pageOfView: Readonly<Record<ViewName, string>> = {
  home: 'guide/getting-started#the-same-path-in-the-window',
  runs: 'guide/rollout#status',
  audit: 'guide/acceptance-summary#verify-the-audit',
  nowhere: 'guide/window',
  vault: 'guide/vault',
  transports: 'guide/ssh#host-keys',
  media: 'guide/plans#installers-unattended',
  catalogue: 'guide/plans#what-exekra-does-not-publish',
  appearance: 'guide/window#settings',
  data: 'guide/backup',
  layout: 'guide/plans#start-from-a-layout',
  hosts: 'guide/windows-hosts',
  map: 'guide/plans#placements',
  connections: 'guide/plans#the-certificate-of-the-hub',
  environments: 'guide/plans#placements',
  installers: 'guide/plans#installers-unattended',
  policy: 'guide/plans#rollout-policy',
  licence: 'guide/plans#what-exekra-does-not-publish',
  findings: 'guide/plans#check-until-nothing-blocks',
  firewall: 'guide/firewall-matrix',
  review: 'guide/plans#lock-the-plan',
  survey: 'guide/survey',
  rollout: 'guide/rollout#start',
  dossier: 'guide/acceptance-summary',
  history: 'guide/window#the-journey-of-a-plan',
  run: 'guide/rollout',
}

/** The help of the view at that address. */
export function helpFor(route: Route): ViewHelp {
  const view = nameOf(route)
  const [page = '', heading = null] = pageOfView[view].split('#')
  return { ...helpText.views[view], link: { page, heading } }
}

function nameOf(route: Route): ViewName {
  switch (route.view) {
    case 'plan':
      return route.section
    case 'settings':
      return route.part
    default:
      return route.view
  }
}
