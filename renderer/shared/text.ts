/** The words of what several views share: failures, waiting, runs in lists, numbers. */
import { failed } from '../../domain/base/failure.ts'

export const failureText = {
  happened: 'What happened',
  todo: 'What to do',
  evidence: 'Evidence',
  goToSites: 'Go to sites',
  goToRuns: 'Go to runs',
  tryAgain: 'Try again',
  copyDetails: 'Copy details',
  viewFailed: 'Rollout could not show this view',
} as const

/** A part of the window that is loaded when it is first needed could not be loaded. */
export const viewNotLoaded = failed(
  'link',
  'no-answer',
  'Rollout on this workstation does not answer, so this view could not be loaded.',
  'Rollout may have been closed. Start it again, then try again. Jobs on the hosts continue.',
).failure

export const copyText = {
  copied: (what: string) => `${what}: copied`,
  refused: (what: string) => `${what}: the browser refused access to the clipboard`,
  refusedHint: 'The browser refused access to the clipboard. Save a file instead, or allow it for this page.',
} as const

export const unlockText = { passphrase: 'Passphrase of the vault', unlock: 'Unlock vault' } as const

export const pageBarText = { label: 'Page bar' } as const

export const provenanceText = {
  docs: 'Docs',
  yours: 'Yours',
  noSource: 'No source',
  conflict: 'Conflict',
  conflictReading: (reading: string) => `: ${reading}`,
  ownRule: 'Rule of Rollout',
} as const

export const runText = {
  needsYou: 'Needs you',
  accepted: 'Accepted',
  acceptedWithExceptions: 'Accepted with exceptions',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
  created: 'Planned',
  running: 'Running',
  paused: 'Paused',
  cancelling: 'Cancelling',
} as const

export const formatText = {
  today: (time: string) => `${time} today`,
  underAMinute: 'under a minute',
  minutes: (minutes: number) => `${minutes} min`,
  hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
  about: (duration: string) => `about ${duration}`,
  notStated: 'Not set',
} as const
