/** The commands that start and resume a rollout: plan lock, run, resume. */
import { commandName } from '../../../../domain/base/command-name.ts'
import type { Command } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { runToEnd } from '../run-to-end.ts'
import { databaseOf, dbOption, runNamed, vaultOptions, withApp } from '../open.ts'
import { judgePlan, refuseBlocks, takePlan } from '../plan-input.ts'
import { runText } from '../text/runs.ts'

const yes = {
  type: 'boolean',
  help: runText.yesOption,
} as const

export const planLock: Command = {
  name: 'plan lock',
  summary: runText.lockSummary,
  usage: 'PLAN [--db FILE] [--json]',
  example: runText.lockExample,
  options: { ...dbOption },
  positionals: [1, 1],
  async run(words, terminal) {
    const input = await takePlan(words.positionals[0] ?? '')
    refuseBlocks(await judgePlan(input), terminal)
    return withApp(words, {}, (app) => {
      const { planId, revision, hash } = app.lockPlan(input.plan)
      terminal.emit('plan-lock', { planId, revision, hash })
      terminal.say(runText.locked(planId, revision, hash))
      return exitCodes.done
    })
  },
}

export const run: Command = {
  name: 'run',
  summary: runText.runSummary,
  usage: 'PLAN --db FILE [--yes] [--hash HASH] [--json]',
  example: `${commandName} run site.json --db site.db`,
  options: {
    ...dbOption,
    ...vaultOptions,
    yes,
    hash: { type: 'string', value: 'HASH', help: runText.hashOption },
  },
  positionals: [1, 1],
  async run(words, terminal) {
    const input = await takePlan(words.positionals[0] ?? '')
    refuseBlocks(await judgePlan(input), terminal)
    return withApp(words, {}, async (app) => {
      const [wanted, hash] = [words.text('hash'), app.hashOf(input.plan)]
      // A refused plan must not be locked: the comparison comes first. Twelve digits are what a run prints.
      if (wanted !== undefined && (wanted.length < 12 || !hash.startsWith(wanted.toLowerCase())))
        throw new CommandEnd(exitCodes.invalid, runText.otherHash(hash, wanted))
      await app.proveSecrets(input.plan)
      const revision = app.lockPlan(input.plan)
      const { runId } = app.createRun(revision, input.baseDir)
      const created = app.store.runs.events(runId)
      for (const event of created) terminal.emit('event', { run: runId, ...event })
      terminal.say(runText.started(runId, revision.planId, revision.revision, revision.hash.slice(0, 12)))
      return runToEnd(app, { runId, yes: words.flag('yes'), db: databaseOf(words), resume: false }, terminal)
    })
  },
}

export const resume: Command = {
  name: 'resume',
  summary: runText.resumeSummary,
  usage: 'RUN|last --db FILE [--yes] [--json]',
  example: `${commandName} resume last --db site.db`,
  options: { ...dbOption, ...vaultOptions, yes },
  positionals: [1, 1],
  run: (words, terminal) =>
    withApp(words, { existing: true }, async (app) => {
      const runId = runNamed(app, words.positionals[0])
      const { status, outcome } = app.store.runs.summary(runId)
      if (status === 'finished') {
        terminal.say(runText.over(runId, outcome ?? runText.noOutcome))
        return outcome === 'cancelled' ? exitCodes.cancelled : exitCodes.done
      }
      await app.proveSecrets(app.readRun(runId).plan)
      return runToEnd(app, { runId, yes: words.flag('yes'), db: databaseOf(words), resume: true }, terminal)
    }),
}
