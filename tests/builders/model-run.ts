/**
 * A run without hosts: a small engine over decide and applyEvent. A tape of numbers decides for hosts, people and
 * clock.
 */
import { decide, type Command } from '../../domain/run/decide.ts'
import type { Event, NewEvent } from '../../domain/run/event.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import { applyEvent, fold, startState, type RunState } from '../../domain/run/run.ts'
import type { Step } from '../../domain/graph/step.ts'
import { failureOf } from './events.ts'
import { LawKeeper } from './law-keeper.ts'

type Attempt = Extract<Command, { kind: 'attempt' }>

export interface ModelOptions {
  /** Each number is one choice; 0 is always the helpful one, and so is everything after the end of the tape. */
  readonly tape: readonly number[]
  readonly mayCancel?: boolean
  /** Decisions that may let something pass (skip, exclude). */
  readonly mayLetPass?: boolean
  /** Called with every state the run goes through. */
  readonly onState?: (state: RunState) => void
}

export interface ModelRun {
  readonly log: readonly Event[]
  readonly state: RunState
  readonly keeper: LawKeeper
}

/** Drives a run to its end. Throws an Error that names the law broken, with the end of the log. */
export function driveRun(graph: Graph, options: ModelOptions): ModelRun {
  const model = new Model(graph, options)
  try {
    model.run()
  } catch (error) {
    const end = model.log.slice(-12).map((event) => JSON.stringify(event).slice(0, 200))
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\nat ${model.now}, after\n${end.join('\n')}`,
      { cause: error },
    )
  }
  return model
}

class Model {
  readonly log: Event[] = []
  readonly keeper: LawKeeper
  state: RunState
  now = 1_000
  private inFlight: Attempt[] = []
  private at = 0
  private readonly graph: Graph
  private readonly options: ModelOptions

  constructor(graph: Graph, options: ModelOptions) {
    this.graph = graph
    this.options = options
    this.state = startState(graph)
    this.keeper = new LawKeeper(graph)
  }

  run(): void {
    const limit = this.graph.steps.length * 40 + this.options.tape.length * 4 + 200
    this.record({ type: 'run.started', by: 'ada' })
    for (let round = 0; round < limit; round++) {
      const commands = decide(this.state, this.now)
      if (this.keeper.status === 'finished') {
        if (commands.length > 0) throw new Error('law: nothing is decided after the end')
        return
      }
      if (this.perform(commands)) continue
      const wake = commands.find((command) => command.kind === 'wait')?.until
      this.checkNothingIsLeft()
      this.somethingHappens(wake)
    }
    throw new Error('law: a run with helpful people and hosts ends')
  }

  private pick(options: number): number {
    return (this.options.tape[this.at++] ?? 0) % options
  }

  private record(...events: readonly NewEvent[]): void {
    for (const event of events) {
      const committed = { ...event, seq: this.log.length + 1, at: this.now }
      this.log.push(committed)
      this.keeper.note(committed)
      this.state = applyEvent(this.state, committed)
      this.options.onState?.(this.state)
    }
  }

  /** Commits what was decided, as the engine does, holding every command against the laws. */
  private perform(commands: readonly Command[]): boolean {
    let done = false
    for (const command of commands) {
      done ||= command.kind !== 'wait'
      switch (command.kind) {
        case 'attempt':
          this.attempt(command)
          break
        case 'skip':
          this.skip(command)
          break
        case 'open-wave':
          this.refuseOn(
            this.keeper.waveObjection(command.stage, command.wave),
            `wave ${command.wave} of ${command.stage} opens`,
          )
          this.record({ type: 'wave.opened', stage: command.stage, wave: command.wave })
          break
        case 'raise-gate':
          this.refuseOn(this.keeper.gates.get(command.gate), `${command.gate} is raised`)
          this.record({ type: 'gate.raised', gate: command.gate })
          break
        case 'finish':
          this.finish(command.outcome)
          break
        case 'wait':
          if (command.until <= this.now) throw new Error('law: one waits for a moment to come')
      }
    }
    return done
  }

  private attempt(command: Attempt): void {
    const { step } = command
    const book = this.keeper.book(step.id)
    this.refuseOn(this.keeper.objection(step, this.now), `${step.id} begins`)
    if (command.attempt !== book.attempts + 1)
      throw new Error(`law: attempts of ${step.id} count up by one; ${book.attempts} then ${command.attempt}`)
    if ((command.mode === 'prove') !== (book.prove && this.keeper.status !== 'cancelling'))
      throw new Error(`law: ${step.id} is proved exactly when somebody says it was fixed`)
    if (step.work.kind === 'reboot-host' && book.attempts === 0 && !this.keeper.lane(step.host).restartWanted)
      throw new Error(`law: ${step.id} restarts only a host that asked for it`)
    if (this.keeper.running().length >= this.keeper.slots(step.stage))
      throw new Error(`law: ${step.id} begins, but every slot is taken`)
    this.record({ type: 'step.attempted', step: step.id, attempt: command.attempt, mode: command.mode })
    this.inFlight.push(command)
  }

  private skip({ step, reason }: Extract<Command, { kind: 'skip' }>): void {
    this.refuseOn(
      this.keeper.status === 'cancelling' ? undefined : this.keeper.objection(step, this.now),
      `${step.id} is skipped`,
    )
    const unneeded = step.work.kind === 'reboot-host' && !this.keeper.lane(step.host).restartWanted
    if (reason === '' || (!unneeded && this.keeper.status !== 'cancelling'))
      throw new Error(`law: ${step.id} is skipped for nothing`)
    this.record({ type: 'step.skipped', step: step.id, reason, by: null })
  }

  private finish(outcome: Extract<Command, { kind: 'finish' }>['outcome']): void {
    if (this.inFlight.length > 0) throw new Error('law: a run ends when nothing is in flight')
    if (outcome !== 'cancelled' && !this.keeper.allSettled())
      throw new Error('law: a run ends when everything is settled')
    const right =
      this.keeper.status === 'cancelling'
        ? 'cancelled'
        : this.keeper.exceptions
          ? 'accepted-with-exceptions'
          : 'accepted'
    if (outcome !== right) throw new Error(`law: the outcome is ${right}, not ${outcome}`)
    this.record({ type: 'run.finished', outcome })
  }

  private refuseOn(objection: string | undefined, what: string): void {
    if (objection !== undefined) throw new Error(`law: ${what}, but ${objection}`)
  }

  /** When nothing more was decided, nothing more may begin: decide leaves no slot idle and forgets no wave. */
  private checkNothingIsLeft(): void {
    if (this.keeper.status !== 'running') return
    for (const step of this.keeper.nextSteps()) {
      if (
        this.keeper.objection(step, this.now) === undefined &&
        this.keeper.running().length < this.keeper.slots(step.stage)
      )
        throw new Error(`law: ${step.id} could begin and is left lying`)
    }
    const stage = this.graph.stages[this.state.stage]
    const next = stage?.waves[this.state.wave]
    // Where all other hosts were excluded, the waves that are left need not open.
    if (
      stage &&
      next &&
      !this.keeper.stageIsThrough(stage.name) &&
      this.keeper.waveObjection(stage.name, next.number) === undefined
    )
      throw new Error(`law: ${next.id} could open and does not`)
  }

  private somethingHappens(wake: number | undefined): void {
    const choice = this.pick(10)
    if (choice === 9) {
      this.nuisance()
      return
    }
    if (choice === 8) {
      this.now += [1, 1_000, 60_000, 400_000][this.pick(4)] ?? 1
      return
    }
    if (choice === 7 && this.personActs()) return
    if (this.inFlight.length > 0) {
      this.progress()
      return
    }
    if (wake !== undefined) {
      this.now = wake
      return
    }
    if (!this.personActs()) throw new Error('law: when nothing can be done, a person is asked')
  }

  private progress(): void {
    const n = this.pick(this.inFlight.length)
    const attempt = this.inFlight[n]
    if (!attempt) return
    const { step } = attempt
    const at = { step: step.id, attempt: attempt.attempt }
    const choice = this.pick(13)
    const reached: NewEvent[] =
      this.keeper.lane(step.host).nextTryAt === null || choice === 9 ? [] : [{ type: 'host.reached', host: step.host }]
    const ends = (...events: NewEvent[]) => {
      this.inFlight.splice(n, 1)
      this.record(...reached, ...events)
    }
    switch (choice) {
      case 3:
        this.record(...reached, { type: 'step.observed', ...at, phase: 'before', observation: 'absent', evidence: [] })
        return
      case 4:
        this.record(...reached, { type: 'step.applying', ...at, ticket: 'ticket' })
        return
      case 5:
      case 6:
        ends({
          type: 'step.failed',
          ...at,
          failure: failureOf('never', { kind: this.pick(2) === 0 ? 'host' : 'by-hand' }),
        })
        return
      case 7:
        ends({ type: 'step.failed', ...at, failure: failureOf('backoff') })
        return
      case 8:
        ends({ type: 'step.failed', ...at, failure: failureOf('after-reboot') })
        return
      case 9:
        ends(
          { type: 'step.interrupted', ...at, reason: 'The link was lost.' },
          {
            type: 'host.unreachable',
            host: step.host,
            failure: failureOf('never', { kind: 'link' }),
            nextTryAt: this.keeper.nextTry(step.host, this.now),
          },
        )
        return
      case 10:
        this.crash()
        return
      default:
        ends({ type: 'step.succeeded', ...at, changed: choice !== 1, rebootWanted: choice === 2, learned: null })
    }
  }

  /** The engine dies and comes back: it has the log and nothing else. */
  private crash(): void {
    this.state = fold(startState(this.graph), this.log)
    const open = this.inFlight
    this.inFlight = []
    for (const { step, attempt } of open)
      this.record({
        type: 'step.interrupted',
        step: step.id,
        attempt,
        reason: 'Rollout ended before the attempt ended.',
      })
  }

  /** What a fair person does: lets the run go on, opens gates, answers. False when nobody is asked anything. */
  private personActs(): boolean {
    const who = { by: 'ada', why: 'it is right' }
    if (this.keeper.status === 'paused') {
      this.record({ type: 'run.resumed', ...who })
      return true
    }
    for (const [gate, is] of this.keeper.gates)
      if (is === 'raised') {
        this.record({ type: 'gate.opened', gate, ...who })
        return true
      }
    const asked = this.keeper.undecided()
    const step = asked[this.pick(Math.max(1, asked.length))]
    if (!step) return false
    this.decideOn(step, this.pick(this.options.mayLetPass ? 4 : 2))
    return true
  }

  /** What nobody needs: decisions about steps that have no use for one, a pause, a cancel. */
  private nuisance(): void {
    const choice = this.pick(6)
    const step = this.graph.steps[this.pick(this.graph.steps.length)]
    if (choice <= 1) this.record({ type: 'run.paused', by: 'ada', why: 'lunch' })
    else if (choice === 2 && this.options.mayCancel)
      this.record({ type: 'run.cancel-requested', by: 'ada', why: 'enough' })
    else if (step) this.decideOn(step, this.pick(this.options.mayLetPass ? 4 : 2))
  }

  private decideOn(step: Step, choice: number): void {
    this.record({
      type: 'decision.made',
      step: step.id,
      choice: (['retry', 'fixed', 'skip', 'exclude'] as const)[choice] ?? 'retry',
      by: 'ada',
      why: 'it is right',
    })
  }
}
