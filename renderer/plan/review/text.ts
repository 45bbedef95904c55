/** Texts of review, lock and approval. */
import { plural } from '../../../domain/base/plural.ts'

export const reviewText = {
  compiling: 'Compiling the plan',
  noSteps: 'There are no steps yet',
  lead: 'Everything that will run, word for word. A rollout runs only this revision. Any edit creates a new one.',
  columns: { number: '#', host: 'Host', step: 'Step and exact command', account: 'Account' },
  paperTitle: (plan: string, revision: number, practice: boolean) =>
    `Sign-off sheet of ${plan}, revision ${revision}${practice ? ' (practice: no machine is changed)' : ''}`,
  paperState: (site: string, locked: boolean, person: string, changed: string, printed: string) =>
    `${site}. ${locked ? 'Locked' : 'Draft, last changed'} by ${person}, ${changed}. Printed ${printed}.`,
  paperHash: (hash: string) => `SHA-256 of the plan: ${hash}`,
  paperFindings: (blocks: number, warnings: number, accepted: number) =>
    `${plural(blocks, 'block')}, ${plural(warnings, 'warning')}, ${accepted} accepted.`,
  paperAccepted: (person: string, finding: string, reason: string) =>
    `Accepted by ${person}: ${finding} Reason: ${reason}`,
  revision: (revision: number) => `Revision ${revision}`,
  hash: 'SHA-256 of the plan',
  hashAbout: 'SHA-256 of the whole plan',
  findings: 'Findings',
  judging: 'Checking the plan',
  blocks: (count: number) => plural(count, 'block'),
  warnings: (count: number, accepted: number) => `${plural(count, 'warning')}, ${accepted} accepted`,
  passes: (count: number) => `${count} pass`,
  showFindings: 'Show findings',
  refused: (blocks: number) =>
    blocks === 1 ? '1 block prevents the lock' : `${plural(blocks, 'block')} prevent the lock`,
  lockedBy: (person: string, time: string) => `Locked by ${person} at ${time}`,
  notLocked: 'Nothing runs until you lock a revision and start it.',
  saving: 'Saving the last change.',
  goToRollout: 'Go to rollout',
  lock: (revision: number) => `Lock revision ${revision}`,
  print: 'Print',
} as const

export const changesText = {
  title: 'Changes',
  kinds: { added: 'Added', removed: 'Removed', changed: 'Changed' },
  empty: 'nothing',
  more: (count: number) => `and ${count} more`,
  noneLocked: 'No earlier revision is locked.',
  reading: (revision: number) => `Loading revision ${revision}`,
  since: (count: number, revision: number) =>
    count === 0
      ? `Nothing differs from locked revision ${revision}.`
      : `${plural(count, 'difference')} from locked revision ${revision}`,
} as const

export const approvalsText = {
  title: 'Approvals',
  none: 'This revision has no approval yet.',
  notLocked: 'Only a locked revision can be approved. Lock it first.',
  approved: 'Approved',
  record: (what: string, time: string, person: string) => `${what} · ${time}, recorded by ${person}`,
  withdraw: 'Withdraw',
  withdrawOf: (person: string) => `Withdraw the approval of ${person}`,
  add: 'Record approval',
  who: 'Who approves',
  what: 'What they reviewed',
  why: 'Reason or reference',
  whyWithdrawn: (person: string) => `Why ${person} withdraws it`,
  submit: 'Record approval',
  submitWithdrawal: 'Withdraw approval',
  cancel: 'Cancel',
  unread: 'The approvals could not be loaded for this printout.',
  paper: { who: 'Who', when: 'When' },
} as const

export const sheetText = {
  about: (hosts: number, waves: number, canary: boolean) =>
    [plural(hosts, 'host'), waves > 1 ? plural(waves, 'wave') : '', canary ? 'canary first' : '']
      .filter(Boolean)
      .join(', '),
  hosts: (hosts: readonly string[]) =>
    hosts.length <= 2 ? hosts.join(', ') : `${hosts[0] ?? ''} and ${hosts.length - 1} more`,
} as const
