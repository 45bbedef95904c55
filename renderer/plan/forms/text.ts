/** Texts of the forms of a plan. */
import type { StageName } from '../../../domain/base/ids.ts'
import { plural } from '../../../domain/base/plural.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import type { Reach, winrmAuths } from '../../../domain/plan/host.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { asSentence, inSentence } from '../sentence.ts'

export const fieldText = {
  missing: (label: string) => `Enter the ${inSentence(label)}.`,
  wrong: (message: string) => asSentence(message),
  wholeNumber: 'Enter a whole number.',
  goToHosts: 'Go to hosts',
} as const

export const layoutText = {
  question: 'Choose a layout',
  planningPage: 'Deployment planning',
  scalingPage: 'Scaling and performance',
  choices: {
    pilot: {
      title: 'Small team or pilot',
      text: 'Hub, PostgreSQL and bundled Redis on one Windows server. Studio and Runner on user workstations.',
      size: 'Up to about 5 Runners',
    },
    enterprise: {
      title: 'Enterprise',
      text: 'Hub, PostgreSQL and Redis on separate servers. Runners on dedicated machines, often per environment.',
      size: 'Larger fleets, regulated sites, architecture review',
    },
  } satisfies Record<Plan['layout'], { title: string; text: string; size: string }>,
  site: 'Site',
  planName: 'Name of the plan',
  siteName: 'Name of the site',
  internet: 'The Hub can reach the internet',
  runners: (count: number) => plural(count, 'Runner'),
  band: (use: string, from: number, to: number | null) =>
    `${use} (${from}${to === null ? ' or more' : ` to ${to}`} Runners)`,
  or: ' or ',
  moreRunners: 'Runner hosts to add',
  moreRunnersHint: 'They are named RUN and a number. You enter their addresses.',
  moreRunnersWrong: 'Enter a whole number from 1 to 9999.',
  addRunners: (count: number) => (count < 1 ? 'Add Runner hosts' : `Add ${plural(count, 'Runner host')}`),
} as const

const places = {
  placed: 'On a host of this plan',
  managed: 'Managed elsewhere, reached at its address',
} as const

export const connectionsText = {
  hub: 'Hub',
  hubAddress: 'Address that Studio and Runner use',
  httpsPort: 'HTTPS port',
  httpsPortHint: 'Use 4545 unless your Hub is configured otherwise.',
  postgresql: 'PostgreSQL',
  postgresqlPlace: 'Where PostgreSQL runs',
  postgresqlPlaces: places,
  postgresqlAddress: 'Address of PostgreSQL',
  postgresqlPort: 'Port of PostgreSQL',
  postgresqlPortHint: 'The default of PostgreSQL is 5432. Exekra documents none.',
  postgresqlVersion: 'Major version of PostgreSQL',
  postgresqlVersionSource: '14 or later',
  redis: 'Redis',
  redisPlace: 'Where Redis runs',
  redisPlaces: { bundled: 'Bundled with the Hub', ...places },
  redisAddress: 'Address of Redis',
  redisPort: 'Port of Redis',
  redisPortHint: 'The default of Redis is 6379. Exekra documents none.',
  credential: 'Credential',
  defaultCredential: 'Default credential',
  defaultCredentialHint:
    'The name of a vault entry. Hosts without a credential use it. The plan never contains the secret.',
  balancer: 'Load balancer',
  balancerPhase: 'Phase 2',
  balancerAddress: 'Address of the load balancer',
  balancerHint: 'Exekra announces a load balancer for Phase 2. Rollout shows this address and sets nothing up for it.',
} as const

export const certificateText = {
  title: 'Certificate',
  strategy: 'Certificate of the Hub',
  strategies: {
    operator: 'A certificate of your organisation',
    'self-signed': 'Self-signed by the installer, for a pilot only',
  } satisfies Record<Plan['certificate']['strategy'], string>,
  sha256: "SHA-256 of the Hub's certificate",
  sha256Hint: '64 hexadecimal digits. If empty, Rollout trusts the first certificate it sees.',
  trust: 'Trust on Studio and Runner hosts',
  trustAbout:
    'A DER or PEM file of the certificate or of its authority, for hosts that do not trust it yet. If empty, Rollout adds nothing to their trusted roots.',
  trustFile: 'the certificate to trust',
} as const

