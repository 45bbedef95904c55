/** What steps say: evidence and failures that go into the log, in the words of the operator. */
import { plural } from '../../../domain/base/plural.ts'
import type { RuleOnHost } from '../../../domain/network/rule-judgement.ts'

export const installText = {
  ended: (title: string, exitCode: number, meaning: string) =>
    `The ${title} installer ended with ${exitCode}: ${meaning}.`,
  jobState: (ticket: string, state: string, host: string) => `Job ${ticket} is ${state} on ${host}`,
  byHand: (title: string, host: string) => `Install ${title} on ${host} by hand.`,
  byHandHint: 'Follow the steps, then choose "Done by hand". Rollout checks the host.',
  notRun: (title: string, host: string, reason: string | null) =>
    `The ${title} installer did not run to its end on ${host}: ${reason ?? 'no reason was given'}.`,
  notRunHint: 'Check the output, correct the cause, then retry.',
  outputLost: (reason: string) => `Some lines of its output were not recorded: ${reason}`,
  checkedAfterRestart: 'Rollout checks the component after the restart.',
  notDetected: (ended: string, title: string, host: string) =>
    `${ended} But the plan's detection does not find ${title} on ${host}.`,
  notDetectedHint: 'Compare the detection in the plan with what is installed on the host.',
  lost: (ticket: string) =>
    `Job ${ticket} started and left no result: something ended it, or the host restarted meanwhile.`,
  detected: "The plan's detection finds the component.",
  uncertain: (title: string, host: string) => `Rollout does not know how far the ${title} installer got on ${host}.`,
  uncertainHint: 'Check the host. "Retry" runs the installer again. After "Done by hand", Rollout checks the host.',
} as const

export const productText = {
  listed: (name: string, version: string | null) =>
    `Installed programs list "${name}"${version === null ? '' : `, version ${version}`}`,
  notListed: (name: string) => `Installed programs do not list "${name}"`,
  ownOnly: (name: string, account: string | null | undefined) =>
    `Warning: "${name}" is installed for the account ${account ?? 'of this rollout'} only, so other users do not have it. ` +
    'Install it for all users: most MSI packages take the argument ALLUSERS=1.',
  otherOnly: (name: string, account: string | null | undefined) =>
    `"${name}" is installed for the account ${account ?? 'of somebody else'} only, which does not count.`,
  version: (version: string | null, minimum: string) =>
    `Version ${version ?? 'unknown'}, required: ${minimum} or later`,
  file: (file: string, exists: boolean) => `${file} ${exists ? 'exists' : 'does not exist'}`,
  service: (service: string, exists: boolean) => `Service ${service} ${exists ? 'exists' : 'does not exist'}`,
} as const

export const checkText = {
  answers: (bootTime: string) => `The host answers. It started at ${bootTime}.`,
  warning: (message: string) => `Warning: ${message}`,
  noneBlocks: (checks: number) => `${plural(checks, 'check')}, no block.`,
  notAsPlanned: (title: string, host: string, state: string) => `${host} is not as planned: ${title} is ${state}.`,
  notAsPlannedHint: (title: string, host: string) =>
    `Check ${title} on ${host}. Correct it and retry, or skip the step with a reason.`,
} as const

export const probeText = {
  tested: (host: string, outcome: string, ms: number) => `Tested from ${host}: ${outcome} after ${ms} ms`,
  resolved: (name: string, addresses: readonly string[]) => `${name} is ${addresses.join(', ')}`,
  path: (host: string, address: string, port: number) => `${host} to ${address}:${port}`,
  refused: (path: string) => `${path} is open, but nothing listens on the port.`,
  refusedHint: (why: string) =>
    `Start the service that should answer on this port. The path is needed because: ${why}.`,
  blocked: (path: string) => `${path} is blocked.`,
  blockedHint: (port: number, host: string, address: string, why: string) =>
    `Ask for a firewall rule that allows TCP ${port} from ${host} to ${address}, then retry. ` +
    `The path is needed because: ${why}.`,
  unresolved: (host: string, address: string) => `${host} cannot resolve ${address}.`,
  unresolvedHint: 'Add the name to DNS, or plan with an address that the host can resolve, then retry.',
} as const

