/** Owns the commands that look at runs: runs, show, events. */
import { commandName } from '../../../../domain/base/command-name.ts'
import {
  choicesFor,
  countSteps,
  pendingDecisions,
  pendingGate,
  unreachableHosts,
} from '../../../../domain/run/pending.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { isHeld } from '../../../../domain/run/decide.ts'
import { failureLimitSentence } from '../../../../domain/run/failure-limit.ts'
import { pasteable } from '../../../../domain/base/shell-quote.ts'
import { applyEvent, laneAt, startState, type RunState } from '../../../../domain/run/run.ts'
import { backupStore } from '../../../app/core/app.ts'
import type { Command } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { databaseOf, dbOption, runNamed, withApp } from '../open.ts'
import { dateTime, elapsed, lineOf } from '../progress.ts'
import { table } from '../terminal.ts'

type Stands = Pick<RunState, 'status' | 'outcome'>

// Which run an engine drives is not in its lease: as in the windows, one that is at work is taken to drive what is not over.
function isDriven({ status }: Stands, engine: boolean): boolean {
  return engine && status !== 'finished' && status !== 'paused'
}

/** Where a run stands, in words; a log cannot say that whoever drove it is gone. */
function standing(run: Stands, engine: boolean): string {
  if (run.outcome !== null) return run.outcome
  if (run.status === 'paused' || isDriven(run, engine)) return run.status
  return run.status === 'cancelling' ? 'cancelling, nobody drives it' : 'nobody drives it'
}

export const runs: Command = {
  name: 'runs',
  summary: 'Lists the runs of a database, newest first; or copies the database, sound or damaged, to another file.',
  usage: '--db FILE [--backup TO] [--json]',
  example: `${commandName} runs --db site.db`,
  options: { ...dbOption, backup: { type: 'string', value: 'TO', help: 'copy the database there; it is only read' } },
  positionals: [0, 0],
  run(words, terminal) {
    const to = words.text('backup')
    if (to !== undefined) {
      const backup = backupStore(databaseOf(words), to)
      terminal.emit('backup', backup)
      terminal.say(
        backup.kind === 'consistent'
          ? `Copied to ${backup.files.join(', ')}`
          : `The database is damaged. Its bytes were copied as they are to ${backup.files.join(', ')}`,
      )
      return exitCodes.done
    }
    return withApp(words, { readonly: true, existing: true }, (app) => {
      const list = app.store.runs.list()
      const engine = app.engineAtWork()
      terminal.emit('runs', { runs: list.map((run) => ({ ...run, driven: isDriven(run, engine) })) })
      const rows = list.map((run) => [
        run.runId,
        standing(run, engine),
        `${run.planId} r${run.revision}`,
        dateTime(run.createdAt),
        `${run.lastSeq} events`,
      ])
      for (const line of rows.length === 0
        ? ['No runs yet.']
        : table([['RUN', 'STATE', 'PLAN', 'CREATED', 'LOG'], ...rows]))
        terminal.say(line)
      return exitCodes.done
    })
  },
}

