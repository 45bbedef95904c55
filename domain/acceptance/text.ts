/**
 * Every word of the acceptance summary as people read it. Sentences of version 1 stay in dossier-version-1.ts: they are
 * sealed.
 */
import { plural } from '../base/plural.ts'
import type { DossierV2 } from './dossier-version-2.ts'

type Planned = DossierV2['placements'][number]['planned']
type StepOutcome = Pick<DossierV2['everyStep'][number], 'outcome' | 'by' | 'reason'>

/** What a version 2 summary says of its facts. */
export const dossierFactText = {
  planned: (component: string, { provision, byHand, minVersion, port }: Planned) => {
    if (provision === 'existing') return 'Exists already, not changed'
    const version = minVersion === null ? '' : `, version ${minVersion} or later`
    const where = port === null ? '' : component === 'hub' ? `, HTTPS port ${port}` : `, port ${port}`
    return `${byHand ? 'Installed by hand' : 'Installed'}${version}${where}`
  },
  excluded: (by: string, why: string) => `Excluded by ${by}: ${why}`,
  system: (caption: string, build: number) => `${caption}, build ${build}`,
  installerSucceeded: 'Succeeded',
  outcome: ({ outcome, by, reason }: StepOutcome) => {
    switch (outcome) {
      case 'changed':
        return 'Done'
      case 'unchanged':
        return 'Already in order'
      case 'nothing-to-do':
        return `Nothing to do: ${reason ?? ''}`
      case 'skipped':
        return `Skipped by ${by ?? ''}: ${reason ?? ''}`
      case 'not-done':
        return reason === null ? 'Not done' : `Not done: ${reason}`
    }
  },
} as const

/** Title, verdict and facts at the top. */
export const dossierHeadText = {
  title: 'Acceptance summary',
  subtitle: (plan: string, site: string) => `${plan}, ${site}`,
  verdict: (outcome: 'accepted' | 'accepted-with-exceptions' | 'cancelled', waivers: number) => {
    if (outcome === 'cancelled') return 'Cancelled: not accepted'
    const waived = plural(waivers, 'waiver')
    if (outcome === 'accepted') return waivers === 0 ? 'Accepted' : `Accepted with ${waived}`
    return waivers === 0 ? 'Accepted with exceptions' : `Accepted with exceptions and ${waived}`
  },
  proven: (proven: number, all: number, revision: number, ended: string) =>
    `${proven} of ${plural(all, 'placement')} verified as planned in revision ${revision}. The run ended ${ended}.`,
  plan: 'Plan',
  revision: (revision: number) => `Revision ${revision}`,
  locked: (by: string, at: string) => `locked by ${by}, ${at}`,
  run: 'Run',
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  took: (all: string, atGates: string) => `${all}, of which ${atGates} at gates`,
  steps: 'Steps',
  stepsDone: (changed: number, unchanged: number, nothingToDo: number) =>
    `${changed} changed, ${unchanged} already in order, ${nothingToDo} with nothing to do`,
  stepsNotDone: (skipped: number, notDone: number) => `${skipped} skipped by a person, ${notDone} not done`,
  operator: 'Operator',
  audit: (rows: number, head: string) => `audit: ${plural(rows, 'row')}, ${head}`,
  auditChanged: 'The audit of this database was changed outside Rollout.',
  seal: 'Seal',
  sealKind: 'SHA-256',
  sealOf: 'of this summary without audit and signatures',
} as const

interface SectionText {
  readonly title: string
  /** Shown where the section has no rows. */
  readonly none: string
  readonly head: readonly string[]
}

/** Title, heads of columns and the sentence for no rows, of every section. */
export const dossierSectionText = {
  built: {
    title: 'As planned, as built',
    none: 'The plan has no placements.',
    head: ['Host', 'Component', 'Planned', 'Built', 'Match'],
  },
  exceptions: {
    title: 'Excluded hosts',
    none: 'No host was excluded.',
    head: ['Host', 'By', 'Why'],
  },
  approvals: {
    title: 'Approvals when the run began',
    none: 'This revision had no approvals.',
    head: ['Who', 'What they saw', 'Why', 'Recorded by', 'When'],
  },
  waivers: {
    title: 'Waivers',
    none: 'No finding was waived.',
    head: ['Check', 'About', 'Reason', 'By', 'When'],
  },
  findings: {
    title: 'Findings at the final verification',
    none: 'All checks passed at the final verification.',
    head: ['Host', 'Severity', 'Finding'],
  },
  decisions: {
    title: 'Decisions',
    none: 'No decision was needed.',
    head: ['When', 'Host', 'Step', 'Decision', 'By', 'Why'],
  },
  gates: {
    title: 'Gates',
    none: 'No gate was opened.',
    head: ['Gate', 'Confirmed', 'Waited', 'Opened', 'By', 'Why'],
  },
  media: {
    title: 'Media, as verified on the hosts',
    none: 'No file was sent.',
    head: ['File', 'SHA-256', 'Hosts'],
  },
  installers: {
    title: 'Installers',
    none: 'No installer was started.',
    head: ['Host', 'Component', 'Attempt', 'Exit code', 'Took', 'Ended'],
  },
  paths: {
    title: 'Network paths',
    none: 'No network path was tested.',
    head: ['From', 'Path', 'Result', 'When'],
  },
  stages: {
    title: 'Stages and timings',
    none: 'No stage began.',
    head: ['Stage', 'Hosts', 'Steps', 'Began', 'Ended', 'Took'],
  },
  steps: {
    title: 'Every step',
    none: 'The run had no steps.',
    head: ['Host', 'Stage', 'Step', 'Outcome', 'Attempts', 'Ended'],
  },
  signatures: {
    title: 'Signatures',
    none: 'No signer is named.',
    head: ['Name', 'Role', 'Signature', 'Date'],
  },
} as const satisfies Record<string, SectionText>

/** What the cells of the tables say. */
export const dossierCellText = {
  hosts: (n: number) => plural(n, 'host'),
  match: { yes: 'Yes', exception: 'Exception', unproven: 'Not verified' },
  severity: { block: 'Block', warn: 'Warning', pass: 'Pass' },
  nothingToConfirm: 'Nothing to confirm',
  confirmed: (item: string, at: string, note: string) => `${item} Confirmed ${at}.${note === '' ? '' : ` ${note}`}`,
  evidence: (name: string, bytes: number, sha256: string) =>
    `Evidence: ${name}, ${plural(bytes, 'byte')}, SHA-256 ${sha256}`,
  exitCodeUnknown: 'Unknown',
  notTested: 'Not tested',
  signed: 'Signed in Rollout',
  signedOther: 'Signed another version',
  signedBy: (by: string) => `by ${by}`,
  signedHash: (sha256: string) => `SHA-256 ${sha256}`,
  seconds: (n: number) => `${n} s`,
  minutes: (n: number) => `${n} min`,
  hoursAndMinutes: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
} as const

/** The page around the summary, as a file. */
export const dossierPageText = {
  practice: 'Practice site: all hosts are simulated.',
  draft: 'Draft: not signed yet',
  madeFrom: (run: string, graphHash: string, events: number) =>
    `Run ${run}, graph ${graphHash}, made from a log of ${plural(events, 'event')}.`,
} as const
