/** A run on the command line: a line for each event, and on a terminal the live state below them. */
import { members } from '../../../domain/run/lane-sets.ts'
import { countSteps, pendingDecisions, pendingGate, unreachableHosts } from '../../../domain/run/pending.ts'
import type { Event } from '../../../domain/run/event.ts'
import { isHeld } from '../../../domain/run/decide.ts'
import { failureLimitSentence } from '../../../domain/run/failure-limit.ts'
import { reachInWords } from '../../../domain/plan/host.ts'
import { laneAt, type RunState } from '../../../domain/run/run.ts'
import { lookingKinds } from '../../../domain/graph/step.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import type { Terminal } from './terminal.ts'
import { eventText } from './text/runs.ts'

/** One event as a line for people, or undefined for events that are only detail. Times are local. */
export function lineOf(state: RunState, event: Event, { paint }: Pick<Terminal, 'paint'>): string | undefined {
  const title = (stepId: string) => {
    const at = state.index.stepAt.get(stepId)
    const step = at ? state.index.lanes[at.lane]?.steps[at.index] : undefined
    return step ? `${step.host.padEnd(10)} ${step.title}` : stepId
  }
  const line = (text: string) => `${paint.dim(clockOf(event.at))}  ${text}`
  switch (event.type) {
    case 'run.created':
      return line(eventText.created(event.revision))
    case 'run.started':
      return line(paint.bold(eventText.started(event.by)))
    case 'run.paused':
      return line(paint.warn(eventText.paused(event.by, event.why)))
    case 'run.resumed':
      return line(eventText.resumed(event.by))
    case 'run.cancel-requested':
      return line(paint.warn(eventText.cancelRequested(event.by, event.why)))
    case 'run.window-set':
      return line(
        event.closesAt === null
          ? eventText.windowRemoved(event.by)
          : eventText.windowSet(event.by, dateTime(event.closesAt)),
      )
    case 'run.finished':
      return line(
        paint.bold(
          event.outcome === 'cancelled'
            ? paint.warn(eventText.cancelled)
            : paint.good(event.outcome === 'accepted' ? eventText.accepted : eventText.acceptedWithExceptions),
        ),
      )
    case 'wave.opened':
      return line(paint.bold(eventText.wave(stageTitles[event.stage], event.wave)))
    case 'gate.raised':
      return line(paint.accent(eventText.gateRaised(event.gate)))
    case 'gate.opened':
      return line(paint.accent(eventText.gateOpened(event.gate, event.by, event.why)))
    case 'step.succeeded':
      return line(
        `${title(event.step)}  ${event.changed ? paint.good(eventText.done) : paint.dim(onlyLooks(state, event.step) ? eventText.passed : eventText.unchanged)}${event.rebootWanted ? paint.warn(eventText.restartWanted) : ''}`,
      )
    case 'step.failed':
      return line(
        `${title(event.step)}  ${event.failure.kind === 'by-hand' ? paint.accent(eventText.needsYou) : paint.bad(eventText.failed)}: ${event.failure.message}`,
      )
    case 'step.interrupted':
      return line(`${title(event.step)}  ${paint.warn(eventText.interrupted)}: ${event.reason}`)
    case 'step.skipped':
      return event.by === null ? undefined : line(`${title(event.step)}  ${eventText.skipped(event.by, event.reason)}`)
    case 'host.unreachable':
      return line(
        `${event.host.padEnd(10)} ${paint.warn(eventText.unreachable)}, ${eventText.pausedUntil(clockOf(event.nextTryAt))}`,
      )
    case 'host.reached':
      return line(`${event.host.padEnd(10)} ${eventText.reached}`)
    case 'reach.chosen':
      return line(`${event.host.padEnd(10)} ${eventText.reachChosen(reachInWords(event.reach), event.why)}`)
    case 'findings.recorded': {
      const warnings = event.findings.filter((finding) => finding.severity === 'warn')
      return warnings.length === 0
        ? undefined
        : line(
            `${event.host.padEnd(10)} ${paint.warn(eventText.warnings(warnings.length))}: ${warnings.map((finding) => finding.message).join(' ')}`,
          )
    }
    case 'decision.made':
      return line(`${title(event.step)}  ${eventText.decided(event.choice, event.by, event.why)}`)
    case 'step.applying':
      return event.ticket === null ? undefined : line(`${title(event.step)}  ${paint.accent(eventText.applying)}`)
    case 'step.attempted':
    case 'step.observed':
    case 'facts.collected':
      return undefined
  }
}

/** Steps that never change anything are passed, not left unchanged. */
function onlyLooks(state: RunState, stepId: string): boolean {
  const at = state.index.stepAt.get(stepId)
  const kind = at ? state.index.lanes[at.lane]?.steps[at.index]?.work.kind : undefined
  return kind !== undefined && lookingKinds.has(kind)
}

/**
 * The live picture: stages, what each lane in flight does and since when, and what is waited for. At most `height`
 * lines.
 */
export function pictureOf(
  state: RunState,
  now: number,
  { paint, width }: Pick<Terminal, 'paint' | 'width'>,
  height = 14,
): string[] {
  const counts = countSteps(state)
  const stages = state.index.stages.map((stage, i) => {
    const text = stageTitles[stage.name]
    if (i < state.stage || state.outcome === 'accepted') return paint.good(`✓ ${text}`)
    return i === state.stage && state.wave > 0
      ? paint.bold(`● ${text} ${state.stageCounts.settled}/${state.stageCounts.total}`)
      : paint.dim(`○ ${text}`)
  })
  const lines = [
    paint.dim('─'.repeat(Math.min(width, 80))),
    stages.join('  '),
    eventText.progress(counts.settled, counts.total, elapsed(now - (state.startedAt ?? now)), state.inFlight),
  ]
  for (const n of members(state.running)) {
    const lane = laneAt(state, n)
    const step = lane.steps[lane.cursor]
    const about = state.index.lanes[n]?.steps[lane.cursor]
    if (step && about)
      lines.push(
        cut(
          `  ${about.host.padEnd(10)} ${about.title}${eventText.attempt(step.attempt)}  ${elapsed(now - (step.startedAt ?? now))}`,
          width,
        ),
      )
    if (lines.length >= height - 3) {
      lines.push(paint.dim('  …'))
      break
    }
  }
  lines.push(
    ...waitingLines(state, now, width)
      .slice(0, 3)
      .map((line) => paint.warn(line)),
  )
  return lines
}

/** What the run waits for, in words; empty when it goes on by itself. */
export function waitingLines(state: RunState, now: number, width: number): string[] {
  const lines: string[] = []
  const gate = pendingGate(state)
  if (gate) lines.push(eventText.waitsForGate(gate.id, gate.title))
  for (const { step, failure } of pendingDecisions(state))
    lines.push(cut(eventText.needsDecision(step.id, failure.message), width))
  for (const host of unreachableHosts(state))
    lines.push(eventText.noAnswer(host.host, elapsed(now - host.since), elapsed(Math.max(0, host.nextTryAt - now))))
  if (isHeld(state)) lines.push(failureLimitSentence(state))
  return lines
}

/** 0:07, 12:30, 1:02:03. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** 2026-11-26 14:32:06, local time; `at` in milliseconds since 1970. */
export function dateTime(at: number): string {
  const day = new Date(at)
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())} ${clockOf(at)}`
}

function clockOf(at: number): string {
  const time = new Date(at)
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`
}

function pad(n: number): string {
  return String(n).padStart(2, '0')
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text
}
