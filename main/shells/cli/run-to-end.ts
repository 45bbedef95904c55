/** Runs a rollout from the command line: progress, Ctrl-C, and the exit code. */
import { commandName } from '../../../domain/base/command-name.ts'
import { choicesFor, pendingDecisions, pendingGate } from '../../../domain/run/pending.ts'
import { isHeld } from '../../../domain/run/decide.ts'
import { failureLimitSentence } from '../../../domain/run/failure-limit.ts'
import { pasteable } from '../../../domain/base/shell-quote.ts'
import type { RunState } from '../../../domain/run/run.ts'
import type { App } from '../../app/core/app.ts'
import type { Rest, RunListener } from '../../app/core/active-run.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { whoAmI } from './open.ts'
import { lineOf, pictureOf } from './progress.ts'
import type { Terminal } from './terminal.ts'
import { runText } from './text/runs.ts'

export interface RunToEndOptions {
  readonly runId: string
  readonly yes: boolean
  readonly db: string
  /** Resumes a run that was paused. */
  readonly resume: boolean
}

/** Runs a rollout until it ends or needs a person. Returns the documented exit code. */
export async function runToEnd(
  app: App,
  { runId, yes, db, resume }: RunToEndOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const show: RunListener = (_runId, event, state) => {
    terminal.emit('event', { run: runId, ...event })
    const line = lineOf(state, event, terminal)
    if (line !== undefined) terminal.say(line)
  }
  const { plan } = app.readRun(runId)
  if (plan.practice) terminal.say(terminal.paint.accent(runText.practice))
  const active = await app.executeRun(runId, { openGates: yes, listeners: [show] })
  const picture = terminal.live
    ? setInterval(() => {
        terminal.redraw(pictureOf(active.state(), active.clock.now(), terminal))
      }, 200)
    : undefined
  const detach = new AbortController()
  let asked = 0
  const interrupt = () => {
    asked++
    if (asked === 1 && active.state().status === 'running') {
      active.request({ kind: 'pause', by: whoAmI(), why: 'Ctrl-C' })
      if (active.state().inFlight > 0) terminal.complain(runText.pausing(active.state().inFlight))
    } else detach.abort(new Error('detached'))
  }
  // Quitting a pager must neither end an attempt halfway nor count as done.
  terminal.whenGone(() => {
    detach.abort(new Error('no reader'))
  })
  // The terminal's window was closed, so nothing can show a pause to its end.
  const hangUp = () => {
    detach.abort(new Error('the terminal is gone'))
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  process.on('SIGHUP', hangUp)
  try {
    if (resume && active.state().status === 'paused')
      active.request({ kind: 'resume', by: whoAmI(), why: `${commandName} resume` })
    const rest = await active.run(detach.signal)
    clearInterval(picture)
    terminal.redraw([])
    return conclude(rest, active.state(), { runId, db }, terminal)
  } finally {
    clearInterval(picture)
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    process.off('SIGHUP', hangUp)
    await active.close()
  }
}

function conclude(
  rest: Rest,
  state: RunState,
  { runId, db }: { runId: string; db: string },
  terminal: Terminal,
): ExitCode {
  const { paint } = terminal
  const inDb = `--db ${pasteable(db, process.platform)}`
  const resume = `${commandName} resume ${runId} ${inDb}`
  switch (rest) {
    case 'finished':
      if (state.outcome === 'cancelled') return exitCodes.cancelled
      terminal.say(runText.done(runId, inDb))
      terminal.say(runText.writeSummary(runId, inDb))
      return exitCodes.done
    case 'paused':
      terminal.say(runText.paused(runId, resume))
      return exitCodes.waiting
    case 'stopped':
      terminal.say(runText.detached(runId, resume))
      return exitCodes.waiting
    case 'person':
      return needsPerson(state, { runId, inDb, resume }, terminal, paint)
  }
}

function needsPerson(
  state: RunState,
  { runId, inDb, resume }: { runId: string; inDb: string; resume: string },
  terminal: Terminal,
  paint: Terminal['paint'],
): ExitCode {
  const gate = pendingGate(state)
  if (gate) {
    terminal.say()
    terminal.say(paint.accent(runText.gate(gate.id, gate.title)))
    for (const item of gate.checklist) terminal.say(`  [ ] ${item}`)
    terminal.say(`  ${commandName} decide ${runId} ${gate.id} open --reason "..." ${inDb}`)
    terminal.say(`  ${resume}`)
    return exitCodes.waiting
  }
  const decisions = pendingDecisions(state)
  for (const { step, failure } of decisions.slice(0, 20)) {
    terminal.say()
    terminal.say(
      `${failure.kind === 'by-hand' ? paint.accent(runText.needsYou) : paint.bad(runText.failed)}: ${step.id} (${failure.code})`,
    )
    terminal.say(`  ${failure.message}`)
    for (const line of failure.evidence.slice(0, 8)) terminal.say(paint.dim(`  | ${line}`))
    terminal.say(`  ${failure.hint}`)
    terminal.say(`  ${commandName} show ${runId} --output ${step.id} ${inDb}`)
    const offered = choicesFor(state, step.id).flatMap(({ choice, refusal }) => (refusal === null ? [choice] : []))
    // A command that can be pasted: a shell would read choices between bars as a pipe.
    const [first, ...others] = offered
    if (first === undefined) continue
    terminal.say(`  ${commandName} decide ${runId} ${step.id} ${first} --reason "..." ${inDb}`)
    if (others.length > 0) terminal.say(`  ${runText.otherChoices(first, others)}`)
  }
  if (decisions.length > 20) terminal.say(runText.more(decisions.length - 20, runId, inDb))
  if (isHeld(state)) terminal.say(paint.warn(failureLimitSentence(state)))
  terminal.say(runText.then(resume))
  return decisions.some(({ failure }) => failure.kind !== 'by-hand') ? exitCodes.failed : exitCodes.waiting
}
