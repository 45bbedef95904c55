/** Checks a run against its laws from the log alone. Shares no code with decide or the fold. */
import { reachDelay, retryDelay, maxAutomaticRetries } from '../../domain/base/backoff.ts'
import type { Event } from '../../domain/run/event.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import type { StageName } from '../../domain/base/ids.ts'
import { alwaysKinds, type Step } from '../../domain/graph/step.ts'

interface StepBook {
  readonly step: Step
  attempts: number
  failures: number
  state: 'open' | 'running' | 'settled'
  needsPerson: boolean
  byHand: boolean
  prove: boolean
  notBefore: number
  /** The restart this step asked for, while it has not been done. */
  restart: StepBook | null
  restarted: boolean
  /** Somebody decided to do without it. */
  refused: boolean
}

interface LaneBook {
  readonly steps: StepBook[]
  excluded: boolean
  nextTryAt: number | null
  tries: number
  restartWanted: boolean
  touched: boolean
}

/** Watches one run. `objection` says why a step may not begin; undefined when it may, so that it also says what must begin. */
export class LawKeeper {
  readonly lanes = new Map<string, LaneBook>()
  readonly books = new Map<string, StepBook>()
  readonly gates = new Map<string, 'raised' | 'opened'>()
  private readonly waves = new Set<string>()
  private readonly graph: Graph
  status: 'created' | 'running' | 'paused' | 'cancelling' | 'finished' = 'created'
  exceptions = false

