/** Texts above a run: its bar, the stage rail, banners about what waits, and the question before it is cancelled. */
import { formatCount, plural } from '../../../domain/base/plural.ts'

export const barText = {
  region: 'Page bar',
  title: 'Rollout',
  run: (number: number) => `Run ${formatCount(number)}`,
  plan: (revision: number) => `plan r${revision}`,
  resume: 'Resume',
  pause: 'Pause',
  cancel: 'Cancel',
} as const

/** The state of the whole run in a word or two. */
export const runStateText = {
  accepted: 'Accepted',
  acceptedWithExceptions: 'Accepted with exceptions',
  cancelled: 'Cancelled',
  cancelling: 'Cancelling',
  paused: 'Paused',
  pausedBy: (person: string) => `Paused by ${person}`,
  needsYou: 'Needs you',
  interrupted: 'Interrupted',
  planned: 'Planned',
  running: 'Running',
} as const

export const numbersText = {
  elapsed: 'Elapsed',
  steps: 'Steps',
  countOf: (done: number, all: number) => `${formatCount(done)} of ${formatCount(all)}`,
  ended: 'Ended',
  endsAbout: 'Ends about',
  notKnown: 'not known yet',
  knownOnce: (step: string) => `Known once a host has shown how long "${step}" takes`,
  ifResumed: 'if resumed now',
  ifOpened: 'if opened now',
  ifDecided: 'if decided now',
  endsIn: (duration: string) => `in ${duration}`,
  windowCloses: 'Window closes',
  windowClosesVerdict: (verdict: string) => `Window closes, ${verdict}`,
  windowSetBy: (person: string) => `Set by ${person}`,
  windowFormat: 'hh:mm',
  windowWrong: 'Enter a time such as 18:00, or leave empty for no change window.',
  noWindow: 'not set',
} as const

export const stageText = {
  region: 'Stages of the run',
  list: 'Stages',
  place: (stage: number, stages: number) => `Stage ${stage} of ${stages}`,
  steps: (steps: number) => plural(steps, 'step'),
  leftOut: (steps: number) => `${formatCount(steps)} left out`,
  leftOutWhy: (steps: number) => `${plural(steps, 'step')} left out because of excluded hosts`,
  wave: (title: string, status: string, done: number, hosts: number) =>
    `${title}, ${status}, ${formatCount(done)} of ${plural(hosts, 'host')} done`,
  waves: (last: number) => `Waves 1–${last}`,
  gate: (title: string, status: string) => `Gate ${title}, ${status}`,
  goToGateNamed: (gate: string) => `${gate}. Go to gate`,
  goToGate: 'Go to gate',
} as const

export const bannerText = {
  noNetwork: (since: string) => `This workstation has had no network since ${since}`,
  noNetworkHint:
    'Lanes pause automatically, and nothing has failed. Jobs already running on hosts continue. When the network is back, Rollout checks each host first.',
  showPausedLanes: 'Show paused lanes',
  unknownStep: (step: string) => `This run has no step ${step}`,
  unknownStepHint: 'The link may belong to another run or be incomplete. No step is selected.',
  byHand: (step: string, hosts: number) => `${step}: work by hand on ${plural(hosts, 'host')}`,
  failedOn: (step: string, hosts: number) => `${step} failed on ${plural(hosts, 'host')}`,
  decide: (hosts: number) => (hosts > 1 ? `Decide for ${plural(hosts, 'host')}` : 'Decide'),
  causes: (causes: number, first: string) =>
    causes > 1 ? `${formatCount(causes)} causes need a decision. ${first}` : first,
  failureLimit: 'No new host starts in this stage',
  gate: (title: string) => `Gate ${title} waits for you`,
  gateItems: (items: number) =>
    items === 1
      ? 'Confirm 1 item. Exekra documents no way for Rollout to check it.'
      : `Confirm ${plural(items, 'item')}. Exekra documents no way for Rollout to check them.`,
  goToGate: 'Go to gate',
  interrupted: (attempts: number) =>
    `${plural(attempts, 'attempt')} ${attempts === 1 ? 'was' : 'were'} running when Rollout ended`,
  interruptedRunning: 'Rollout checks each host before it changes anything there.',
  interruptedResume: 'Resume checks each host before it changes anything there.',
  silent: (hosts: number) => `${plural(hosts, 'host')} ${hosts === 1 ? 'does' : 'do'} not answer`,
  silentCancelling: 'The run is being cancelled. Rollout does not try these hosts again.',
  silentRetry: (hosts: number) =>
    hosts === 1
      ? 'Its lane is paused. Rollout tries again automatically. Nothing has failed.'
      : 'Their lanes are paused. Rollout tries again automatically. Nothing has failed.',
  showHosts: 'Show hosts',
  summary: 'Acceptance summary',
} as const