export const fileText = {
  missing: (path: string) => `${path} does not exist`,
  hash: (path: string, sha256: string | null, otherwise: string) => `${path} has SHA-256 ${sha256 ?? otherwise}`,
  notStaged: (name: string, host: string) =>
    `${name} is not on ${host}: Rollout never sent it, or somebody removed it.`,
  notStagedHint: 'Retry to send it.',
  changed: (name: string, host: string) => `${name} on ${host} is not the file of the plan.`,
  changedHint: 'Find out who changed it. Retry to send the right file again.',
  folderExists: (folder: string) => `${folder} still exists`,
  folderRemoved: (folder: string) => `${folder} is removed`,
  notNeeded: 'Not needed: the component is already installed',
  otherHere: (path: string) => `${path} on this workstation is not the file of the plan. Rollout sent nothing.`,
  otherHereHint: 'Put the right file back, or correct the plan in a new revision.',
  diskFull: (host: string, free: string, name: string, size: string) =>
    `${host} has ${free} free, ${name} needs ${size}.`,
  diskFullHint: (host: string) => `Free disk space on ${host}, then retry.`,
  sent: (name: string, sent: string, size: string) => `${name}: ${sent} of ${size} sent`,
  unreadable: (path: string, code: string) => `Rollout cannot read ${path} on this workstation (${code}).`,
  unreadableHint: 'Put the file in the folder that the plan names, then retry.',
  notPinned: (file: string) => `The plan does not name the SHA-256 of ${file}.`,
  notPinnedHint: 'Enter the SHA-256 of the file in the plan.',
  signedBy: (subject: string) => `Signed by ${subject}`,
  wrongSigner: (name: string, host: string) => `${name} on ${host} has no valid signature of the signer in the plan.`,
  wrongSignerHint:
    'Do not run it. Get the file from its publisher again, or correct the signer in a new plan revision.',
} as const

export const securityText = {
  noRule: (name: string) => `There is no firewall rule ${name}`,
  rule: (name: string, { action, direction, protocol, port, remoteAddresses, profiles, enabled }: RuleOnHost) =>
    `Firewall rule ${name}: ` +
    [
      `${action ?? 'allow'} ${direction ?? 'inbound'} ${(protocol ?? 'tcp').toUpperCase()} ${port ?? 'any port'}`,
      `from ${remoteAddresses.join(', ') || 'no address'}`,
      ...(profiles === undefined || profiles.length === 3 ? [] : [`in ${profiles.join(', ') || 'no'} profile only`]),
    ].join(' ') +
    `, ${enabled ? 'on' : 'off'}`,
  noEffect: (host: string, port: number, dead: readonly { readonly effect: string; readonly profile: string }[]) =>
    dead.every(({ effect }) => effect === 'all-blocked')
      ? `The Windows firewall of ${host} blocks all incoming connections, so TCP ${port} stays closed.`
      : `A policy makes the Windows firewall of ${host} ignore local rules, so TCP ${port} stays closed.`,
  noEffectHint: (port: number, addresses: readonly string[]) =>
    `Ask the owner of the policy to allow TCP ${port} from ${addresses.join(', ')}, or to allow local rules. ` +
    'Then retry. If a rule of the policy opens the port already, skip the step.',
  policy: ({ effect, profile, active }: { effect: string; profile: string; active: boolean | null }) =>
    `Firewall profile ${profile}${active === true ? ', in use' : ''}: ` +
    (effect === 'ignored' ? 'local rules are ignored' : 'all incoming connections are blocked'),
  trusted: (sha256: string, trusted: boolean) =>
    `Certificate ${sha256} is ${trusted ? '' : 'not '}in the machine's trusted roots`,
  unknownCertificate: "The Hub's self-signed certificate is not known: no step has read it on the Hub host.",
  unknownCertificateHint: "Retry the step that waits for the Hub's HTTPS address, then this one.",
  otherFile: (file: string) => `${file} on this workstation is not the file of the plan.`,
  otherFileHint: 'Put the right file back, or correct the plan in a new revision.',
  unreadable: (path: string) => `Rollout cannot read ${path} on this workstation.`,
  unreadableHint: 'Put the certificate file in the folder that the plan names, then retry.',
} as const

