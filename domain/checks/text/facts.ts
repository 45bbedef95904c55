/** Texts of the checks of what hosts report in a survey. */
import { plural } from '../../base/plural.ts'
import { firstOf, type Advice } from './advice.ts'

const surveyAgain = 'Survey the host again.'

export const factsText = {
  survey: {
    title: 'Survey of the hosts',
    none: (hosts: number): Advice => ({
      message:
        `${hosts === 1 ? 'The host of the plan has' : `The ${plural(hosts, 'host')} of the plan have`} not been surveyed: pending restarts, ` +
        'rights, PowerShell, clock, disk and ports are unknown.',
      remedy: 'Run the survey. The rollout also checks every host before it changes it.',
    }),
    missing: (host: string): Advice => ({
      message: `${host} has not been surveyed.`,
      remedy: 'Run the survey again once the host answers.',
    }),
    pass: (hosts: number) => `${plural(hosts, 'host')} surveyed.`,
  },
  system: {
    title: 'Operating system as declared',
    unknown: (host: string, declared: string, caption: string): Advice => ({
      message: `The plan declares ${host} as ${declared}, but the host reports "${caption}", which Rollout does not recognise.`,
      remedy: 'Check the host: the address may lead to another machine.',
    }),
    other: (host: string, declared: string, caption: string, build: number): Advice => ({
      message: `The plan declares ${host} as ${declared}, but the host reports ${caption} (build ${build}).`,
      remedy: 'Correct the operating system of the host, or its address if this is another machine.',
    }),
    pass: (hosts: number) => `${plural(hosts, 'host')} reported the operating system of the plan.`,
  },
  name: {
    title: 'Name of the machine',
    unknown: (host: string): Advice => ({
      message: `${host} did not report its name.`,
      remedy: surveyAgain,
    }),
    other: (host: string, address: string, name: string): Advice => ({
      message: `The machine at ${address} is named ${name}, but the plan names it ${host}.`,
      remedy: 'Check that the address leads to the right machine. Then rename the host in the plan, or accept this.',
    }),
    pass: (hosts: number) => `${plural(hosts, 'host')} reported the name in the plan.`,
  },
  administrator: {
    title: 'Administrator rights',
    missing: (host: string): Advice => ({
      message: `The credential has no administrator rights on ${host}. Services, firewall and installers need them.`,
      remedy:
        'Use a credential of the local Administrators group. Over SSH it has a full token. Over WinRM, UAC may filter it.',
    }),
    pass: (hosts: number) => `Administrator rights on ${plural(hosts, 'host')}.`,
  },
  powershell: {
    title: 'PowerShell 5.1 or later',
    unknown: (host: string, version: string): Advice => ({
      message: `${host} reports no version of PowerShell that Rollout can read (${version || 'nothing'}).`,
      remedy: surveyAgain,
    }),
    old: (host: string, version: string): Advice => ({
      message: `PowerShell on ${host} is ${version}. Rollout's scripts need 5.1 or later.`,
      remedy: 'Install Windows Management Framework 5.1 on the host.',
    }),
    pass: (hosts: number) => `PowerShell 5.1 or later on ${plural(hosts, 'host')}.`,
  },
  architecture: {
    title: 'Architecture',
    unknown: (host: string): Advice => ({
      message: `${host} did not report its architecture.`,
      remedy: surveyAgain,
    }),
    other: (host: string, architecture: string): Advice => ({
      message:
        `${host} is ${architecture}. No page of Exekra's documentation names the supported architectures, ` +
        'so the installer may not run.',
      remedy: 'Ask Exekra, or use an x64 machine.',
    }),
    pass: (hosts: number) => `64-bit Windows on ${plural(hosts, 'host')}.`,
  },
  restart: {
    title: 'Pending restart',
    pending: (host: string, signals: readonly string[]): Advice => ({
      message:
        `Windows on ${host} has a pending restart: ${signals.join('; ')}. ` +
        'Until then an installer may refuse to start or stop half-way.',
      remedy: 'Restart the host before the rollout, or accept this if the evidence shows that it does not matter.',
    }),
    signal: (title: string, evidence: readonly string[]) =>
      evidence.length > 0 ? `${title} (${firstOf(evidence, 3)})` : title,
    pass: (hosts: number) => `No restart is pending on ${plural(hosts, 'host')}.`,
  },
  clock: {
    title: 'Clock',
    unknown: (host: string, reported: string): Advice => ({
      message: `Rollout cannot read the clock that ${host} reports (${reported}).`,
      remedy: surveyAgain,
    }),
    off: (host: string, ms: number): Advice => ({
      message:
        `The clock of ${host} is ${duration(Math.abs(ms))} ${ms > 0 ? 'ahead of' : 'behind'} the clock of this workstation. ` +
        'Certificates and session tokens depend on the clock, and domain sign-in refuses more than 5 minutes.',
      remedy: 'Set the time on the host (or here), and repair its time source.',
    }),
    pass: (hosts: number) =>
      hosts === 1
        ? 'The clock of the host is within 5 minutes of the clock of this workstation.'
        : `The clocks of ${plural(hosts, 'host')} are within 5 minutes of the clock of this workstation.`,
  },
  disk: {
    title: 'Free disk for the media',
    unknown: (host: string, folder: string): Advice => ({
      message: `${host} did not report how much disk is free for its work folder ${folder}.`,
      remedy: 'Check that its drive exists on the host, or choose another work folder. Then survey the host again.',
    }),
    full: (host: string, drive: string, free: number, wanted: number): Advice => ({
      message:
        `${drive} of ${host} has ${mebibytes(free)} free. ` +
        `The media need ${mebibytes(wanted)}: twice their size, for unpacking.`,
      remedy: 'Free disk space, or choose a work folder on another drive.',
    }),
    pass: (hosts: number) =>
      `${plural(hosts, 'host')} ${hosts === 1 ? 'has' : 'have'} twice the disk space of the media free. The documentation names no size for Exekra itself.`,
  },
  ports: {
    title: 'Ports free on the hosts',
    silent: (host: string, port: number, what: string): Advice => ({
      message: `According to the plan, ${what} already exists, but no process listens on TCP ${port} of ${host}.`,
      remedy: 'Start it, or correct the port in the plan.',
    }),
    taken: (host: string, port: number, what: string, services: readonly string[]): Advice => ({
      message:
        `TCP ${port} of ${host}, planned for ${what}, is in use by another program: ` +
        `the service ${services.join(', ')} does not exist.`,
      remedy: 'Stop the other program, or change the port in the plan.',
    }),
    perhapsTaken: (host: string, port: number, what: string): Advice => ({
      message:
        `TCP ${port} of ${host}, planned for ${what}, is in use. ` +
        'Rollout cannot tell whether an earlier installation of it uses the port.',
      remedy:
        'Find the program that listens there. Name a service in the detection of the installer, so that Rollout can tell.',
    }),
    pass: (hosts: number) => `The ports of the plan are free or in use as planned on ${plural(hosts, 'host')}.`,
  },
  services: {
    title: 'A Hub that exists already',
    unplanned: (host: string, services: readonly string[]): Advice => ({
      message:
        `${host} has the service ${services.join(', ')}, but the plan has no Hub there. ` +
        'A deployment has a single Hub.',
      remedy: 'Find out whether another Hub runs there. Remove it, or leave it to its owner.',
    }),
    planned: (host: string, services: readonly string[]): Advice => ({
      message:
        `${host} already has the service ${services.join(', ')}. ` +
        'If Rollout detects the Hub as installed, it leaves it unchanged.',
      remedy: 'Make sure that this is the Hub you mean. For a new one, remove the old one first.',
    }),
    pass: (hosts: number) => `No unexpected Hub on ${plural(hosts, 'host')}.`,
  },
} as const

/** What Windows records about a pending restart, by the kind of the signal. */
export const restartSignals: Readonly<Record<string, string>> = {
  'component-servicing': 'Component servicing',
  'windows-update': 'Windows Update',
  'file-rename': 'Pending file renames',
  'computer-rename': 'Computer rename',
  'domain-join': 'Domain join',
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return minutes < 120 ? plural(minutes, 'minute') : plural(Math.round(minutes / 60), 'hour')
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`
}
