/** The commands that show runs: runs, show, events. */
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
import { showText } from '../text/runs.ts'

type RunStatus = Pick<RunState, 'status' | 'outcome'>

// A lease does not name the run of its engine: as in the windows, an engine at work counts as executing every open run.
function isExecuted({ status }: RunStatus, engine: boolean): boolean {
  return engine && status !== 'finished' && status !== 'paused'
}

/** The state of a run in words. A log alone cannot tell that the process which ran it is gone. */
function stateOf(run: RunStatus, engine: boolean): string {
  if (run.outcome !== null) return run.outcome
  if (run.status === 'paused' || isExecuted(run, engine)) return run.status
  return run.status === 'cancelling' ? showText.cancellingNotRunning : showText.notRunning
}

export const runs: Command = {
  name: 'runs',
  summary: showText.listSummary,
  usage: '--db FILE [--backup TO] [--json]',
  example: `${commandName} runs --db site.db`,
  options: { ...dbOption, backup: { type: 'string', value: 'TO', help: showText.backupOption } },
  positionals: [0, 0],
  run(words, terminal) {
    const to = words.text('backup')
    if (to !== undefined) {
      const backup = backupStore(databaseOf(words), to)
      terminal.emit('backup', backup)
      terminal.say(backup.kind === 'consistent' ? showText.copied(backup.files) : showText.copiedDamaged(backup.files))
      return exitCodes.done
    }
    return withApp(words, { readonly: true, existing: true }, (app) => {
      const list = app.store.runs.list()
      const engine = app.engineAtWork()
      terminal.emit('runs', { runs: list.map((run) => ({ ...run, driven: isExecuted(run, engine) })) })
      const rows = list.map((run) => [
        run.runId,
        stateOf(run, engine),
        `${run.planId} r${run.revision}`,
        dateTime(run.createdAt),
        showText.events(run.lastSeq),
      ])
      for (const line of rows.length === 0 ? [showText.noRuns] : table([showText.columns, ...rows])) terminal.say(line)
      return exitCodes.done
    })
  },
}

export const show: Command = {
  name: 'show',
  summary: showText.showSummary,
  usage: 'RUN|last --db FILE [--output STEP] [--json]',
  example: `${commandName} show last --db site.db`,
  options: {
    ...dbOption,
    output: { type: 'string', value: 'STEP', help: showText.outputOption },
  },
  positionals: [1, 1],
  run: (words, terminal) =>
    withApp(words, { readonly: true, existing: true }, (app) => {
      const runId = runNamed(app, words.positionals[0])
      const { summary, state } = app.readRun(runId)
      const step = words.text('output')
      if (step !== undefined) {
        const at = state.index.stepAt.get(step)
        if (at === undefined) throw new CommandEnd(exitCodes.invalid, showText.noStep(step, runId))
        const attempts = laneAt(state, at.lane).steps[at.index]?.attempt ?? 0
        for (let attempt = 1; attempt <= attempts; attempt++) {
          const { chunks, leftOut } = app.store.output.read(runId, step, attempt, 0, Number.MAX_SAFE_INTEGER)
          terminal.emit('step-output', { step, attempt, chunks, leftOut })
          terminal.say(showText.attempt(attempt))
          for (const chunk of chunks) terminal.say(chunk.text.trimEnd())
          if (leftOut > 0) terminal.say(showText.leftOut(leftOut))
        }
        if (attempts === 0) terminal.say(showText.noAttempt)
        return exitCodes.done
      }
      const engine = app.engineAtWork()
      const inDb = `--db ${pasteable(databaseOf(words), process.platform)}`
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
        driven: isExecuted(summary, engine),
      })
      const time = elapsed((summary.endedAt ?? summary.lastAt) - (summary.startedAt ?? summary.createdAt))
      const stateWord =
        summary.status !== 'paused' && summary.outcome === null && (gate !== null || decisions.length > 0)
          ? showText.waitsForYou
          : stateOf(summary, engine)
      terminal.say(
        `${showText.state(runId, stateWord, counts)}, ${summary.endedAt === null ? showText.soFar(time) : time}`,
      )
      if (summary.status === 'finished') return exitCodes.done
      if (state.pause) terminal.say(showText.pausedBy(state.pause.by, dateTime(state.pause.at), state.pause.why))
      if (gate) terminal.say(showText.gateWaits(gate.id, gate.title, runId, inDb))
      for (const {
        step: { id },
        failure,
      } of decisions) {
        terminal.say(`${id}: ${failure.message}`)
        for (const line of failure.evidence.slice(0, 20)) terminal.say(terminal.paint.dim(`  | ${line}`))
        terminal.say(`  ${failure.hint}`)
        terminal.say(
          `  ${showText.choices(
            choicesFor(state, id)
              .map(({ choice, refusal }) => (refusal === null ? choice : `(${choice}: ${refusal})`))
              .join(', '),
          )}`,
        )
      }
      for (const { host, failure } of unreachableHosts(state)) terminal.say(showText.noAnswer(host, failure.message))
      if (isHeld(state)) terminal.say(failureLimitSentence(state))
      if (state.window) terminal.say(showText.window(dateTime(state.window.closesAt), state.window.by))
      if (!engine) terminal.say(showText.resume(gate !== null, `${commandName} resume ${runId} ${inDb}`))
      return exitCodes.done
    }),
}

export const events: Command = {
  name: 'events',
  summary: showText.eventsSummary,
  usage: 'RUN|last --db FILE [--after SEQ] [--follow] [--json]',
  example: `${commandName} events last --db site.db --json --after 100`,
  options: {
    ...dbOption,
    after: { type: 'string', value: 'SEQ', help: showText.afterOption },
    follow: { type: 'boolean', help: showText.followOption },
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