export const show: Command = {
  name: 'show',
  summary: 'Shows where a run stands and what waits for you.',
  usage: 'RUN|last --db FILE [--output STEP] [--json]',
  example: `${commandName} show last --db site.db`,
  options: {
    ...dbOption,
    output: { type: 'string', value: 'STEP', help: 'print the output of that step, attempt by attempt' },
  },
  positionals: [1, 1],
  run: (words, terminal) =>
    withApp(words, { readonly: true, existing: true }, (app) => {
      const runId = runNamed(app, words.positionals[0])
      const { summary, state } = app.readRun(runId)
      const step = words.text('output')
      if (step !== undefined) {
        const at = state.index.stepAt.get(step)
        if (at === undefined)
          throw new CommandEnd(
            exitCodes.invalid,
            `There is no step ${step} in run ${runId}. See them with: ${commandName} graph`,
          )
        const attempts = laneAt(state, at.lane).steps[at.index]?.attempt ?? 0
        for (let attempt = 1; attempt <= attempts; attempt++) {
          const { chunks, leftOut } = app.store.output.read(runId, step, attempt, 0, Number.MAX_SAFE_INTEGER)
          terminal.emit('step-output', { step, attempt, chunks, leftOut })
          terminal.say(`Attempt ${attempt}:`)
          for (const chunk of chunks) terminal.say(chunk.text.trimEnd())
          if (leftOut > 0) terminal.say(`${leftOut} bytes left out`)
        }
        if (attempts === 0) terminal.say('Nothing was attempted yet.')
        return exitCodes.done
      }
      const engine = app.engineAtWork()
      const counts = countSteps(state)
      const gate = pendingGate(state)
      const decisions = pendingDecisions(state)
      terminal.emit('run', {
        run: summary,
        counts,
        gate,
        decisions: decisions.map(({ step: { id, host, title }, failure }) => ({
          step: id,
          host,
          title,
          failure,
          choices: choicesFor(state, id),
        })),
        unreachable: unreachableHosts(state),
        held: isHeld(state),
        pause: state.pause,
        driven: isDriven(summary, engine),
      })
      const stands =
        summary.status !== 'paused' && summary.outcome === null && (gate !== null || decisions.length > 0)
          ? 'waits for you'
          : standing(summary, engine)
      terminal.say(
        `${runId}: ${stands}. ${counts.settled} of ${counts.total} steps, ${counts.running} under way, ${counts.failed} failed, ${elapsed((summary.endedAt ?? summary.lastAt) - (summary.startedAt ?? summary.createdAt))}${summary.endedAt === null ? ' so far' : ''}`,
      )
      if (summary.status === 'finished') return exitCodes.done
      if (state.pause)
        terminal.say(
          `Paused by ${state.pause.by}, ${dateTime(state.pause.at)}${state.pause.why.trim() === '' ? '; no reason was given.' : `: ${state.pause.why}`}`,
        )
      if (gate)
        terminal.say(
          `Gate ${gate.id} (${gate.title}) waits. Open it with: ${commandName} decide ${runId} ${gate.id} open --reason "..." --db ${pasteable(databaseOf(words), process.platform)}`,
        )
      for (const {
        step: { id },
        failure,
      } of decisions) {
        terminal.say(`${id}: ${failure.message}`)
        for (const line of failure.evidence.slice(0, 20)) terminal.say(terminal.paint.dim(`  | ${line}`))
        terminal.say(`  ${failure.hint}`)
        terminal.say(
          `  offered: ${choicesFor(state, id)
            .map(({ choice, refusal }) => (refusal === null ? choice : `(${choice}: ${refusal})`))
            .join(', ')}`,
        )
      }
      for (const { host, failure } of unreachableHosts(state))
        terminal.say(`${host} does not answer: ${failure.message}`)
      if (isHeld(state)) terminal.say(failureLimitSentence(state))
      if (state.window)
        terminal.say(`The change window closes ${dateTime(state.window.closesAt)}, as ${state.window.by} planned.`)
      if (!engine)
        terminal.say(
          `${gate === null ? 'Go on' : 'Then go on'} with: ${commandName} resume ${runId} --db ${pasteable(databaseOf(words), process.platform)}`,
        )
      return exitCodes.done
    }),
}

export const events: Command = {
  name: 'events',
  summary: 'Prints the log of a run, one event a line; follows it while the run goes on.',
  usage: 'RUN|last --db FILE [--after SEQ] [--follow] [--json]',
  example: `${commandName} events last --db site.db --json --after 100`,
  options: {
    ...dbOption,
    after: { type: 'string', value: 'SEQ', help: 'only events after this one' },
    follow: { type: 'boolean', help: 'wait for more until the run is over' },
  },
  positionals: [1, 1],
  run: (words, terminal) =>
    withApp(words, { readonly: true, existing: true }, async (app) => {
      const runId = runNamed(app, words.positionals[0])
      const after = words.number('after', { min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: 0 })
      let state = startState(app.store.runs.graph(runId))
      for (;;) {
        for (const event of app.store.runs.stream(runId, state.seq)) {
          state = applyEvent(state, event)
          if (event.seq <= after) continue
          terminal.emit('event', { run: runId, ...event })
          terminal.say(lineOf(state, event, terminal) ?? terminal.paint.dim(`${event.seq} ${event.type}`))
        }
        if (!words.flag('follow') || state.status === 'finished') return exitCodes.done
        await wait(200)
      }
    }),
}
