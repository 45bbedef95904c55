/** What the commands that run, show and answer a rollout print. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { plural } from '../../../../domain/base/plural.ts'

/** Lines of the log, as a run prints them. */
export const eventText = {
  created: (revision: number) => `Run created from plan revision ${revision}`,
  started: (by: string) => `Run started by ${by}`,
  paused: (by: string, why: string) => `Paused by ${by}${because(why)}`,
  resumed: (by: string) => `Resumed by ${by}`,
  cancelRequested: (by: string, why: string) => `${by} asked to cancel the run${because(why)}`,
  windowRemoved: (by: string) => `${by} removed the change window`,
  windowSet: (by: string, at: string) => `${by} set the change window: closes ${at}`,
  cancelled: 'Run cancelled',
  accepted: 'Accepted',
  acceptedWithExceptions: 'Accepted with exceptions',
  wave: (stage: string, wave: number) => `${stage}, wave ${wave}`,
  gateRaised: (gate: string) => `Gate ${gate} waits for a person to open it`,
  gateOpened: (gate: string, by: string, why: string) => `Gate ${gate} opened by ${by}${because(why)}`,
  done: 'done',
  passed: 'pass',
  unchanged: 'unchanged',
  restartWanted: ', restart needed',
  needsYou: 'needs you',
  failed: 'failed',
  interrupted: 'interrupted',
  skipped: (by: string, reason: string) => `skipped by ${by}${because(reason)}`,
  unreachable: 'does not answer',
  pausedUntil: (at: string) => `lane paused, next try at ${at}`,
  reached: 'answers again',
  reachChosen: (reach: string, why: string) => `reached by ${reach}. ${why}`,
  warnings: (count: number) => plural(count, 'warning'),
  decided: (choice: string, by: string, why: string) => `${choice}, decided by ${by}${because(why)}`,
  applying: 'running on the host',
  progress: (settled: number, total: number, elapsed: string, running: number) =>
    `${settled} of ${plural(total, 'step')} · ${elapsed} elapsed · ${running} running`,
  attempt: (attempt: number) => (attempt > 1 ? `, attempt ${attempt}` : ''),
  waitsForGate: (gate: string, title: string) => `Waits for gate ${gate} (${title})`,
  needsDecision: (step: string, message: string) => `Needs you: ${step}: ${message}`,
  noAnswer: (host: string, since: string, next: string) => `${host}: no answer for ${since}, next try in ${next}`,
} as const

function because(why: string): string {
  return why.trim() === '' ? '' : `: ${why}`
}

/** What `plan lock`, `run` and `resume` print beside the log. */
export const runText = {
  yesOption: 'open gates without asking (findings and failures still need your decision)',
  lockSummary: 'Locks the content of a plan as a revision with a hash. Any later edit makes a new revision.',
  lockExample: `${commandName} plan lock site.json --json`,
  locked: (planId: string, revision: number, hash: string) => `Locked ${planId} as revision ${revision}, ${hash}`,
  runSummary: 'Rolls a plan out: prerequisites, Hub, Studio, Runner, acceptance. A gate separates the stages.',
  hashOption: 'run only if the plan has this hash, as printed by plan lock',
  otherHash: (hash: string, wanted: string) =>
    `The plan has the hash ${hash}, not ${wanted}. It is not the approved plan, or the hash is mistyped. ` +
    'Check the hash, or have the plan reviewed again.',
  started: (runId: string, planId: string, revision: number, hash: string) =>
    `Run ${runId} of ${planId} revision ${revision}, plan hash ${hash}`,
  resumeSummary: 'Resumes a run after a gate, a decision, a pause or a crash. Completed work is checked, not repeated.',
  over: (runId: string, outcome: string) => `Run ${runId} has finished: ${outcome}.`,
  noOutcome: 'no outcome',
  practice: 'Practice site: every host is simulated and no machine is touched. A real site takes the same steps.',
  pausing: (running: number) =>
    `Pausing: ${plural(running, 'running step')} will finish first. ` +
    'Press Ctrl-C again to detach. Jobs on the hosts continue.',
  done: (runId: string, inDb: string) => `Run ${runId} is done. Show it with: ${commandName} show ${runId} ${inDb}`,
  writeSummary: (runId: string, inDb: string) =>
    `Write its acceptance summary with: ${commandName} dossier ${runId} ${inDb} --out acceptance-${runId}.html`,
  paused: (runId: string, resume: string) => `Run ${runId} is paused. Resume it with: ${resume}`,
  detached: (runId: string, resume: string) =>
    `Detached from run ${runId}. Jobs on the hosts continue. Resume the run with: ${resume}`,
  gate: (gate: string, title: string) => `Gate ${gate}: ${title}. Confirm each item, then open the gate:`,
  needsYou: 'Needs you',
  failed: 'Failed',
  otherChoices: (first: string, others: readonly string[]) => `or, instead of ${first}: ${others.join(', ')}`,
  more: (count: number, runId: string, inDb: string) => `... and ${count} more: ${commandName} show ${runId} ${inDb}`,
  then: (resume: string) => `Then resume with: ${resume}`,
} as const

