/** Texts of the gate page: what is checked, what a person confirms, and what opens next. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { formatCount, plural } from '../../../domain/base/plural.ts'

export const gateText = {
  confirmFirst: (items: number, stage: string) => `Confirm ${plural(items, 'item')} before ${stage} starts`,
  allConfirmed: (items: number, stage: string) =>
    `${items === 1 ? 'The item is' : 'All items are'} confirmed. ${stage} can start`,
  whyYou: (items: number) =>
    items === 1
      ? 'Exekra documents no way for Rollout to check this item. Check and confirm it yourself.'
      : 'Exekra documents no way for Rollout to check these items. Check and confirm them yourself.',
  practice: (items: number) =>
    items === 1
      ? 'On the practice site it counts as done. Confirm it and continue.'
      : 'On the practice site they count as done. Confirm them and continue.',
  countOf: (all: number) => `of ${formatCount(all)}`,
  items: 'Items to confirm',
  note: 'Note on this gate (recorded in the log)',
  whenOpen: 'When the gate opens',
  log: 'Gate log',
  itemsLeft: (items: number) => `Confirm ${plural(items, 'more item', 'more items')} to open the gate.`,
  recorded: 'The log records your name and this checklist.',
  open: (stage: string) => `Open gate and start ${stage}`,
  back: 'Back to hosts',
} as const

export const itemText = {
  confirmedBy: (person: string) => `Confirmed by ${person}`,
  noteOn: (item: number) => `Note on item ${item}`,
  note: 'Note',
  addNote: 'Add note',
  addEvidence: 'Add evidence',
  addEvidenceHint: 'The log records the name, size and SHA-256. Rollout keeps a copy with the run.',
  evidenceFor: (item: number) => `Evidence for item ${item}`,
  remove: (file: string) => `Remove ${file}`,
  file: (name: string, size: string, hash: string) => `${name} ${size} ${hash}`,
  bytes: (bytes: number) => `${bytes} B`,
  kilobytes: (kilobytes: number) => `${kilobytes} kB`,
} as const

export const proofText = {
  list: 'Checked by Rollout',
  verified: 'Verified by Rollout',
  notVerified: 'Not verified',
  partlyVerified: 'Not verified on every host',
  verifiedOn: (hosts: string) => `Verified on ${hosts}`,
  skippedOn: (hosts: string) => `Skipped on ${hosts}`,
  excludedOn: (hosts: string) => `Excluded before it was verified: ${hosts}`,
} as const

export const nextStageText = {
  size: (hosts: number, steps: number) => `${plural(hosts, 'host')}, ${plural(steps, 'step')}`,
  sizeAndTime: (hosts: number, steps: number, time: string) =>
    `${plural(hosts, 'host')}, ${plural(steps, 'step')}, ${time}`,
  hosts: 'Hosts',
  hostsAndMore: (hosts: string, others: number) => `${hosts} and ${formatCount(others)} more`,
  excluded: 'Excluded',
  waves: 'Waves',
  wavesAfterCanary: (waves: number) => `${formatCount(waves)}, the canary first`,
  restart: 'Restart',
  noRestart: 'None planned',
  restartIfAsked: 'Only if an installer requests it',
  ends: 'Rollout ends',
  endsAbout: (time: string) => `about ${time} if you open the gate now`,
  approval: 'Approval',
  openedBy: 'Opened by',
  onePerson: (person: string) => `One person (${person})`,
  plan: 'Plan',
  revision: (revision: number) => `r${revision}`,
} as const

export const gateLogText = {
  reached: 'Gate reached. No new step starts',
  confirmed: (item: number, person: string, files: number) =>
    `Item ${item} confirmed by ${person}${files > 0 ? `, ${plural(files, 'file')}` : ''}`,
} as const

/** The file chosen as evidence has more bytes than Rollout keeps. */
export function evidenceTooLarge(name: string, megabytes: number): FailureError {
  return failed(
    'request',
    'file-too-large',
    `${name} is larger than ${megabytes} MB.`,
    'Choose a smaller file, for example a screenshot.',
  )
}

/** The file chosen as evidence is gone, or this user may not read it. */
export function evidenceUnreadable(name: string): FailureError {
  return failed(
    'workstation',
    'file-unreadable',
    `Rollout cannot read ${name}.`,
    'Check that the file still exists and that you may read it, then choose it again.',
  )
}
