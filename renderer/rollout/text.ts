/** Texts of the rollout as a whole: its views, its start, and what is announced of its progress. */
import { formatCount, plural } from '../../domain/base/plural.ts'

export const viewText = {
  reading: 'Reading the run',
  readingEvents: (events: number) => `Reading ${plural(events, 'event')} of the run`,
  unreadable: 'Rollout cannot read the run',
  drawingMap: 'Drawing the map',
  views: 'Show hosts as',
  view: { map: 'Map', farm: 'Farm', table: 'Table', timeline: 'Timeline', host: 'Host', output: 'Output' },
} as const

export const startText = {
  compiling: 'Compiling the plan',
  gateLabel: 'Gate',
  gate: (title: string, items: number) => `Gate ${title}: ${plural(items, 'item')} for you to confirm`,
  steps: (steps: number) => plural(steps, 'step'),
  hosts: (hosts: number) => plural(hosts, 'host'),
  panel: 'Start',
  locked: (revision: number) => `Revision ${revision} is locked`,
  draft: (revision: number) => `Revision ${revision} is a draft`,
  size: (hosts: number, steps: number) => `${plural(hosts, 'host')}, ${plural(steps, 'step')}, plan`,
  order: 'Rollout checks each step before it runs and afterwards. A gate waits for you between stages.',
  approvals: 'Approvals',
  noApproval: 'This revision has no approval yet. Record approvals under Review & lock.',
  approved: 'Approved',
  goToRun: 'Go to run',
  start: 'Start rollout',
  starting: 'Starting rollout',
  lockFirst: 'Review & lock first',
} as const

export const attentionText = {
  tab: (waiting: number) => (waiting > 0 ? `(${waiting}) Rollout` : 'Rollout'),
  otherTab: 'Exekra Rollout',
  decisions: (decisions: number) => `Needs you: ${plural(decisions, 'decision')}`,
  gate: (title: string) => `Needs you: gate ${title}`,
  noLink: 'Rollout on this workstation does not answer',
  asksForControl: (person: string) => `${person} asks for control of this run`,
  watching: 'You are watching: another process is running this rollout',
} as const

export const searchText = {
  pause: 'Pause rollout',
  resume: 'Resume rollout',
  output: 'Show or hide output',
} as const

export const progressText = {
  rollout: 'Rollout',
  wave: (stage: string, wave: string) => `${stage}, ${wave}`,
  started: (name: string, done: number) => `${name}: started${done > 0 ? `, ${formatCount(done)} done` : ''}`,
  news: (name: string, parts: readonly string[]) => `${name}: ${parts.join(', ')}`,
  moreDone: (hosts: number) => `${formatCount(hosts)} more done`,
  moreFailed: (hosts: number) => `${formatCount(hosts)} failed`,
  outcome: {
    accepted: 'The rollout has ended: accepted.',
    'accepted-with-exceptions': 'The rollout has ended: accepted with exceptions.',
    cancelled: 'The rollout has ended: cancelled.',
  },
  ended: 'The rollout has ended.',
  summary: (name: string, done: number, hosts: number, failed: number) =>
    `${name}: ${formatCount(done)} of ${plural(hosts, 'host')} done${failed > 0 ? `, ${formatCount(failed)} failed` : ''}.`,
  paused: 'Paused.',
  stepsRunning: (steps: number) => `${plural(steps, 'step')} running.`,
  decisionNeeded: 'A decision needs you.',
} as const