  constructor(graph: Graph) {
    this.graph = graph
    const order = graph.stages.map((stage) => stage.name)
    for (const step of [...graph.steps].sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage))) {
      const book: StepBook = {
        step,
        attempts: 0,
        failures: 0,
        state: 'open',
        needsPerson: false,
        byHand: false,
        prove: false,
        notBefore: 0,
        restart: null,
        restarted: false,
        refused: false,
      }
      const lane = this.lanes.get(step.host) ?? {
        steps: [],
        excluded: false,
        nextTryAt: null,
        tries: 0,
        restartWanted: false,
        touched: false,
      }
      lane.steps.push(book)
      this.lanes.set(step.host, lane)
      this.books.set(step.id, book)
    }
  }

  /** Why this step may not begin at that moment (milliseconds); undefined when nothing stands against it. Slots apart. */
  objection(step: Step, now: number): string | undefined {
    const book = this.book(step.id)
    const lane = this.lane(step.host)
    if (book.state === 'settled') return 'it is settled'
    if (lane.steps.some((other) => other.state === 'running')) return 'its host is being worked on'
    if (this.status === 'cancelling')
      return alwaysKinds.has(step.work.kind) && lane.touched && !lane.excluded
        ? undefined
        : 'the run is being cancelled'
    if (this.status !== 'running') return `the run is ${this.status}`
    if (lane.excluded) return 'its host is excluded'
    if (lane.steps.find((other) => other.state !== 'settled') !== book)
      return 'an earlier step of its host is not settled'
    if (!this.waves.has(`${step.stage}:${step.wave}`)) return 'its wave is not open'
    if (book.needsPerson) return 'a person has to decide'
    if (lane.nextTryAt !== null && now < lane.nextTryAt) return 'its host is tried again later'
    if (now < book.notBefore) return 'it is tried again later'
    if (book.restart) return 'a restart comes first'
    if (this.isHeld(step.stage) && !this.hasBegun(lane, step.stage)) return 'too many hosts failed for another to begin'
    return undefined
  }

  /** Why that wave may not be opened; undefined when it may. */
  waveObjection(stageName: StageName, number: number): string | undefined {
    const at = this.graph.stages.findIndex((stage) => stage.name === stageName)
    const stage = this.graph.stages[at]
    if (!stage) return 'no such stage'
    if (this.waves.has(`${stageName}:${number}`)) return 'it is open already'
    for (const earlier of this.graph.stages.slice(0, at))
      if (!this.stageIsThrough(earlier.name)) return `${earlier.name} is not settled`
    if (stage.gate && this.gates.get(stage.gate.id) !== 'opened') return 'its gate is closed'
    const before = stage.waves[number - 2]
    if (!before) return undefined
    if (this.isHeld(stageName)) return 'too many hosts failed for another wave to begin'
    if (!this.waves.has(`${stageName}:${number - 1}`)) return 'the wave before is not open'
    const canary = number === 2 && stage.canary
    const free = before.hosts.filter((host) => !this.isThrough(host, stageName) && (canary || !this.isStuck(host)))
    return free.length > 0 ? `wave ${number - 1} is not through on ${free.join(', ')}` : undefined
  }

  /** How many attempts may run at once in a stage. */
  slots(stage: StageName): number {
    return Math.min(
      this.graph.policy.concurrency,
      (this.status === 'cancelling' ? undefined : this.graph.policy.stageConcurrency[stage]) ?? 64,
    )
  }

  running(): StepBook[] {
    return [...this.books.values()].filter((book) => book.state === 'running')
  }

  /** The next unsettled step of every host. */
  nextSteps(): Step[] {
    return [...this.lanes.values()].flatMap((lane) => lane.steps.find((book) => book.state !== 'settled')?.step ?? [])
  }

  /** Steps of hosts that wait for a decision. */
  undecided(): Step[] {
    return [...this.lanes.values()].flatMap((lane) =>
      lane.excluded
        ? []
        : lane.steps.filter((book) => book.needsPerson && book.state === 'open').map((book) => book.step),
    )
  }

  allSettled(): boolean {
    return [...this.lanes.values()].every(
      (lane) => lane.excluded || lane.steps.every((book) => book.state === 'settled'),
    )
  }

  /** Follows an event that was committed. */
  note(event: Event): void {
    switch (event.type) {
      case 'run.started':
        this.status = 'running'
        return
      case 'run.paused':
        if (this.status === 'running') this.status = 'paused'
        return
      case 'run.resumed':
        if (this.status === 'paused') this.status = 'running'
        return
      case 'run.cancel-requested':
        this.cancel()
        return
      case 'run.finished':
        this.status = 'finished'
        return
      case 'wave.opened':
        this.waves.add(`${event.stage}:${event.wave}`)
        return
      case 'gate.raised':
        if (!this.gates.has(event.gate)) this.gates.set(event.gate, 'raised')
        return
      case 'gate.opened':
        this.gates.set(event.gate, 'opened')
        return
      case 'host.unreachable':
        this.unreachable(event.host, event.nextTryAt)
        return
      case 'host.reached':
        Object.assign(this.lane(event.host), { nextTryAt: null, tries: 0 })
        return
      case 'decision.made':
        if (event.choice === 'abort') this.cancel()
        else this.decided(event)
        return
      case 'step.attempted':
        Object.assign(this.book(event.step), { state: 'running', attempts: event.attempt })
        this.laneOf(event.step).touched = true
        return
      case 'step.interrupted':
        this.book(event.step).state = 'open'
        return
      case 'step.skipped':
        this.book(event.step).state = 'settled'
        return
      case 'step.succeeded':
        this.succeeded(event)
        return
      case 'step.failed':
        this.failed(event)
        return
      default:
        return
    }
  }

  /** The delay after which an unreachable host is tried again, as the attempt runner computes it. */
  nextTry(host: string, now: number): number {
    return now + reachDelay(this.lane(host).tries + 1)
  }

  book(id: string): StepBook {
    const book = this.books.get(id)
    if (!book) throw new Error(`no step ${id}`)
    return book
  }

  lane(host: string): LaneBook {
    const lane = this.lanes.get(host)
    if (!lane) throw new Error(`no host ${host}`)
    return lane
  }

  /** True when the plan's share of hosts failed and some of them still wait for an answer. */
  isHeld(stage: StageName): boolean {
    const hosts = this.hostsOf(stage)
    const asking = hosts.filter(
      (host) =>
        !this.lane(host).excluded &&
        this.lane(host).steps.some((book) => book.needsPerson && !book.byHand && book.state === 'open'),
    )
    const bad = asking.length + hosts.filter((host) => this.lane(host).excluded).length
    return asking.length > 0 && bad * 100 >= this.graph.policy.stopAtFailedPercent * hosts.length
  }

  stageIsThrough(stage: StageName): boolean {
    return this.hostsOf(stage).every((host) => this.isThrough(host, stage))
  }

  private hasBegun(lane: LaneBook, stage: StageName): boolean {
    return lane.steps.some((book) => book.step.stage === stage && book.attempts > 0)
  }

  private hostsOf(stage: StageName): string[] {
    return this.graph.stages.find((s) => s.name === stage)?.waves.flatMap((wave) => wave.hosts) ?? []
  }

  private isThrough(host: string, stage: StageName): boolean {
    const lane = this.lane(host)
    return lane.excluded || lane.steps.every((book) => book.step.stage !== stage || book.state === 'settled')
  }

  private isStuck(host: string): boolean {
    const lane = this.lane(host)
    return lane.nextTryAt !== null || lane.steps.some((book) => book.needsPerson && book.state === 'open')
  }

  private laneOf(id: string): LaneBook {
    return this.lane(this.book(id).step.host)
  }

  private cancel(): void {
    if (this.status !== 'finished') this.status = 'cancelling'
  }

  private unreachable(host: string, nextTryAt: number): void {
    const lane = this.lane(host)
    lane.nextTryAt = nextTryAt
    lane.tries++
  }

  private succeeded(event: Extract<Event, { type: 'step.succeeded' }>): void {
    const book = this.book(event.step)
    const lane = this.laneOf(event.step)
    Object.assign(book, { state: 'settled', prove: false })
    if (book.step.work.kind === 'reboot-host') lane.restartWanted = false
    for (const other of lane.steps) if (other.restart === book) other.restart = null
    if (event.rebootWanted) lane.restartWanted = true
  }

  private failed(event: Extract<Event, { type: 'step.failed' }>): void {
    const book = this.book(event.step)
    const lane = this.laneOf(event.step)
    Object.assign(book, { state: 'open', byHand: event.failure.kind === 'by-hand', failures: book.failures + 1 })
    const before = lane.steps
      .slice(0, lane.steps.indexOf(book))
      .filter((other) => other.step.stage === book.step.stage && other.step.work.kind === 'reboot-host')
      .at(-1)
    if (event.failure.retry === 'backoff' && book.failures <= maxAutomaticRetries)
      book.notBefore = event.at + retryDelay(book.failures)
    else if (event.failure.retry === 'after-reboot' && before && !before.refused && !book.restarted) {
      Object.assign(before, { state: 'open' })
      Object.assign(book, { restart: before, restarted: true })
      lane.restartWanted = true
    } else Object.assign(book, { needsPerson: true, prove: false })
  }

  private decided(event: Extract<Event, { type: 'decision.made' }>): void {
    const book = this.books.get(event.step)
    if (!book) return
    const lane = this.laneOf(event.step)
    if (event.choice === 'exclude') {
      lane.excluded = true
      this.exceptions = true
      return
    }
    if (book.state !== 'open') return
    if (event.choice === 'skip') {
      Object.assign(book, { state: 'settled', needsPerson: false, restart: null, refused: true })
      for (const other of lane.steps) if (other.restart === book) other.restart = null
      lane.nextTryAt = null
      lane.tries = 0
      this.exceptions = true
      return
    }
    Object.assign(book, { needsPerson: false, notBefore: 0, prove: event.choice === 'fixed' })
    if (lane.nextTryAt !== null) lane.nextTryAt = event.at
  }
}
