/** Owns what a host said about one column of the survey, as lines a person can judge by. */
import type { SeenHost } from '../../domain/contract/shapes.ts'
import { isSameSubject, onPath } from '../../domain/base/subject.ts'
import { surveyChecks } from '../../domain/checks/survey.ts'
import { formatDateTime } from '../shared/format.ts'
import type { Status } from '../status/status.ts'
import type { SurveyColumnId } from '../../domain/checks/survey-columns.ts'

export interface Evidence {
  readonly title: string
  readonly status: Status | null
  /** Short text beside the title. */
  readonly about: string
  /** Word for word, in a box. */
  readonly lines: readonly string[]
}

const outcomes = {
  open: 'Open',
  refused: 'Gets through; nothing listens there yet',
  filtered: 'No answer',
  unreachable: 'No way there',
  unresolved: 'The name is not known there',
} as const
const signals = {
  'component-servicing': 'Component servicing',
  'windows-update': 'Windows Update',
  'file-rename': 'Pending file renames',
  'computer-rename': 'Computer rename',
  'domain-join': 'Domain join',
} as const

/** The evidence of a cell; empty where the host said nothing about it. */
export function evidenceOf({ facts, probes, unreached, findings }: SeenHost, column: SurveyColumnId): Evidence[] {
  const line = (
    title: string,
    about: string,
    status: Status | null = null,
    lines: readonly string[] = [],
  ): Evidence => ({ title, about, status, lines })
  if (column === 'reach')
    return unreached
      ? [line('No answer', unreached.code, 'unreachable', unreached.evidence)]
      : facts
        ? [line('Answered', `${facts.hostName}${facts.domain === null ? '' : `, ${facts.domain}`}`, 'pass')]
        : []
  if (column === 'paths')
    return probes.map(({ flow, outcome, detail }) => {
      const severity =
        findings.find((finding) => finding.check === surveyChecks.flow && isSameSubject(finding.subject, onPath(flow)))
          ?.severity ?? 'pass'
      // Silence that is not held against the plan is that of a port which the rollout opens itself.
      const word =
        outcome === 'filtered' && severity === 'warn'
          ? 'No answer yet: the rollout opens this port itself'
          : outcomes[outcome]
      return line(
        `${flow.toAddress}, TCP ${flow.port}`,
        `${word}. ${flow.why}`,
        severity,
        detail === '' ? [] : [detail],
      )
    })
  if (!facts) return []
  switch (column) {
    case 'rights':
      return [
        line(
          'Signed in',
          facts.administrator ? 'with administrator rights' : 'without administrator rights',
          facts.administrator ? 'pass' : 'block',
        ),
      ]
    case 'edition':
      return [
        line(
          facts.os.caption,
          `${facts.os.version}, ${facts.os.edition ?? 'edition not told'}, ${facts.os.productType}`,
        ),
      ]
    case 'shell':
      return [line('PowerShell', `${facts.powershell.version}, ${facts.powershell.edition}`)]
    case 'bits':
      return [line('Architecture', facts.os.architecture)]
    case 'restart':
      return Object.entries(signals)
        .map(([kind, title]) => {
          const found = facts.pendingReboot.find((signal) => signal.kind === kind)
          return line(
            title,
            found ? (found.evidence.length === 1 ? '1 sign' : `${found.evidence.length} signs`) : 'No sign',
            found ? 'warn' : 'pass',
            found?.evidence ?? [],
          )
        })
        .concat(line('Last start', localTime(facts.bootTime)))
    case 'disk':
      return facts.drives.map((drive) =>
        line(drive.name, `${gigabytes(drive.freeBytes)} of ${gigabytes(drive.totalBytes)} free`),
      )
    case 'clock':
      return [line('Its clock when it was asked', localTime(facts.clock))]
    case 'name':
      return [
        line('It calls itself', `${facts.hostName}${facts.domain === null ? ', no domain' : ` in ${facts.domain}`}`),
      ]
    case 'ports':
      return [line('TCP ports in use', String(facts.listening.length), null, [facts.listening.join(', ')])]
    case 'services':
      return [
        line(
          'Services told',
          String(facts.services.length),
          null,
          facts.services.map((service) => `${service.name}  ${service.status}`),
        ),
      ]
  }
}

/** As every time on the screens is written; word for word where the host told none. */
function localTime(told: string): string {
  const at = Date.parse(told)
  return Number.isNaN(at) ? told : formatDateTime(at)
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
