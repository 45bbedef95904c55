/** What a person reads of a run: why a request, decision or gate is refused, and what the failure limit means. */
import { commandName } from '../base/command-name.ts'
import { plural } from '../base/plural.ts'

const seeState = `See its state with ${commandName} show.`

export const choiceText = {
  noStep: (step: string) => `There is no step ${step} in this run.`,
  runOver: 'The run is over.',
  cancelling: 'The run is being cancelled.',
  excluded: (host: string) => `${host} is excluded from the run.`,
  stepDone: 'The step is done.',
  notFirst: 'Another step of this host comes first.',
  running: 'The step is running.',
  nothingToDecide: 'The step did not fail, so there is no decision to make.',
  neededByOthers: (host: string) => `Other hosts need ${host}, so it cannot be excluded.`,
} as const

export const requestText = {
  runOver: 'The run is over.',
  startNew: 'Start a new run.',
  cancelledAlready: 'The run is already being cancelled.',
  resumeToEnd: 'Resume it, so that it can end.',
  nothingToPause: (status: string) => `The run is ${status}, so there is nothing to pause.`,
  notPaused: (status: string) => `The run is ${status}, not paused.`,
  seeState,
  noWindow: 'This run has no change window.',
  sameWindow: 'The change window already closes at that time.',
  noAction: 'No action needed.',
  windowTooEarly: 'The change window would close before the run began.',
  laterTime: 'Choose a later time.',
  gateChanged: 'Open the gate again: its checklist may have changed.',
  openedAlready: (gate: string, by: string) => `${by} has already opened gate ${gate}.`,
  resume: 'Resume the run.',
  gateNotWaiting: (gate: string) => `Gate ${gate} is not waiting to be opened.`,
  gateWaiting: (gate: string) => `Gate ${gate} is waiting.`,
  noGateWaiting: 'No gate is waiting.',
  needsReason: (choice: string) => `${choice} needs a reason.`,
  giveReason: 'Give it with --reason.',
  choices: (choices: readonly string[]) => `You can choose: ${choices.join(', ')}.`,
  seeWaiting: `See what waits for you with ${commandName} show.`,
} as const

export const confirmationText = {
  notOnChecklist: (item: string) => `The checklist of this gate has no item "${item}".`,
  notConfirmed: (items: number) =>
    `${plural(items, 'item')} of the checklist ${items === 1 ? 'is' : 'are'} not confirmed.`,
} as const

const untilDecided = 'no new host starts until you have decided each failure. Hosts already running finish.'

export const failureLimitText = {
  stage: (title: string, limit: number, total: number) => `${title} ${limit} of ${total}`,
  never: (percent: number) =>
    `No stage stops after failures: at ${percent} %, every host of a stage would have to fail first.`,
  rules: (percent: number, limits: readonly string[]) =>
    `When ${percent} % of a stage has failed or was excluded (${limits.join(', ')}), ${untilDecided}`,
  rule: (limit: number, total: number, percent: number) =>
    `When ${limit} of ${plural(total, 'host')} ${limit === 1 ? 'has' : 'have'} failed (${percent} %), ${untilDecided}`,
  soFar: (failed: number, total: number) => `${failed} of ${total} failed or excluded so far.`,
  stopped: (failed: number, total: number, percent: number) =>
    `No new host starts: ${failed} of ${total} failed, and the plan stops at ${percent} %. ` +
    'Decide each failure to continue. Hosts already running finish.',
} as const

/** Why a step is skipped without a person: it goes into the log. */
export const skipText = {
  noRestart: 'No restart is required.',
  unreachable: 'The host did not answer while the run was being cancelled.',
  failedCancelling: 'The step failed while the run was being cancelled.',
} as const
