/** Texts around the sections of a plan: its bar, its banners and its loading. */
import { plural } from '../../domain/base/plural.ts'
import type { PlanSection } from '../shared/route.ts'

export const sectionTitles: Record<PlanSection, string> = {
  hosts: 'Hosts',
  map: 'Topology map',
  connections: 'Connections & certificate',
  layout: 'Layout',
  environments: 'Environments & Runners',
  installers: 'Installers',
  policy: 'Rollout policy',
  licence: 'Licence',
  findings: 'Findings',
  firewall: 'Firewall matrix',
  review: 'Review & lock',
  survey: 'Survey',
  rollout: 'Rollout',
  dossier: 'Acceptance summary',
  history: 'History',
}

/** `one value needs`, `3 values need`. */
function valuesNeed(count: number): string {
  return count === 1 ? 'one value needs' : `${plural(count, 'value')} need`
}

export const planText = {
  loading: 'Loading the plan',
  unreadable: 'Rollout cannot read the plan',
  loadingView: 'Loading the view',
  drawingMap: 'Drawing the map',
} as const

export const barText = {
  locked: (revision: number) => `Locked r${revision}`,
  draft: (revision: number) => `Draft r${revision}`,
  lockedBy: (person: string, time: string) => `Locked by ${person} at ${time}`,
  savedAt: (time: string) => `Saved ${time}`,
  saving: 'Saving',
  conflict: 'Not saved: changed by somebody else',
  invalid: (count: number) => `Not saved: ${valuesNeed(count)} correcting`,
  notSaved: 'Not saved yet',
  undo: 'Undo',
  undoKey: 'Undo, Ctrl+Z',
  redo: 'Redo',
  redoKey: 'Redo, Ctrl+Y',
  edit: (revision: number) => `Edit as draft r${revision}`,
  review: 'Review & lock',
} as const

export const bannerText = {
  restoredTitle: 'Restored edits',
  restored: 'Edits of your last visit were not saved. They are on screen again.',
  notSaved: 'Not saved',
  save: 'Save now',
  invalid: (count: number) => `Not saved: ${valuesNeed(count)} correcting. This workstation keeps your edits.`,
  more: (count: number) => `and ${count} more`,
  conflictTitle: 'Changed meanwhile',
  conflict: (person: string, locked: boolean, time: string) =>
    `${person} ${locked ? 'locked' : 'changed'} this plan at ${time} while you edited it here.`,
  differences: (count: number) =>
    `Your version differs in ${plural(count, 'place')}. Nothing is saved until you choose.`,
  keepMine: 'Keep my version',
  takeTheirs: 'Take their version',
  saveAsNew: 'Save mine as a new plan',
  showDifferences: 'Show differences',
  hideDifferences: 'Hide differences',
} as const

/** What changed between two plans, in words. */
export const changeText = {
  plan: 'Plan',
  placement: (component: string, host: string) => `${component} on ${host}`,
  installer: (component: string) => `Installer of ${component}`,
  environment: (name: string) => `Environment ${name}`,
  orders: {
    hosts: 'Order of the hosts',
    placements: 'Order of the placements',
    environments: 'Order of the environments',
    installers: 'Order of the installers',
  },
  flags: { true: 'Yes', false: 'No' },
  provisions: { install: 'Rollout installs it', existing: 'Exists already' },
  // Fields that no form shows, or whose label is a question.
  others: {
    layout: 'Layout',
    'reach.port': 'Port',
    'largeFiles.by': 'How large files reach the host',
    'largeFiles.port': 'Port for large files',
    environment: 'Environment',
    provision: 'Installation',
    loadBalancer: 'Load balancer',
    practice: 'Practice site',
    'practice.site': 'File of the practice site',
  } as Readonly<Record<string, string>>,
} as const
