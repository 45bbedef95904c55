/** What the practice site tells a person beside its failures: faults, lost connections, installer output. */
import { plural } from '../../../domain/base/plural.ts'

/** What each fault shows. */
export const faultText = {
  unreachable:
    'the host does not answer for as many connections as the count. Aimed at a later step, the connection breaks there first',
  drop: 'the connection breaks during the first changing call of that step (with a skip, during any of its calls). The seed decides whether the call took effect',
  slow: 'every call of the host, or of that step, takes ten times as long',
  'exit-1603': 'the installer fails with exit code 1603 and leaves nothing behind',
  'exit-1618': 'the installer ends at once with exit code 1618: another installation is in progress',
  'exit-3010': 'the installer succeeds and requests a restart',
  'exit-1641': 'the installer succeeds and restarts the host itself',
  'reboot-during-install':
    'the host restarts during the installation and the job is lost. The seed decides whether the product is installed',
  'disk-full': 'drive C: has no free space',
  'wrong-hash': 'the file on the host is not the file that was sent',
  'service-never-starts': 'installed services stop right after they start',
  'wrong-certificate': 'the endpoint of this host presents another certificate',
  'wrong-password': 'the host refuses the credential',
  'clock-off': 'the clock of the host is 17 minutes ahead',
  'old-os': 'the host reports a Windows version that is too old',
  'host-key-changed': 'the host shows another key than the pinned one',
} as const

/** Why the text of a fault cannot be read, and what to write instead. */
export const faultSyntaxText = {
  form: 'it must have the form KIND@HOST or KIND@HOST:STEP',
  example: 'Write for example drop@RUN003:run-installer, or exit-1618@HUB01*4 for four times.',
  noKind: (kind: string) => `there is no fault "${kind}"`,
  kinds: (kinds: readonly string[]) => `Choose one of ${kinds.join(', ')}.`,
  noHostName: (host: string) => `"${host}" is not a valid host name`,
  nameHost: 'Name a host of the practice site after the @, for example RUN001.',
  wrongStep: (kind: string, step: string) => `${kind} cannot be aimed at the step "${step}"`,
  steps: (kind: string, steps: readonly string[]) => `Aim ${kind} at ${steps.join(', ')}, or at no step.`,
  countOfZero: 'with a count of 0 it would never show',
  nameCount: 'Enter a count of 1 or more, or leave it out.',
} as const

/** Why the connection to a practice host was lost. */
export const lostText = {
  earlier: 'an earlier call lost it',
  restarted: 'the host restarted',
  unreachable: 'the host cannot be reached any more',
  interrupted: 'the connection was interrupted',
} as const

/** What an installer of the practice site writes. */
export const installerText = {
  unknownProgram: (file: string) =>
    `The practice site does not know the program ${file}. It runs only its own installers.`,
  standIn: (name: string) => `${name} (practice stand-in)`,
  anotherInstallation: 'Another installation is already in progress on this host.',
  timeLimit: (seconds: number) =>
    `The program did not end within the time limit of ${plural(seconds, 'second')}, so the host ended it.`,
  timeLimitOver: (seconds: number) =>
    `The time limit of ${plural(seconds, 'second')} is over. The host ends the program and everything it started.`,
  fatalError: 'Fatal error during installation. All changes were rolled back.',
  diskFull: 'There is not enough space on the disk.',
  exitCode: (code: number | null) => `Exit code ${code}.`,
} as const

/** What a connection between practice hosts meets. */
export const pathText = {
  refused: 'The host answered that nothing listens on the port.',
  filtered: 'There was no answer within the time limit. A firewall drops the request, or the host is down.',
  unresolved: 'The name cannot be resolved.',
  unreachable: 'There is no host at that address.',
  noTls: 'The port is open, but the service on it does not speak TLS.',
  noNetwork: (host: string) => `${host} is a practice host and has no network.`,
} as const

/**
 * The organisation in the certificates of practice sites. It is part of their bytes, and so of fingerprints that plans
 * name.
 */
export const organisation = 'Practice site (no real authority)'