/** What `runs`, `show` and `events` print. */
export const showText = {
  notRunning: 'interrupted, no process is running it',
  cancellingNotRunning: 'cancelling, no process is running it',
  listSummary: 'Lists the runs of a database, newest first, or copies the database to another file.',
  backupOption: 'copy the database to this file, without changing the original',
  copied: (files: readonly string[]) => `Copied to ${files.join(', ')}`,
  copiedDamaged: (files: readonly string[]) => `The database is damaged. Its bytes were copied to ${files.join(', ')}`,
  events: (count: number) => plural(count, 'event'),
  noRuns: 'No runs yet.',
  columns: ['RUN', 'STATE', 'PLAN', 'CREATED', 'LOG'],
  showSummary: 'Shows the state of a run and what waits for you.',
  outputOption: 'print the output of this step, attempt by attempt',
  noStep: (step: string, runId: string) =>
    `Run ${runId} has no step ${step}. List the steps of its plan with: ${commandName} graph PLAN`,
  attempt: (attempt: number) => `Attempt ${attempt}:`,
  leftOut: (bytes: number) => `${plural(bytes, 'byte')} left out`,
  noAttempt: 'The step has no attempt yet.',
  waitsForYou: 'waits for you',
  state: (runId: string, state: string, counts: { settled: number; total: number; running: number; failed: number }) =>
    `${runId}: ${state}. ${counts.settled} of ${plural(counts.total, 'step')}, ${counts.running} running, ${counts.failed} failed`,
  soFar: (elapsed: string) => `${elapsed} so far`,
  pausedBy: (by: string, at: string, why: string) =>
    `Paused by ${by}, ${at}${why.trim() === '' ? '. No reason was given.' : `: ${why}`}`,
  gateWaits: (gate: string, title: string, runId: string, inDb: string) =>
    `Gate ${gate} (${title}) waits. Open it with: ${commandName} decide ${runId} ${gate} open --reason "..." ${inDb}`,
  choices: (choices: string) => `choices: ${choices}`,
  noAnswer: (host: string, message: string) => `${host} does not answer: ${message}`,
  window: (at: string, by: string) => `The change window closes ${at}, as set by ${by}.`,
  resume: (afterGate: boolean, command: string) => `${afterGate ? 'Then resume' : 'Resume'} with: ${command}`,
  eventsSummary: 'Prints the log of a run, one event a line.',
  afterOption: 'only events after this one',
  followOption: 'wait for more events until the run is over',
} as const

/** What `decide`, `cancel`, `pause` and `window` print. */
export const answerText = {
  reasonOption:
    'the reason, recorded in the log without secrets of the vault (required for skip, exclude, abort and cancel)',
  decideSummary: 'Opens a gate, or decides a failed step. A process that is running the run carries out the decision.',
  decideExample: `${commandName} decide last gate:studio open --reason "licence is active" --db site.db`,
  noChoice: (written: string, choices: readonly string[]) =>
    `"${written}" is not a decision. Use one of ${choices.join(', ')}.`,
  cancelSummary: 'Cancels a run: running attempts finish and staged files are removed. Nothing else is undone.',
  cancelExample: `${commandName} cancel last --reason "wrong weekend" --db site.db`,
  pauseSummary: 'Pauses a run: running steps finish, and no new step starts.',
  pauseExample: `${commandName} pause last --reason "network works on the switch" --db site.db`,
  windowSummary:
    'Sets when the change window of a run closes. Nothing stops at that time. Rollout shows whether the rest fits.',
  noTime: (written: string) => `"${written}" is not a time. Write it as 18:00, or none to remove the window.`,
  handedOver: (seq: number) => `The process that is running the run recorded it as event ${seq}.`,
  recorded: (seq: number, resume: string) => `Recorded as event ${seq}. Resume with: ${resume}`,
} as const
