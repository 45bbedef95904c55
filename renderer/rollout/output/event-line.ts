/** Owns the line that says what an event of the log is. */
import type { Event } from '../../../domain/run/event.ts'
import { reachInWords } from '../../../domain/plan/host.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import type { GraphIndex } from '../../../domain/graph/graph-index.ts'
import type { StepKind } from '../../../domain/graph/step.ts'
import type { Status } from '../../status/status.ts'
import { formatTime } from '../../shared/format.ts'

export interface EventLine {
  readonly host: string
  /** One word for the kind of work or of event. */
  readonly kind: string
  readonly text: string
  readonly status: Status | null
}

const kindWords: Readonly<Record<StepKind, string>> = {
  'reach-host': 'session',
  'collect-facts': 'facts',
  'check-host': 'check',
  'probe-flow': 'path',
  'stage-artefact': 'copy',
  'verify-artefact': 'verify',
  'run-installer': 'install',
  'by-hand': 'by hand',
  'await-service': 'service',
  'open-port': 'firewall',
  'trust-certificate': 'trust',
  'await-endpoint': 'endpoint',
  'reboot-host': 'restart',
  'clear-staging': 'clear',
}

/** The word of a step's kind, for narrow columns. */
export function kindWord(kind: StepKind): string {
  return kindWords[kind]
}

/** An event as a line of the log; the graph gives steps their titles. */
export function eventLine(index: GraphIndex, event: Event): EventLine {
  const step = 'step' in event ? stepOf(event.step) : { host: '', title: '', kind: event.type.split('.')[0] ?? '' }
  const line = (host: string, text: string, status: Status | null = null): EventLine => ({
    host,
    kind: step.kind,
    text,
    status,
  })
  switch (event.type) {
    case 'run.created':
      return line('', `Run of revision ${event.revision} made by ${event.by}`)
    case 'run.started':
      return line('', `Started by ${event.by}`)
    case 'run.paused':
      return line('', `Paused by ${event.by}${because(event.why)}`, 'waiting')
    case 'run.resumed':
      return line('', `Resumed by ${event.by}${because(event.why)}`)
    case 'run.cancel-requested':
      return line('', `Cancel asked for by ${event.by}${because(event.why)}`, 'cancelled')
    case 'run.window-set':
      return line(
        '',
        event.closesAt === null
          ? `${event.by} took the change window back`
          : `Change window closes ${formatTime(event.closesAt)}, planned by ${event.by}`,
      )
    case 'run.finished':
      return line(
        '',
        event.outcome === 'cancelled'
          ? 'Cancelled'
          : event.outcome === 'accepted'
            ? 'Accepted'
            : 'Accepted with exceptions',
        event.outcome === 'cancelled' ? 'cancelled' : 'done',
      )
    case 'wave.opened':
      return line('', `${stageTitles[event.stage]}: wave ${event.wave} opened`)
    case 'gate.raised':
      return line('', `Gate ${titleOfGate(event.gate)} reached`, 'needs-you')
    case 'gate.opened':
      return line('', `Gate ${titleOfGate(event.gate)} opened by ${event.by}${because(event.why)}`, 'gate-opened')
    case 'step.attempted':
      return line(
        step.host,
        `${step.title}: attempt ${event.attempt}${event.mode === 'prove' ? ', looking only' : ''}`,
        'running',
      )
    case 'step.observed':
      return line(step.host, `${step.title}: ${event.phase === 'before' ? 'found' : 'afterwards'} ${event.observation}`)
    case 'step.applying':
      return line(step.host, `${step.title}: begun${event.ticket === null ? '' : ' as a job of the host'}`)
    case 'step.succeeded':
      return line(
        step.host,
        `${step.title}: ${event.changed ? 'done' : 'unchanged'}${event.rebootWanted ? ', restart wanted' : ''}`,
        event.changed ? 'done' : 'unchanged',
      )
    case 'step.failed':
      return line(
        step.host,
        `${step.title}: ${event.failure.message}`,
        event.failure.kind === 'by-hand' ? 'needs-you' : 'failed',
      )
    case 'step.interrupted':
      return line(step.host, `${step.title}: interrupted. ${event.reason}`, 'unknown')
    case 'step.skipped':
      return line(
        step.host,
        `${step.title}: skipped${event.by === null ? '' : ` by ${event.by}`}. ${event.reason}`,
        'skipped',
      )
    case 'host.unreachable':
      return line(event.host, `No answer. Lane paused, next try at ${formatTime(event.nextTryAt)}`, 'unreachable')
    case 'host.reached':
      return line(event.host, 'Answers again')
    case 'reach.chosen':
      return line(event.host, `Reached by ${reachInWords(event.reach)}. ${event.why}`)
    case 'facts.collected':
      return line(event.host, `${event.facts.os.caption}, PowerShell ${event.facts.powershell.version}`)
    case 'findings.recorded':
      return line(
        event.host,
        `${event.findings.filter((finding) => finding.severity !== 'pass').length} of ${event.findings.length} findings are no pass`,
      )
    case 'decision.made':
      return line(step.host, `${step.title}: ${event.by} decided ${event.choice}${because(event.why)}`)
  }

  function stepOf(id: string): { readonly host: string; readonly title: string; readonly kind: string } {
    const at = index.stepAt.get(id)
    const found = at === undefined ? undefined : index.lanes[at.lane]?.steps[at.index]
    return found
      ? { host: found.host, title: found.title, kind: kindWords[found.work.kind] }
      : { host: '', title: id, kind: '' }
  }

  function titleOfGate(id: string): string {
    return index.graph.stages.find((stage) => stage.gate?.id === id)?.gate?.title ?? id
  }
}

function because(why: string): string {
  return why.trim() === '' ? '' : `: ${why}`
}