export const environmentsText = {
  title: 'Environments',
  conceptsPage: 'Core concepts',
  about: 'An environment is a separate Hub or a Runner label. A plan has one Hub.',
  none: 'This plan has no environments. Every Runner may run any work.',
  environment: (name: string) => `Environment ${name}`,
  name: (number: number) => `Name of environment ${number}`,
  nameTaken: (name: string) => `Another environment is already named ${name}. Enter a different name.`,
  separation: (name: string) => `How ${name} is separated`,
  separations: {
    'runner-labels': 'By Runner labels, on this Hub',
    'own-hub': 'By a separate Hub, in a separate plan',
  },
  runners: (count: number) => plural(count, 'Runner'),
  remove: (name: string) => `Remove ${name}`,
  assignment: 'Runners and environments',
  unassigned: (count: number) =>
    count === 1
      ? '1 Runner belongs to no environment. Select it in Hosts and assign one.'
      : `${plural(count, 'Runner')} belong to no environment. Select them in Hosts and assign one.`,
  add: 'Add environment',
} as const

export const licenceText = {
  title: 'Activation and Runners',
  mode: 'Activation',
  modes: {
    online: 'Online, once, through the Customer Portal',
    'air-gapped': 'Air-gapped, with a .lic file that you carry over',
  } satisfies Record<Plan['licence']['mode'], string>,
  runners: 'Runners in the licence',
  runnersHint: (planned: number) => `The plan has ${plural(planned, 'Runner')}. The licence limits the total.`,
} as const

export const policyText = {
  pace: 'Pace',
  missing: 'Enter a number of hosts.',
  concurrency: 'Hosts at a time',
  concurrencyHint: 'From 1 to 64.',
  stopAt: 'Stop a stage when this share of its hosts has failed (%)',
  stopAtHint: 'From 1 to 100. No new host starts then. Hosts already running finish.',
  stopAtMissing: 'Enter a share from 1 to 100.',
  perStage: 'Hosts at a time in one stage',
  perStageAbout: 'If empty, the number above applies.',
  stageConcurrency: (stage: StageName) => `Hosts at a time in ${stageTitles[stage]}`,
  waves: { studio: 'Waves of Studio', runner: 'Waves of Runner' },
  canary: (stage: StageName) => `Canary hosts of ${stageTitles[stage]}`,
  canaryHint: 'These hosts go first. Enter 0 for no canary.',
  batch: (stage: StageName) => `Hosts in each later wave of ${stageTitles[stage]}`,
  batchHint: 'A number of hosts, or a share such as 25%.',
  batchMissing: 'Enter a number of hosts, or a share such as 25%.',
} as const

export const reachText = {
  reach: 'Reached by',
  ways: {
    auto: 'Automatic',
    ssh: 'SSH',
    winrm: 'WinRM',
    local: 'This workstation',
    unmanaged: 'Not managed',
    simulated: 'Simulated',
  } satisfies Record<Reach['kind'], string>,
  about: {
    auto: 'Rollout tries WinRM over TLS, WinRM, then SSH. It uses the first port that answers.',
    ssh: 'Rollout runs PowerShell over SSH.',
    winrm: 'Rollout runs PowerShell over WinRM.',
    local: 'Rollout runs on this host and needs no network to reach it.',
    unmanaged: 'Rollout shows this host and tests paths to it from other hosts. It never signs in there.',
    simulated: 'The practice site simulates this host.',
  } satisfies Record<Reach['kind'], string>,
  sshPort: 'SSH port',
  hostKey: 'Host key',
  hostKeyHint: 'SHA256:… as ssh-keygen -lf prints it. If empty, Rollout keeps the first key and accepts no other.',
  tls: 'Use TLS',
  winrmPort: 'WinRM port',
  auth: 'Sign-in method',
  auths: { ntlm: 'NTLM', basic: 'Basic', certificate: 'Client certificate', kerberos: 'Kerberos' } satisfies Record<
    (typeof winrmAuths)[number],
    string
  >,
  authAbout: {
    ntlm: 'Password sign-in. The password is never sent, and traffic is encrypted even without TLS.',
    basic: 'Password sign-in, over TLS only. Windows has it off by default.',
    certificate: 'Sign-in with a certificate that the host maps to a local account, over TLS only.',
    kerberos:
      'Sign-in with your Kerberos ticket, over TLS only. Requires the package kerberos on this workstation. A host that demands channel binding refuses this sign-in.',
  } satisfies Record<(typeof winrmAuths)[number], string>,
  certificate: "SHA-256 of the host's certificate",
  certificateHint: 'Rollout accepts only this certificate.',
} as const