export const outcomeText = {
  changed: (changed: number, hosts: number, took: string) =>
    `${formatCount(changed)} of ${plural(hosts, 'host')} changed${took}. Nothing was undone on any host.`,
  done: (done: number, hosts: number, others: string, took: string) =>
    `${formatCount(done)} of ${plural(hosts, 'host')} done${others}${took}.`,
  took: (duration: string) => ` in ${duration}`,
  others: (hosts: number, status: 'unchanged' | 'skipped' | 'excluded') => `, ${formatCount(hosts)} ${status}`,
  allVerified: 'Every host was verified after installation.',
  verified: (verified: number, hosts: number) =>
    `${formatCount(verified)} of ${plural(hosts, 'host')} ${verified === 1 ? 'was' : 'were'} verified after installation.`,
  notDone: (steps: number, all: number) =>
    `${formatCount(steps)} of ${plural(all, 'step')} ${steps === 1 ? 'was' : 'were'} not done.`,
} as const

export const cancelText = {
  title: 'Cancel this rollout?',
  nothingRuns: 'No step is running.',
  stepsRun: (steps: number) =>
    steps === 1
      ? '1 step is running. It finishes, and no new step starts.'
      : `${plural(steps, 'step')} are running. They finish, and no new step starts.`,
  after: 'Rollout removes the files that it copied. Nothing else is undone on any host.',
  more: (steps: number) => `and ${formatCount(steps)} more`,
  reason: 'Reason (recorded in the log)',
  keepRunning: 'Keep running',
  keepPaused: 'Keep paused',
  pauseInstead: 'Pause after current steps',
  pauseHint: 'Nothing is lost. Resume at any time.',
  cancel: 'Cancel rollout',
  reasonMissing: 'Enter a reason first',
} as const

export const controlText = {
  watching: 'You are watching',
  watchingSentence: 'You are watching.',
  holder: (person: string, host: string, process: number, since: string) =>
    `${person} has been running this rollout on ${host} (process ${process}) since ${since}.`,
  upToDate: 'This view is up to date.',
  mayBeOld: 'This view may be out of date.',
  ask: 'Ask for control',
  asks: (person: string) => `${person} asks for control`,
  asksSentence: (person: string) => `${person} asks for control.`,
  youAsked: (at: string, until: string) =>
    `You asked for control at ${at}. Without an answer by ${until}, control passes to you. Rollout then checks each open attempt before it continues.`,
  given: 'Control is passing to you.',
  kept: (person: string | null) => `${person ?? 'The other person'} keeps control.`,
  noAnswer:
    'The other process did not answer and still has control: a command line cannot answer. Wait until it ends or stop it, then resume here.',
  askedFrom: (host: string, process: number, until: string) =>
    `From ${host}, process ${process}. Without an answer by ${until}, control passes to that process. Steps that run on the hosts continue. You can then watch, and ask for control back.`,
  handOver: 'Hand over control',
  keep: 'Keep control',
} as const
