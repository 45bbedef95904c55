/** The tables of the acceptance summary. */
import { approvableTitles } from '../plan/approval.ts'
import { componentTitles, stageTitles } from '../base/titles.ts'
import { alikePlacements, type WordedDossier } from './dossier-words.ts'
import { dossierCellText, dossierSectionText } from './text.ts'

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
  /** Shown where there are no rows. */
  readonly none: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly DocumentCell[])[]
}

type Time = (at: number) => string
type Rows = DocumentSection['rows']

/** Every section in its order, with the table of every step or without. `time` writes a moment for its reader. */
export function dossierSections(dossier: WordedDossier, time: Time, everyStep: boolean): DocumentSection[] {
  const at = (moment: number | null): DocumentCell => cell(moment === null ? '' : time(moment))
  const section = (id: keyof typeof dossierSectionText, rows: Rows): DocumentSection => ({
    id,
    ...dossierSectionText[id],
    rows,
  })
  return [
    section('built', builtRows(dossier)),
    section(
      'exceptions',
      dossier.hosts.flatMap(({ host, excluded }) =>
        excluded ? [[cell(host), cell(excluded.by), cell(excluded.why)]] : [],
      ),
    ),
    section(
      'approvals',
      (dossier.approvals ?? []).map(({ who, of, why, by, at: when }) => [
        cell(who),
        cell(approvableTitles[of]),
        cell(why),
        cell(by),
        at(Date.parse(when)),
      ]),
    ),
    section(
      'waivers',
      dossier.waivers.map(({ check, subject, reason, by, at: when }) => [
        cell(check),
        cell(subject),
        cell(reason),
        cell(by),
        at(Date.parse(when)),
      ]),
    ),
    section(
      'findings',
      dossier.findings.map(({ host, severity, message }) => [
        cell(host),
        { text: dossierCellText.severity[severity], mark: 'attention' as const },
        cell(message),
      ]),
    ),
    section(
      'decisions',
      dossier.decisions.map((decision) => [
        at(decision.at),
        cell(decision.host),
        cell(decision.step, decision.after === '' ? [] : [decision.after]),
        cell(decision.choice),
        cell(decision.by),
        cell(decision.why),
      ]),
    ),
    section('gates', gateRows(dossier, time)),
    section(
      'media',
      dossier.media.map(({ file, sha256, evidence, hosts }) => [
        cell(file, evidence),
        { text: sha256, mono: true },
        cell(hosts.length === 1 ? (hosts[0] ?? '') : dossierCellText.hosts(hosts.length)),
      ]),
    ),
    section(
      'installers',
      dossier.installers.map(({ host, component, attempt, exitCode, said, startedAt, endedAt }) => [
        cell(host),
        cell(componentTitles[component]),
        cell(String(attempt)),
        cell(exitCode === null ? dossierCellText.exitCodeUnknown : String(exitCode), [said]),
        cell(duration(endedAt - startedAt)),
        at(endedAt),
      ]),
    ),
    section(
      'paths',
      dossier.paths.map(({ host, title, evidence, at: when }) => [
        cell(host),
        cell(title),
        cell(evidence[0] ?? dossierCellText.notTested, evidence.slice(1)),
        at(when),
      ]),
    ),
    section(
      'stages',
      dossier.stages.map(({ stage, hosts, steps, startedAt, endedAt }) => [
        cell(stageTitles[stage]),
        cell(String(hosts)),
        cell(String(steps)),
        at(startedAt),
        at(endedAt),
        cell(startedAt === null || endedAt === null ? '' : duration(endedAt - startedAt)),
      ]),
    ),
    ...(everyStep ? [section('steps', stepRows(dossier, at))] : []),
    section('signatures', signatureRows(dossier, at)),
  ]
}

function cell(text: string, notes: readonly string[] = []): DocumentCell {
  return { text, notes }
}

function builtRows({ placements }: WordedDossier): Rows {
  const marks = { yes: 'good', exception: 'attention', unproven: 'attention' } as const
  return alikePlacements(placements).map(({ first, hosts }) => [
    hosts.length === 1 ? cell(first.host) : cell(dossierCellText.hosts(hosts.length), [hosts.join(', ')]),
    cell(componentTitles[first.component]),
    cell(first.planned),
    cell(first.built[0] ?? '', first.built.slice(1)),
    { text: dossierCellText.match[first.match], mark: marks[first.match] },
  ])
}

function gateRows({ gates }: WordedDossier, time: Time): Rows {
  return gates.map((gate) => [
    cell(gate.title),
    cell(gate.checklist.length === 0 ? dossierCellText.nothingToConfirm : '', gateLines(gate, time)),
    cell(duration(gate.openedAt - gate.raisedAt)),
    cell(time(gate.openedAt)),
    cell(gate.by),
    cell(gate.why),
  ])
}

/** Each item of a gate's checklist, with its note and its files of evidence. */
function gateLines({ checklist, confirmed }: WordedDossier['gates'][number], time: Time): string[] {
  return checklist.flatMap((item) => {
    const confirmation = confirmed.find((candidate) => candidate.item === item)
    if (!confirmation) return [item]
    return [
      dossierCellText.confirmed(item, time(confirmation.at), confirmation.note),
      ...confirmation.files.map(({ name, size, sha256 }) => dossierCellText.evidence(name, size, sha256)),
    ]
  })
}

function stepRows({ everyStep }: WordedDossier, at: (moment: number | null) => DocumentCell): Rows {
  return everyStep.map(({ host, stage, title, outcome, attempts, endedAt }) => [
    cell(host),
    cell(stageTitles[stage]),
    cell(title),
    cell(outcome),
    cell(String(attempts)),
    at(endedAt),
  ])
}

function signatureRows({ sealed }: WordedDossier, at: (moment: number | null) => DocumentCell): Rows {
  const line: DocumentCell = { text: '', line: true }
  return sealed.signatures.map(({ name, role, by, signedAt, sha256 }) => {
    if (signedAt === null) return [cell(name), cell(role), line, line]
    const signed: DocumentCell =
      sha256 === sealed.sha256
        ? { text: dossierCellText.signed, mark: 'good', notes: [dossierCellText.signedBy(by)] }
        : {
            text: dossierCellText.signedOther,
            mark: 'attention',
            notes: [dossierCellText.signedHash(sha256), dossierCellText.signedBy(by)],
          }
    return [cell(name), cell(role), signed, at(signedAt)]
  })
}

/** 2 h 5 min, 12 min, 8 s; of milliseconds. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return dossierCellText.seconds(seconds)
  const minutes = Math.round(seconds / 60)
  return minutes < 60
    ? dossierCellText.minutes(minutes)
    : dossierCellText.hoursAndMinutes(Math.floor(minutes / 60), minutes % 60)
}
