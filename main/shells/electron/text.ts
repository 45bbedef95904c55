/** The words of the desktop program: menu, dialogs, notices. */
import { plural } from '../../../domain/base/plural.ts'
import type { Event } from '../../../domain/run/event.ts'

type RunOutcome = Extract<Event, { type: 'run.finished' }>['outcome']

export const menuText = {
  file: '&File',
  openPlan: 'Open plan…',
  newWindow: 'New window',
  exit: 'Exit',
  edit: '&Edit',
  view: '&View',
  sites: 'Sites',
  runs: 'Runs',
  settings: 'Settings',
  dataFolder: 'Show data folder',
} as const

export const dialogText = {
  choosePlan: 'Open plan',
  plans: 'Plans',
  allFiles: 'All files',
  save: 'Save',
  close: 'Close',
  leaveQuestion: 'A rollout is running. Close Rollout anyway?',
  leaveDetail:
    'Jobs on the hosts continue, but nothing new starts. ' +
    'When you start Rollout again, it checks every host and resumes.',
  leaveStay: 'Keep Rollout open',
  leaveConfirm: 'Close Rollout',
  crashing: 'This window keeps failing.',
  crashingDetail: (reason: string) => `The rollout is not affected and continues. Error of the window: ${reason}.`,
  crashingRetry: 'Reload window',
  crashingLeave: 'Do not reload',
  notAPlan: (path: string) => `Rollout cannot read ${path} as a plan.`,
  notAPlanHint: 'Correct the values named below, then open it again.',
  wholeDocument: 'the document',
} as const

const outcomes: Readonly<Record<RunOutcome, string>> = {
  accepted: 'Rollout accepted',
  'accepted-with-exceptions': 'Rollout accepted with exceptions',
  cancelled: 'Rollout cancelled',
}

export const noticeText = {
  outcomes,
  finished: 'The run has finished.',
  controlAsked: (by: string) => `${by} asks for control`,
  controlDetail: 'Without an answer from you within a minute, control of the rollout passes to the other process.',
  gate: (title: string) => `Gate ${title} waits for you`,
  decision: (hosts: number) =>
    hosts === 1 ? 'A host failed and waits for a decision' : `${plural(hosts, 'host')} failed and wait for a decision`,
  byHand: (hosts: number) =>
    hosts === 1 ? 'Work by hand waits on a host' : `Work by hand waits on ${plural(hosts, 'host')}`,
} as const

export const programText = {
  title: 'Exekra Rollout',
  unknownError: (method: string) => `${method} failed with an unexpected error. The window shows it.\n`,
  noFile: 'This file does not exist.\n',
  noKeyStore: 'This desktop has no key store (GNOME Keyring, KWallet), so the vault needs a passphrase.',
  noEncryption: 'This workstation does not offer encryption for its user, so the vault needs a passphrase.',
} as const
