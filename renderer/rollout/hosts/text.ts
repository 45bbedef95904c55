/** Texts of the hosts of a run: farm, table, timeline, map and filters. */
import { formatCount, plural } from '../../../domain/base/plural.ts'

/** Why a host waits, or what it needs. */
export const hostText = {
  excluded: (person: string, why: string) => `Excluded by ${person}: ${why}`,
  noAnswer: (since: string, seconds: number) =>
    `No answer since ${since}. Lane paused, next try in ${formatCount(seconds)} s`,
  interrupted: 'An attempt was interrupted. Rollout checks the host before it continues.',
  nextTry: (at: string) => `Next try at ${at}`,
  waitsForStage: (stage: string) => `Waiting for stage ${stage}`,
  waitsForSlot: 'Waiting for a free slot',
  skipped: (step: string, person: string, why: string) => `${step} skipped by ${person}: ${why}`,
} as const

export const farmText = {
  list: 'Hosts',
  servers: 'Servers',
  noEnvironment: 'Runners',
  canary: 'Canary',
  wave: (wave: number) => `Wave ${wave}`,
  row: (environment: string, wave: string) => `${environment}, ${wave}`,
  countOf: (done: number, all: number) => `${formatCount(done)} of ${formatCount(all)}`,
  excluded: (hosts: string) => `${hosts} excluded`,
  skipped: (hosts: string) => `${hosts} skipped`,
  atATime: (hosts: number) => `${formatCount(hosts)} at a time`,
  startsAfter: (wave: number) => (wave === 1 ? 'Starts after the first wave' : `Starts after wave ${wave}`),
  tile: (host: string, status: string, step: string) => `${host}, ${status}${step}`,
  tileStep: (step: number, steps: number, title: string) =>
    `, step ${formatCount(step)} of ${formatCount(steps)}, ${title}`,
} as const

export const tableText = {
  list: 'Hosts',
  columns: { host: 'Host', status: 'Status', step: 'Step', progress: 'Progress', attempts: 'Attempts' },
  filter: 'Filter by name',
  hosts: (hosts: number) => plural(hosts, 'host'),
  selected: (hosts: number) => `${plural(hosts, 'host')} selected`,
  copyNames: 'Copy host names',
  showLog: 'Show log of selected hosts',
  clear: 'Clear selection',
  selectAll: 'Select all hosts shown',
  select: (host: string) => `Select ${host}`,
  noneWithStatus: 'No host has this status now.',
  noneNamed: (text: string) => `No host shown here has "${text}" in its name.`,
  progress: (done: number, all: number) => `${done} of ${all}`,
} as const

export const mapText = {
  showInFarm: (hosts: number) => `Show ${plural(hosts, 'host')} in the farm`,
  line: (status: string, step: number, steps: string) => `${status} · step ${step} of ${steps}`,
  spoken: (status: string, step: number, steps: string, title: string) =>
    `${status}, step ${step} of ${steps}, ${title}`,
} as const

export const filterText = {
  group: 'Filter by status',
  all: 'All',
  more: (filters: number) => plural(filters, 'more filter', 'more filters'),
} as const

export const timelineText = {
  list: 'Timeline',
  span: (from: string, to: string) => `${from} to ${to}`,
  gate: (title: string) => `Gate ${title}`,
  noAnswer: 'No answer',
  waitsForDecision: (step: string) => `${step} waits for a decision`,
  waitsForRetry: (step: string) => `${step} waits for its next try`,
  stretch: (title: string, status: string, from: string, duration: string) =>
    `${title}, ${status}, ${from}, ${duration}`,
  row: (host: string, status: string, stretches: string) => `${host}, ${status}. ${stretches}`,
  nothingYet: 'Nothing has run yet.',
  summary: (from: string, to: string | null, silent: string | null) =>
    `${from} to ${to ?? 'now'}${silent === null ? '' : `, no answer for ${silent}`}.`,
} as const
