/** Texts of the checks of the Hub, its database, Redis and its certificate. */
import { plural } from '../../base/plural.ts'
import type { Advice } from './advice.ts'

export const hubText = {
  placed: {
    title: 'A Windows server for the Hub',
    none: {
      message: 'No host has the Hub. A Windows server for the Hub is a required prerequisite.',
      remedy: 'Place the Hub on one host.',
    },
    pass: (host: string) => `The Hub is on ${host}.`,
  },
  single: {
    title: 'One Hub',
    several: (hubs: number): Advice => ({
      message:
        `The plan has ${hubs} Hubs. The Hub is a single instance per deployment. ` +
        'The documentation lists several Hubs behind a load balancer as "Phase 2".',
      remedy: 'Keep one Hub. Make a separate plan for another environment.',
    }),
    pass: 'There is one Hub, as documented.',
  },
  system: {
    declaredTitle: 'Operating system of the Hub, as declared',
    reportedTitle: 'Operating system of the Hub, as reported',
    undeclared: (host: string) => `The plan names no operating system for ${host}`,
    declared: (host: string, system: string) => `The plan declares ${host} as ${system}`,
    reported: (host: string, caption: string, build: number, edition: string | null) =>
      `${host} reports ${caption}, build ${build}, edition ${edition ?? 'unknown'}`,
    undocumented: 'an operating system that no page names',
    unknown: (lead: string, wanted: string): Advice => ({
      message: `${lead}. Rollout cannot tell whether it suits the Hub, which needs ${wanted}.`,
      remedy: 'Choose the operating system of the host, then survey it.',
    }),
    enterprise: (lead: string, wanted: string): Advice => ({
      message: `${lead}. The documentation names ${wanted}, but not Enterprise.`,
      remedy: 'Ask Exekra whether the Enterprise edition is supported, or use an edition that the documentation names.',
    }),
    wrong: (lead: string, wanted: string): Advice => ({
      message: `${lead}. The Hub needs ${wanted}.`,
      remedy: 'Choose another host for the Hub, or upgrade Windows on this one.',
    }),
    passDeclared: "The plan declares the Hub's host as an operating system that the documentation names.",
    passReported: "The Hub's host reports an operating system that the documentation names.",
  },
  address: {
    title: 'Address of the Hub',
    elsewhere: (address: string, hosts: string): Advice => ({
      message: `Studio and Runner use ${address}, which is not the address of the Hub's host ${hosts}.`,
      remedy:
        "Make the name resolve to the Hub's host, or enter the address of that host as the address of the Hub. " +
        'The rollout tests it from every client.',
    }),
    pass: (address: string) => `Studio and Runner use ${address}, the address of the Hub's host.`,
  },
  postgresqlVersion: {
    title: 'Version of PostgreSQL',
    unknown: (minimum: number): Advice => ({
      message: `The plan does not name the version of PostgreSQL. The Hub needs ${minimum} or later.`,
      remedy: 'Enter the major version of PostgreSQL.',
    }),
    old: (version: number, minimum: number): Advice => ({
      message: `PostgreSQL is ${version}. The Hub needs ${minimum} or later.`,
      remedy: `Upgrade PostgreSQL to ${minimum} or later, or choose another database.`,
    }),
    pass: (version: number | undefined, minimum: number) =>
      `PostgreSQL is ${version}. The Hub needs ${minimum} or later.`,
  },
  database: {
    title: 'PostgreSQL within reach of the Hub',
    placedThoughManaged: {
      message: 'The plan uses a database managed elsewhere, but also places PostgreSQL on a host.',
      remedy: 'Remove the placement, or choose a database on a host of the plan.',
    },
    none: {
      message: 'No host has PostgreSQL, which is a required prerequisite.',
      remedy:
        'Place PostgreSQL on a host (as existing if it is installed already), or use a database managed elsewhere.',
    },
    several: (hosts: number): Advice => ({
      message: `The plan places PostgreSQL on ${plural(hosts, 'host')}, but has one database connection.`,
      remedy: 'Keep one placement of PostgreSQL.',
    }),
    pass: (address: string, port: number) =>
      `The Hub reaches PostgreSQL at ${address}:${port}. The rollout tests this from the Hub before it installs.`,
  },
  redis: {
    title: 'Redis as planned',
    none: {
      message: 'The plan puts Redis on one of its hosts, but no host has it.',
      remedy: 'Place Redis on a host, or choose the bundled Redis or one managed elsewhere.',
    },
    several: (hosts: number): Advice => ({
      message: `The plan places Redis on ${plural(hosts, 'host')}, but has one Redis connection.`,
      remedy: 'Keep one placement of Redis.',
    }),
    placedThough: (kind: 'bundled' | 'managed'): Advice => ({
      message: `${redisKinds[kind]}, but the plan also places it on a host.`,
      remedy: 'Remove the placement, or choose Redis on a host of the plan.',
    }),
    pass: (kind: 'placed' | 'bundled' | 'managed') =>
      kind === 'placed' ? 'Redis is on a host of the plan.' : `${redisKinds[kind]}.`,
  },
  certificateStrategy: {
    title: 'HTTPS certificate strategy',
    selfSigned: {
      message: "The Hub's certificate is self-signed. The documentation recommends that for pilots only.",
      remedy: 'Choose a certificate that you supply, and use one of your organisation.',
    },
    passOwn: "You supply the Hub's certificate.",
    passSelfSigned: 'The installer makes a self-signed certificate, as documented for pilots.',
  },
  certificatePinned: {
    title: 'The expected certificate',
    missing: {
      message:
        "The plan does not name the SHA-256 of the Hub's certificate. Rollout would trust the first certificate it sees.",
      remedy: 'Enter the SHA-256 fingerprint of the certificate you supply.',
    },
    passSelfSigned:
      'A self-signed certificate is not known before the Hub is installed. ' +
      'Rollout reads it over its own session on the Hub, then expects exactly that one.',
    pass: 'The Hub must answer with exactly the certificate of the plan.',
  },
  certificateTrust: {
    title: 'Trust in the certificate',
    selfSigned: {
      message:
        'No page says how Studio and Runner treat a self-signed certificate. ' +
        'Rollout adds it to the trusted roots of their machines.',
      remedy: "Confirm with the pilot's first Runner that it connects.",
    },
    passGiven: 'Rollout installs the certificate to trust on Studio and Runner machines.',
    passTrusted:
      'According to the plan, Studio and Runner machines already trust the certificate. ' +
      'The rollout tests the endpoint from each.',
  },
} as const

const redisKinds = {
  bundled: 'Redis is bundled with the Hub',
  managed: 'Redis is managed elsewhere',
} as const
