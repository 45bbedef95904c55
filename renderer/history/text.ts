/** The words of the audit, the runs and the revisions. */
import { plural } from '../../domain/base/plural.ts'

export const auditText = {
  title: 'Audit',
  lead: 'Who did what and when. Rows are only added. Each contains the hash of the previous row.',
  unreadable: 'Rollout cannot read the audit',
  reading: 'Reading the audit',
  save: 'Save as JSON',
  verified: (rows: number, head: string) => `Verified: ${plural(rows, 'row')} in an unbroken chain. Head ${head}`,
  broken: (row: number, why: string) =>
    `Row ${row} of the audit was changed: ${why}. Copy the database and compare it with a backup.`,
  filter: 'Filter the audit',
  none: 'Nothing is recorded yet. Locks, starts, decisions and changes to the vault appear here.',
  noMatch: (filter: string) => `No row contains "${filter}".`,
  newest: (rows: number) =>
    rows === 1 ? 'Only the newest row is shown.' : `Only the newest ${plural(rows, 'row')} are shown.`,
  columns: { number: '#', when: 'When', who: 'Who', did: 'Action', about: 'Subject', why: 'Why', hash: 'Hash' },
} as const

export const runsText = {
  title: 'Runs',
  unreadable: 'Rollout cannot read the runs',
  reading: 'Reading the runs',
  none: 'No run yet. Start one on the Rollout page of a locked plan.',
  filter: 'Filter runs',
  noMatch: (filter: string) => `No run has "${filter}" in its id, plan, outcome or person.`,
  columns: {
    outcome: 'Outcome',
    plan: 'Plan',
    run: 'Run',
    revision: 'Revision',
    by: 'By',
    began: 'Started',
    took: 'Duration',
    summary: 'Summary',
  },
  summary: 'Summary',
} as const

export const revisionsText = {
  title: 'Revisions',
  unreadable: 'Rollout cannot read the revisions',
  reading: 'Reading the revisions',
  readingBoth: 'Reading both revisions',
  columns: { from: 'From', to: 'To', revision: 'Revision', state: 'State', by: 'By', when: 'When', hash: 'SHA-256' },
  compareFrom: (revision: number) => `Compare from revision ${revision}`,
  compareTo: (revision: number) => `Compare to revision ${revision}`,
  locked: 'Locked',
  draft: 'Draft',
  onlyOne: 'There is only one revision. Edit the locked plan to create the next one.',
  chooseTwo: 'Choose two different revisions to compare them.',
  same: (from: number, to: number) => `r${from} and r${to} are identical.`,
  differences: (from: number, to: number, count: number) => `From r${from} to r${to}: ${plural(count, 'difference')}`,
  changeColumns: { what: 'What', field: 'Field', before: 'Before', after: 'After' },
  added: ' added',
  removed: ' removed',
} as const
