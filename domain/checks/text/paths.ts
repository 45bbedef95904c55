/** Texts about network paths: what a survey found of each, and how the firewall matrix is read. */
import { plural } from '../../base/plural.ts'
import type { Advice } from './advice.ts'

interface Path {
  readonly from: string
  readonly to: string
  readonly toAddress: string
  readonly port: number
}

export const pathText = {
  open: ({ from, toAddress, port }: Path): Advice => ({
    message: `${from} reaches ${toAddress}:${port}.`,
    remedy: '',
  }),
  refused: ({ from, toAddress, port }: Path): Advice => ({
    message: `${from} reaches ${toAddress}:${port}, but no program listens there yet.`,
    remedy: '',
  }),
  openedLater: ({ from, to, toAddress, port }: Path): Advice => ({
    message:
      `${from} gets no answer from ${toAddress}:${port} yet. Rollout opens the port on ${to} itself. ` +
      'If another firewall blocks the path, you will see it once the port is open.',
    remedy: `Make sure that no network firewall blocks TCP ${port} from ${from} to ${toAddress}.`,
  }),
  blocked: ({ from, toAddress, port }: Path, why: string, detail: string): Advice => ({
    message: `${from} does not reach ${toAddress}:${port}${detail === '' ? '' : ` (${detail})`}.`,
    remedy: `Allow TCP ${port} from ${from} to ${toAddress}. ${why}.`,
  }),
  unresolved: ({ from, toAddress }: Path): Advice => ({
    message: `${from} cannot resolve ${toAddress}.`,
    remedy: 'Add the name to DNS, or plan with an address that the host can resolve.',
  }),
} as const

/** Why a path was not tested, or how it was. */
export const proofText = {
  noSurvey: 'This revision has no survey yet.',
  fromAnywhere:
    'Rollout cannot test from single hosts that a port is closed to everybody. Ask the administrator of the firewall.',
  unmanaged: ({ from, toAddress, port }: Path) =>
    `Rollout does not visit ${from}, so it cannot test from there. ` +
    `Run this on it: Test-NetConnection ${toAddress} -Port ${port}`,
  notVisited: (host: string) => `The survey has not visited ${host}.`,
  noAnswer: (host: string) => `${host} did not answer the survey, so it tested no path from there.`,
  newPath: 'The plan did not have this path when the survey ran.',
  otherAddress: (tested: string) => `The survey tested ${tested}, but the plan has another address now.`,
  fetching: 'The port is open only while a host fetches a large file. Rollout tests it then.',
  signedIn: (host: string, address: string, port: number) =>
    `The survey signed in to ${host} at ${address}, TCP ${port}.`,
  otherDoor: (host: string, address: string, port: number) =>
    `The survey reached ${host} at ${address}, TCP ${port}, and tried no other way.`,
  unreached: (host: string, why: string) => `The survey did not reach ${host}: ${why}`,
  unused: (host: string, port: number) => `The survey did not use TCP ${port} on ${host}.`,
  fromHere: (sentence: string) => `The survey connected from this workstation. ${sentence}`,
  connected: ({ from, toAddress, port }: Path) => `${from} connected to ${toAddress}, TCP ${port}.`,
  refused: ({ from, toAddress, port }: Path) =>
    `${toAddress}, TCP ${port} refused ${from}: the path is open, but no program listens yet. ` +
    'A firewall that refuses connections itself looks the same.',
  silent: ({ from, toAddress, port }: Path, detail: string) =>
    `${from} got no answer from ${toAddress}, TCP ${port}. ${detail}`.trim(),
  openedLater: ({ to }: Path) =>
    `The host's own firewall is closed until the rollout opens that port on ${to}. ` +
    'If another firewall blocks the path, you will see it then.',
  noWay: ({ from, toAddress, port }: Path, detail: string) =>
    `${from} has no route to ${toAddress}, TCP ${port}. ${detail}`.trim(),
  unresolved: ({ from, toAddress }: Path, detail: string) => `${from} cannot resolve ${toAddress}. ${detail}`.trim(),
  states: {
    'no-way': 'No route',
    'no-answer': 'No answer',
    'name-unknown': 'Name not resolved',
    'not-yet': 'No answer yet',
    'not-tested': 'Not tested',
    'not-from-here': 'Not testable from here',
    planned: 'Planned',
    refused: 'Gets through',
    open: 'Open',
  },
} as const

/** How the firewall matrix names ends, purposes and columns. */
export const flowText = {
  workstation: 'This workstation',
  anywhere: 'Anywhere',
  others: 'Others',
  purposes: {
    'hub-https': 'To the Hub',
    database: 'To the database',
    redis: 'To Redis',
    'hub-backend': 'Must stay closed',
    management: 'Rollout itself',
  },
  head: [
    'From',
    'From address',
    'To',
    'To address',
    'Protocol',
    'Port',
    'Direction',
    'Rule',
    'Why',
    'Source',
    'Result',
    'Tested at',
    'How',
  ],
  inbound: 'inbound at the destination',
  allow: 'allow',
  keepClosed: 'keep closed',
  title: (plan: string, revision: number, paths: number) =>
    `Firewall matrix of ${plan}, revision ${revision}: ${plural(paths, 'path')}`,
} as const
