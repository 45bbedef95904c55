/**
 * Builds the timeline from the log: what ran when on each host, and when a host was silent, waited or needed a person.
 * Grows with the log.
 */
import type { Event } from '../../../domain/run/event.ts'
import type { GraphIndex } from '../../../domain/graph/graph-index.ts'
import type { Status } from '../../status/status.ts'
import { timelineText } from './text.ts'

export interface Stretch {
  readonly from: number
  /** Null while it lasts. */
  to: number | null
  status: Extract<
    Status,
    'running' | 'done' | 'unchanged' | 'failed' | 'needs-you' | 'unreachable' | 'unknown' | 'waiting'
  >
  readonly title: string
}

export class Timeline {
  readonly #index: GraphIndex
  /** By lane number, in order of time. */
  readonly lanes: Stretch[][]
  /** When each gate was reached and opened. */
  readonly gates: { readonly title: string; readonly from: number; to: number | null }[] = []
  from: number | null = null
  to = 0
  #taken = 0

  constructor(index: GraphIndex) {
    this.#index = index
    this.lanes = index.lanes.map(() => [])
  }

  /** Adds the events of a log up to `length` that are not in the timeline yet. */
  take(log: readonly Event[], length: number): void {
    for (; this.#taken < length; this.#taken++) {
      const event = log[this.#taken]
      if (event) this.#add(event)
    }
  }

  #add(event: Event): void {
    this.from ??= event.at
    this.to = Math.max(this.to, event.at)
    switch (event.type) {
      case 'gate.raised':
        this.gates.push({
          title: this.#index.graph.stages.find((stage) => stage.gate?.id === event.gate)?.gate?.title ?? event.gate,
          from: event.at,
          to: null,
        })
        return
      case 'gate.opened': {
        const open = this.gates.findLast((gate) => gate.to === null)
        if (open) open.to = event.at
        return
      }
      case 'host.unreachable': {
        const n = this.#index.laneOf.get(event.host)
        if (n !== undefined && this.#open(n)?.status !== 'unreachable')
          this.#begin(n, event.at, 'unreachable', timelineText.noAnswer)
        return
      }
      case 'host.reached': {
        const n = this.#index.laneOf.get(event.host)
        if (n !== undefined && this.#open(n)?.status === 'unreachable') this.#end(n, event.at)
        return
      }
      case 'step.attempted':
      case 'step.succeeded':
      case 'step.failed':
      case 'step.interrupted':
      case 'step.skipped':
      case 'decision.made':
        this.#step(event)
        return
      default:
        return
    }
  }

  #step(event: Extract<Event, { step: string }>): void {
    const at = this.#index.stepAt.get(event.step)
    if (!at) return
    const title = this.#index.lanes[at.lane]?.steps[at.index]?.title ?? event.step
    const open = this.#open(at.lane)
    switch (event.type) {
      case 'step.attempted':
        this.#begin(at.lane, event.at, 'running', title)
        break
      case 'step.succeeded':
        if (open) open.status = event.changed ? 'done' : 'unchanged'
        this.#end(at.lane, event.at)
        break
      case 'step.failed': {
        if (open) open.status = 'failed'
        // The host waits until a person decides, or until the next try.
        const needsDecision = event.failure.retry === 'never'
        this.#begin(
          at.lane,
          event.at,
          needsDecision ? 'needs-you' : 'waiting',
          needsDecision ? timelineText.waitsForDecision(title) : timelineText.waitsForRetry(title),
        )
        break
      }
      case 'step.interrupted':
        if (open) open.status = 'unknown'
        this.#end(at.lane, event.at)
        break
      case 'decision.made':
        this.#end(at.lane, event.at)
        break
      default:
        break
    }
  }

  #open(lane: number): Stretch | undefined {
    const last = this.lanes[lane]?.at(-1)
    return last?.to === null ? last : undefined
  }

  #begin(lane: number, at: number, status: Stretch['status'], title: string): void {
    this.#end(lane, at)
    this.lanes[lane]?.push({ from: at, to: null, status, title })
  }

  #end(lane: number, at: number): void {
    const open = this.#open(lane)
    if (open) open.to = at
  }
}

/** Returns round times between two moments at which to draw scale lines, about `most` of them at the most. */
export function ticks(from: number, to: number, most = 8): number[] {
  const steps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400].map(
    (seconds) => seconds * 1000,
  )
  const step = steps.find((length) => (to - from) / length <= most) ?? Math.ceil((to - from) / most)
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step)
}
