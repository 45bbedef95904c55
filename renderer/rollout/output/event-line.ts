/** Turns an event of the log into one line: its host, kind, text and status. */
import type { Event } from '../../../domain/run/event.ts'
import { reachInWords } from '../../../domain/plan/host.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import type { GraphIndex } from '../../../domain/graph/graph-index.ts'
import type { StepKind } from '../../../domain/graph/step.ts'
import type { Status } from '../../status/status.ts'
import { formatTime } from '../../shared/format.ts'
import { eventText, kindTitles } from './event-text.ts'

export interface EventLine {
  readonly host: string
  /** The kind of step or event, in a word or two. */
  readonly kind: string
  readonly text: string
  readonly status: Status | null
}

/** Returns a step's kind in a word or two, for narrow columns. */
export function kindTitle(kind: StepKind): string {
  return kindTitles[kind]
}

/** Returns an event as a line of the log; the graph gives steps their titles. */
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
      return line('', eventText.created(event.revision, event.by))
    case 'run.started':
      return line('', eventText.started(event.by))
    case 'run.paused':
      return line('', eventText.paused(event.by, event.why), 'waiting')
    case 'run.resumed':
      return line('', eventText.resumed(event.by, event.why))
    case 'run.cancel-requested':
      return line('', eventText.cancelRequested(event.by, event.why), 'cancelled')
    case 'run.window-set':
      return line(
        '',
        event.closesAt === null
          ? eventText.windowRemoved(event.by)
          : eventText.windowSet(formatTime(event.closesAt), event.by),
      )
    case 'run.finished':
      return line(
        '',
        event.outcome === 'cancelled'
          ? eventText.cancelled
          : event.outcome === 'accepted'
            ? eventText.accepted
            : eventText.acceptedWithExceptions,
        event.outcome === 'cancelled' ? 'cancelled' : 'done',
      )
    case 'wave.opened':
      return line('', eventText.waveOpened(stageTitles[event.stage], event.wave))
    case 'gate.raised':
      return line('', eventText.gateReached(titleOfGate(event.gate)), 'needs-you')
    case 'gate.opened':
      return line('', eventText.gateOpened(titleOfGate(event.gate), event.by, event.why), 'gate-opened')
    case 'step.attempted':
      return line(step.host, eventText.attempted(step.title, event.attempt, event.mode === 'prove'), 'running')
    case 'step.observed':
      return line(
        step.host,
        event.phase === 'before'
          ? eventText.foundBefore(step.title, event.observation)
          : eventText.foundAfter(step.title, event.observation),
      )
    case 'step.applying':
      return line(step.host, eventText.applying(step.title, event.ticket !== null))
    case 'step.succeeded':
      return line(
        step.host,
        eventText.succeeded(step.title, event.changed, event.rebootWanted),
        event.changed ? 'done' : 'unchanged',
      )
    case 'step.failed':
      return line(
        step.host,
        eventText.failed(step.title, event.failure.message),
        event.failure.kind === 'by-hand' ? 'needs-you' : 'failed',
      )
    case 'step.interrupted':
      return line(step.host, eventText.interrupted(step.title, event.reason), 'unknown')
    case 'step.skipped':
      return line(step.host, eventText.skipped(step.title, event.by, event.reason), 'skipped')
    case 'host.unreachable':
      return line(event.host, eventText.unreachable(formatTime(event.nextTryAt)), 'unreachable')
    case 'host.reached':
      return line(event.host, eventText.reached)
    case 'reach.chosen':
      return line(event.host, eventText.reachChosen(reachInWords(event.reach), event.why))
    case 'facts.collected':
      return line(event.host, eventText.facts(event.facts.os.caption, event.facts.powershell.version))
    case 'findings.recorded':
      return line(
        event.host,
        eventText.findings(
          event.findings.filter((finding) => finding.severity !== 'pass').length,
          event.findings.length,
        ),
      )
    case 'decision.made':
      return line(step.host, eventText.decided(step.title, event.by, event.choice, event.why))
  }

  function stepOf(id: string): { readonly host: string; readonly title: string; readonly kind: string } {
    const at = index.stepAt.get(id)
    const found = at === undefined ? undefined : index.lanes[at.lane]?.steps[at.index]
    return found
      ? { host: found.host, title: found.title, kind: kindTitles[found.work.kind] }
      : { host: '', title: id, kind: '' }
  }

  function titleOfGate(id: string): string {
    return index.graph.stages.find((stage) => stage.gate?.id === id)?.gate?.title ?? id
  }
}