export const awaitText = {
  noService: (service: string) => `There is no service ${service}`,
  service: (service: string, status: string | null, startType: string | null) =>
    `Service ${service} is ${status ?? 'in an unknown state'}, start type ${startType ?? 'unknown'}`,
  notRunning: (service: string, host: string, seconds: number) =>
    `Service ${service} did not start on ${host} within ${seconds} s.`,
  notRunningHint: "Check the service's own log and the event log of the host, then retry.",
  silent: (url: string, host: string, detail: string | null) =>
    `${url} does not answer from ${host}: ${detail ?? 'no reason given'}`,
  answers: (url: string, host: string, status: number | null) =>
    `${url} answers from ${host}${status === null ? '' : ` with HTTP ${status}`}`,
  certificate: (subject: string, sha256: string, notAfter: string) =>
    `Certificate ${subject}, SHA-256 ${sha256}, until ${notAfter}`,
  otherCertificate: (url: string, host: string) => `${url} shows another certificate than expected, seen from ${host}.`,
  otherCertificateHint:
    'Find out what answers there: a proxy that intercepts TLS, another server, or a replaced certificate. Then retry.',
  noAnswer: (url: string, host: string, seconds: number) => `${url} did not answer from ${host} within ${seconds} s.`,
  noAnswerHint: "Check the Hub's logs and the firewall between the two, then retry.",
  restarted: (host: string, bootTime: string) => `${host} restarted at ${bootTime}`,
  notRestarted: (host: string, bootTime: string) => `${host} has not restarted since ${bootTime}`,
  restartReason: 'Exekra Rollout: an installation requires a restart',
  noRestart: (host: string, minutes: number) => `${host} did not restart within ${minutes} min.`,
  noRestartHint: "Check the host's console: it may wait for input or for updates. Retry when the host runs.",
} as const

export const exitText = {
  done: 'done',
  reboot: 'done, a restart is required',
  rebooting: 'done, the installer restarts the host',
  unknown: ['a code that Rollout does not know', "Check the output and the installer's documentation."],
  // Microsoft's error codes of msiexec and Win32 that installers are seen to end with.
  known: {
    1: ['the installer failed without a reason', "Check the output and the installer's own log."],
    5: ['access was denied', 'Use a credential with administrator rights on the host.'],
    112: ['the disk is full', 'Free disk space on the host, then retry.'],
    1601: [
      'the Windows Installer service could not be reached',
      'Start the service msiserver on the host, then retry.',
    ],
    1602: ['the installation was cancelled', 'Make sure the unattended switches suppress every dialog.'],
    1603: [
      'a fatal error during installation',
      'Search the output for "Return value 3": the line above it names the action that failed.',
    ],
    1618: [
      'another installation is in progress',
      'Rollout retries a few times. After that, end the other installation on the host, then retry.',
    ],
    1619: ['the package could not be opened', 'Check the media file.'],
    1620: ['the package is not a valid Windows Installer package', 'Check the media file.'],
    1624: ['a transform could not be applied', 'Check the unattended arguments.'],
    1625: ['a system policy forbids the installation', 'Ask who owns the policy of the host.'],
    1633: ['the package does not support this type of processor', 'Plan another host or another package.'],
    1638: ['another version of the product is installed already', 'Remove the other version, or plan an upgrade.'],
    1639: ['the command line is wrong', 'Check the unattended arguments in the plan.'],
    3017: [
      'a restart is required before the installation can continue',
      'Rollout restarts the host, then tries again.',
    ],
  } as Readonly<Record<number, readonly [text: string, hint: string]>>,
} as const
