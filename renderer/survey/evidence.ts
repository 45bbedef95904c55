/** What a host reported for one column of the survey, as lines a person can judge by. */
import type { SeenHost } from '../../domain/contract/shapes.ts'
import { isSameSubject, onPath } from '../../domain/base/subject.ts'
import { surveyChecks } from '../../domain/checks/survey.ts'
import { restartSignals } from '../../domain/checks/text/facts.ts'
import { evidenceText } from './text.ts'
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

/** The evidence of a cell; empty where the host reported nothing for it. */
export function evidenceOf({ facts, probes, unreached, findings }: SeenHost, column: SurveyColumnId): Evidence[] {
  const line = (
    title: string,
    about: string,
    status: Status | null = null,
    lines: readonly string[] = [],
  ): Evidence => ({ title, about, status, lines })
  if (column === 'reach')
    return unreached
      ? [line(evidenceText.noAnswer, unreached.code, 'unreachable', unreached.evidence)]
      : facts
        ? [line(evidenceText.answered, `${facts.hostName}${facts.domain === null ? '' : `, ${facts.domain}`}`, 'pass')]
        : []
  if (column === 'paths')
    return probes.map(({ flow, outcome, detail }) => {
      const severity =
        findings.find((finding) => finding.check === surveyChecks.flow && isSameSubject(finding.subject, onPath(flow)))
          ?.severity ?? 'pass'
      // Silence that only warns is that of a port which the rollout opens itself.
      const word =
        outcome === 'filtered' && severity === 'warn' ? evidenceText.openedLater : evidenceText.outcomes[outcome]
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
        line(evidenceText.signedIn, evidenceText.rights(facts.administrator), facts.administrator ? 'pass' : 'block'),
      ]
    case 'edition':
      return [line(facts.os.caption, evidenceText.edition(facts.os.version, facts.os.edition, facts.os.productType))]
    case 'shell':
      return [line('PowerShell', `${facts.powershell.version}, ${facts.powershell.edition}`)]
    case 'bits':
      return [line(evidenceText.architecture, facts.os.architecture)]
    case 'restart':
      return Object.entries(restartSignals)
        .map(([kind, title]) => {
          const found = facts.pendingReboot.find((signal) => signal.kind === kind)
          return line(
            title,
            found ? evidenceText.signs(found.evidence.length) : evidenceText.noSign,
            found ? 'warn' : 'pass',
            found?.evidence ?? [],
          )
        })
        .concat(line(evidenceText.lastStart, localTime(facts.bootTime)))
    case 'disk':
      return facts.drives.map((drive) =>
        line(drive.name, evidenceText.free(gigabytes(drive.freeBytes), gigabytes(drive.totalBytes))),
      )
    case 'clock':
      return [line(evidenceText.clock, localTime(facts.clock))]
    case 'name':
      return [line(evidenceText.reportedName, evidenceText.name(facts.hostName, facts.domain))]
    case 'ports':
      return [line(evidenceText.portsInUse, String(facts.listening.length), null, [facts.listening.join(', ')])]
    case 'services':
      return [
        line(
          evidenceText.services,
          String(facts.services.length),
          null,
          facts.services.map((service) => `${service.name}  ${service.status}`),
        ),
      ]
  }
}

/** The time as the window writes times; unchanged where it is none. */
function localTime(reported: string): string {
  const at = Date.parse(reported)
  return Number.isNaN(at) ? reported : formatDateTime(at)
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
