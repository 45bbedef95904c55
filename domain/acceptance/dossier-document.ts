/** Owns the acceptance summary as a document: sections with facts and tables that every writer lays out in its own way. */
import { approvableTitles } from '../plan/approval.ts'
import { alikePlacements, type Dossier, verdictOf } from './dossier.ts'
import { componentTitles, stageTitles } from '../base/titles.ts'

export interface DocumentCell {
  readonly text: string
  /** Smaller lines below the text. */
  readonly notes?: readonly string[]
  readonly mark?: 'good' | 'attention'
  readonly mono?: boolean
  /** A line to write on. */
  readonly line?: boolean
}

export interface DocumentSection {
  readonly id: string
  readonly title: string
  /** Said where there are no rows. */
  readonly none: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly DocumentCell[])[]
}

export interface DossierDocument {
  readonly title: string
  readonly subtitle: string
  readonly practice: boolean
  /** True until somebody has signed. */
  readonly draft: boolean
  readonly verdict: { readonly good: boolean; readonly text: string; readonly about: string }
  readonly facts: readonly { readonly title: string; readonly value: string; readonly notes: readonly string[] }[]
  readonly sections: readonly DocumentSection[]
}

/** The document of a summary, with the table of every step or without: page and file leave it out alike, and number what follows alike. `time` writes a moment for its reader. */
export function dossierDocument(dossier: Dossier, time: (at: number) => string, everyStep: boolean): DossierDocument {
  const { plan, run, steps } = dossier
  const proven = dossier.placements.filter((placement) => placement.match === 'yes').length
  const text = (value: string, notes: readonly string[] = []): DocumentCell => ({ text: value, notes })
  const at = (moment: number | null): DocumentCell => text(moment === null ? '' : time(moment))
  const section = (
    id: string,
    title: string,
    none: string,
    head: readonly string[],
    rows: DocumentSection['rows'],
  ): DocumentSection => ({ id, title, none, head, rows })
  const matches = {
    yes: { text: 'Yes', mark: 'good' },
    exception: { text: 'Exception', mark: 'attention' },
    unproven: { text: 'Not shown', mark: 'attention' },
  } as const
  return {
    title: 'Acceptance summary',
    subtitle: `${plan.name}, ${plan.site}`,
    practice: plan.practice,
    draft: dossier.sealed.signatures.every(({ signedAt }) => signedAt === null),
    verdict: {
      good: run.outcome === 'accepted',
      text: verdictOf(dossier),
      about: `${proven} of ${dossier.placements.length} placements seen as planned in revision ${plan.revision}, run ended ${time(run.endedAt)}.`,
    },
    facts: [
      {
        title: 'Plan',
        value: `Revision ${plan.revision}`,
        notes: [`locked by ${plan.lockedBy}, ${time(plan.lockedAt)}`, plan.hash],
      },
      {
        title: 'Run',
        value: `${time(run.startedAt)} to ${time(run.endedAt)}`,
        notes: [run.id, `${span(run.endedAt - run.startedAt)}, ${span(run.atGatesMs)} of it at gates`],
      },
      {
        title: 'Steps',
        value: String(steps.total),
        notes: [
          `${steps.changed} changed, ${steps.unchanged} unchanged, ${steps.nothingToDo} had nothing to do`,
          `${steps.skippedByPerson} skipped by a person, ${steps.notDone} not done`,
        ],
      },
      {
        title: 'Operator',
        value: run.startedBy,
        notes: [
          dossier.audit
            ? `audit: ${dossier.audit.rows} rows, ${dossier.audit.head}`
            : 'The audit of this database is not what was written.',
        ],
      },
      {
        title: 'Seal',
        value: 'SHA-256',
        notes: [dossier.sealed.sha256, 'of this summary without audit and signatures'],
      },
    ],
    sections: [
      section(
        'built',
        'As planned, as built',
        'The plan places nothing.',
        ['Host', 'Component', 'Planned', 'Built', 'Match'],
        alikePlacements(dossier.placements).map(({ first, hosts }) => [
          text(hosts.length === 1 ? first.host : `${hosts.length} hosts`, hosts.length === 1 ? [] : [hosts.join(', ')]),
          text(componentTitles[first.component]),
          text(first.planned),
          text(first.built[0] ?? '', first.built.slice(1)),
          matches[first.match],
        ]),
      ),
      section(
        'exceptions',
        'Hosts left out',
        'Every host of the run took part to its end.',
        ['Host', 'By', 'Why'],
        dossier.hosts.flatMap(({ host, excluded }) =>
          excluded ? [[text(host), text(excluded.by), text(excluded.why)]] : [],
        ),
      ),
      section(
        'approvals',
        'Approvals when the run began',
        'Nobody had approved this revision.',
        ['Who', 'What they had seen', 'Why', 'Written down by', 'When'],
        (dossier.approvals ?? []).map((approval) => [
          text(approval.who),
          text(approvableTitles[approval.of]),
          text(approval.why),
          text(approval.by),
          at(Date.parse(approval.at)),
        ]),
      ),
      section(
        'waivers',
        'Waivers',
        'Nothing was waived.',
        ['Check', 'About', 'Reason', 'By', 'When'],
        dossier.waivers.map((waiver) => [
          text(waiver.check),
          text(waiver.subject),
          text(waiver.reason),
          text(waiver.by),
          at(Date.parse(waiver.at)),
        ]),
      ),
      section(
        'findings',
        'Findings at the last look',
        'The last look at each host found nothing that is no pass.',
        ['Host', 'Severity', 'Finding'],
        dossier.findings.map((finding) => [
          text(finding.host),
          { text: finding.severity === 'block' ? 'Block' : 'Warning', mark: 'attention' as const },
          text(finding.message),
        ]),
      ),
      section(
        'decisions',
        'Decisions',
        'No decision was needed.',
        ['When', 'Host', 'Step', 'Decision', 'By', 'Why'],
        dossier.decisions.map((one) => [
          at(one.at),
          text(one.host),
          text(one.step, one.after === '' ? [] : [one.after]),
          text(one.choice),
          text(one.by),
          text(one.why),
        ]),
      ),
      section(
        'gates',
        'Gates',
        'No gate was opened.',
        ['Gate', 'Confirmed', 'Waited', 'Opened', 'By', 'Why'],
        dossier.gates.map((gate) => [
          text(gate.title),
          text(gate.checklist.length === 0 ? 'Nothing to confirm' : '', gateLines(gate, time)),
          text(span(gate.openedAt - gate.raisedAt)),
          at(gate.openedAt),
          text(gate.by),
          text(gate.why),
        ]),
      ),
      section(
        'media',
        'Media, as they were on the hosts',
        'No file was sent.',
        ['File', 'SHA-256', 'Hosts'],
        dossier.media.map((file) => [
          text(file.file, file.evidence),
          { text: file.sha256, mono: true },
          text(file.hosts.length === 1 ? (file.hosts[0] ?? '') : `${file.hosts.length} hosts`),
        ]),
      ),
      section(
        'installers',
        'Installers',
        'No installer was started.',
        ['Host', 'Component', 'Attempt', 'Exit code', 'Took', 'Ended'],
        dossier.installers.map((one) => [
          text(one.host),
          text(componentTitles[one.component]),
          text(String(one.attempt)),
          text(one.exitCode === null ? 'Not told' : String(one.exitCode), [one.said]),
          text(span(one.endedAt - one.startedAt)),
          at(one.endedAt),
        ]),
      ),
      section(
        'paths',
        'Network paths',
        'No path was tried.',
        ['From', 'Path', 'Seen', 'When'],
        dossier.paths.map((path) => [
          text(path.host),
          text(path.title),
          text(path.evidence[0] ?? 'Not tried', path.evidence.slice(1)),
          at(path.at),
        ]),
      ),
      section(
        'stages',
        'Stages and timings',
        'No stage was begun.',
        ['Stage', 'Hosts', 'Steps', 'Began', 'Ended', 'Took'],
        dossier.stages.map((stage) => [
          text(stageTitles[stage.stage]),
          text(String(stage.hosts)),
          text(String(stage.steps)),
          at(stage.startedAt),
          at(stage.endedAt),
          text(stage.startedAt === null || stage.endedAt === null ? '' : span(stage.endedAt - stage.startedAt)),
        ]),
      ),
      ...(everyStep
        ? [
            section(
              'steps',
              'Every step',
              'The run had no steps.',
              ['Host', 'Stage', 'Step', 'Outcome', 'Attempts', 'Ended'],
              dossier.everyStep.map((step) => [
                text(step.host),
                text(stageTitles[step.stage]),
                text(step.title),
                text(step.outcome),
                text(String(step.attempts)),
                at(step.endedAt),
              ]),
            ),
          ]
        : []),
      section(
        'signatures',
        'Signatures',
        'Nobody is named to sign.',
        ['Name', 'Role', 'Signature', 'Date'],
        dossier.sealed.signatures.map(({ name, role, by, signedAt, sha256 }) => [
          text(name),
          text(role),
          signedAt === null
            ? { text: '', line: true }
            : sha256 === dossier.sealed.sha256
              ? { text: 'Signed in Rollout', mark: 'good' as const, notes: [`by ${by}`] }
              : { text: 'Signed another state', mark: 'attention' as const, notes: [`SHA-256 ${sha256}`, `by ${by}`] },
          signedAt === null ? { text: '', line: true } : at(signedAt),
        ]),
      ),
    ],
  }
}

/** Each item of a gate's checklist, with what was said of it and the files that show it. */
function gateLines({ checklist, confirmed }: Dossier['gates'][number], time: (at: number) => string): string[] {
  return checklist.flatMap((item) => {
    const said = confirmed.find((one) => one.item === item)
    if (!said) return [item]
    return [
      `${item} Confirmed ${time(said.at)}.${said.note === '' ? '' : ` ${said.note}`}`,
      ...said.files.map(({ name, size, sha256 }) => `Evidence: ${name}, ${size} bytes, SHA-256 ${sha256}`),
    ]
  })
}

/** 2 h 5 min, 12 min, 8 s; of milliseconds. */
function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
