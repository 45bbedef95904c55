/** Owns the commands that make a run go: plan lock, run, resume. */
import { commandName } from '../../../../domain/base/command-name.ts'
import type { Command } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { runToEnd } from '../run-to-end.ts'
import { databaseOf, dbOption, runNamed, vaultOptions, withApp } from '../open.ts'
import { judgePlan, refuseBlocks, takePlan } from '../plan-input.ts'

const yes = {
  type: 'boolean',
  help: 'open gates that a person would open; never waives a finding, never answers a failure',
} as const

export const planLock: Command = {
  name: 'plan lock',
  summary: 'Locks the content of a plan as a revision with a hash. Any later edit makes a new revision.',
  usage: 'PLAN [--db FILE] [--json]',
  example: `${commandName} plan lock site.json --json`,
  options: { ...dbOption },
  positionals: [1, 1],
  async run(words, terminal) {
    const input = await takePlan(words.positionals[0] ?? '')
    refuseBlocks(await judgePlan(input), terminal)
    return withApp(words, {}, (app) => {
      const { planId, revision, hash } = app.lockPlan(input.plan)
      terminal.emit('plan-lock', { planId, revision, hash })
      terminal.say(`Locked ${planId} as revision ${revision}, ${hash}`)
      return exitCodes.done
    })
  },
}

export const run: Command = {
  name: 'run',
  summary: 'Rolls a plan out: prerequisites, Hub, Studio, Runner, acceptance; a gate between stages.',
  usage: 'PLAN --db FILE [--yes] [--hash HASH] [--json]',
  example: `${commandName} run site.json --db site.db`,
  options: {
    ...dbOption,
    ...vaultOptions,
    yes,
    hash: { type: 'string', value: 'HASH', help: 'run only if the plan has this hash, as plan lock printed it' },
  },
  positionals: [1, 1],
  async run(words, terminal) {
    const input = await takePlan(words.positionals[0] ?? '')
    refuseBlocks(await judgePlan(input), terminal)
    return withApp(words, {}, async (app) => {
      const [wanted, hash] = [words.text('hash'), app.hashOf(input.plan)]
      // A refused plan must not be locked: the comparison comes first. Twelve digits are what a run prints.
      if (wanted !== undefined && (wanted.length < 12 || !hash.startsWith(wanted.toLowerCase())))
        throw new CommandEnd(
          exitCodes.invalid,
          `The plan has the hash ${hash}, not ${wanted}: it is not what was approved, or the hash is mistyped. Have it reviewed again.`,
        )
      await app.proveSecrets(input.plan)
      const revision = app.lockPlan(input.plan)
      const { runId } = app.createRun(revision, input.baseDir)
      const created = app.store.runs.events(runId)
      for (const event of created) terminal.emit('event', { run: runId, ...event })
      terminal.say(
        `Run ${runId} of ${revision.planId} revision ${revision.revision}, plan hash ${revision.hash.slice(0, 12)}`,
      )
      return runToEnd(app, { runId, yes: words.flag('yes'), db: databaseOf(words), resume: false }, terminal)
    })
  },
}

export const resume: Command = {
  name: 'resume',
  summary: 'Goes on with a run after a gate, a decision, a pause or a crash. What was done is looked at, not repeated.',
  usage: 'RUN|last --db FILE [--yes] [--json]',
  example: `${commandName} resume last --db site.db`,
  options: { ...dbOption, ...vaultOptions, yes },
  positionals: [1, 1],
  run: (words, terminal) =>
    withApp(words, { existing: true }, async (app) => {
      const runId = runNamed(app, words.positionals[0])
      const { status, outcome } = app.store.runs.summary(runId)
      if (status === 'finished') {
        terminal.say(`Run ${runId} is over: ${outcome ?? 'no outcome'}.`)
        return outcome === 'cancelled' ? exitCodes.cancelled : exitCodes.done
      }
      await app.proveSecrets(app.readRun(runId).plan)
      return runToEnd(app, { runId, yes: words.flag('yes'), db: databaseOf(words), resume: true }, terminal)
    }),
}
