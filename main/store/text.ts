/** What a person reads where the store refuses something, and what it found damaged. */
import { commandName } from '../../domain/base/command-name.ts'
import { plural } from '../../domain/base/plural.ts'
import { pasteable } from '../../domain/base/shell-quote.ts'

/** Evidence of damage: a row or file whose seal or hash does not match. */
export const damageText = {
  auditRow: (number: number) => `row ${number} of the audit changed after Rollout wrote it`,
  row: (table: string, key: string) => `a row of ${table} (${key}) changed after Rollout wrote it`,
  rowMissing: 'the row is missing',
  rowChanged: 'the row changed after Rollout wrote it',
  rowAdded: 'the row was added, or the head of the chain changed',
  evidence: (sha256: string, runId: string) => `evidence ${sha256} of run ${runId} changed after somebody attached it`,
  request: (id: number) => `request ${id} changed after Rollout wrote it`,
  output: (runId: string, stepId: string, attempt: number, atByte: number) =>
    `output of run ${runId}, step ${stepId}, attempt ${attempt} at byte ${atByte} changed after Rollout wrote it`,
  revision: (planId: string, revision: number) => `plan ${planId} revision ${revision} changed after Rollout wrote it`,
  graph: (runId: string) => `the graph of run ${runId} changed after Rollout wrote it`,
  event: (seq: number, runId: string, why: string) => `event ${seq} of run ${runId} cannot be read: ${why}`,
  eventMissing: 'it is missing',
  eventChanged: 'it changed after Rollout wrote it',
  answer: (host: string, planId: string, revision: number) =>
    `the survey result of ${host} in ${planId} revision ${revision} cannot be read`,
} as const

export const storeText = {
  noDatabase: 'there is no such database',
  noFolder: (folder: string) => `there is no folder ${folder}`,
} as const

export const backupText = {
  missing: (file: string) => `There is no file ${file} to copy.`,
  missingHint: 'Name the database with --db.',
  exists: (file: string) => `${file} already exists, so Rollout copied nothing.`,
  existsHint: 'Name a file that does not exist yet.',
  failed: (file: string) => `Rollout could not write the copy to ${file} and removed the incomplete file.`,
  failedHint: 'Choose a folder with enough free disk space that you may write to.',
} as const

export const controlText = {
  asked: (by: string, host: string) => `${by} on ${host} has already asked for control.`,
  askedHint: 'Wait for the answer, or contact that person.',
} as const

export const evidenceText = {
  full: (megabytes: number) => `The evidence of this run would exceed ${megabytes} MB.`,
  fullHint: 'Remove a file that is not needed, or name its location in the note.',
} as const

export const inboxText = {
  noEngine: 'No process took the request, so Rollout withdrew it.',
  noEngineHint: 'Resume the run, then ask again.',
  noReply: 'The process that runs the rollout took the request and has not answered yet.',
  noReplyHint: 'Check the run before you ask again: the process may have carried out the request.',
} as const

export const leaseText = {
  takenOver: (holder: string, file: string) => `${holder} uses ${file} now, so this process has stopped.`,
  notHeld: (file: string) => `This process does not have the lease of ${file}.`,
  lostHint: `Follow the run with ${commandName} events --follow, or resume it once the other process has ended.`,
  inUse: (holder: string, file: string, since: string) => `${holder} has been using ${file} since ${since}.`,
  inUseHint: (seen: string, seconds: number) =>
    `Use that process, or wait until it has ended. It was last active at ${seen}. ` +
    `The database is free after ${plural(seconds, 'second')} without activity.`,
  holder: (holder: string, pid: number, host: string) => `${holder} (process ${pid} on ${host})`,
} as const

export const outputText = {
  leftOut: (bytes: number) => `${plural(bytes, 'byte')} left out`,
} as const

export const planText = {
  unknown: (revision: number, planId: string, file: string) =>
    `There is no revision ${revision} of plan ${planId} in ${file}.`,
  unknownHint: 'Lock the plan first, or name another database with --db.',
  unreadable: (revision: number, planId: string) =>
    `This version of Rollout cannot read revision ${revision} of plan ${planId}.`,
  unreadableHint: 'Open it with the version that wrote it, or lock the plan file again.',
} as const

export const runText = {
  unknown: (runId: string, file: string) => `There is no run ${runId} in ${file}.`,
  unknownHint: (file: string) => `See the runs with: ${commandName} runs --db ${pasteable(file, process.platform)}`,
  notLocked: (revision: number, planId: string) => `Revision ${revision} of plan ${planId} is not locked.`,
  notLockedHint: 'Lock the plan. Rollout rolls out locked revisions only.',
} as const

export const signatureText = {
  twice: (name: string, role: string) => `${name} has already signed the summary as ${role}, or has a line there.`,
  twiceHint: 'Enter another name or role.',
} as const

export const pinText = {
  changed: (host: string, shown: string, pinned: string, by: string, at: string) =>
    `${host} shows ${shown}, but ${by} pinned ${pinned} on ${at}.`,
  changedHint:
    'Find out why the host has another key: somebody may intercept the connection. ' +
    'If the host was reinstalled, remove the old pin and give that reason.',
  host: (address: string, port: number) => `${address} port ${port}`,
} as const
