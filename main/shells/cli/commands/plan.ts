/** Owns the commands about a plan before anything runs: plan new, check, show, and graph. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { compilePlan } from '../../../../domain/graph/compile.ts'
import { FailureError } from '../../../../domain/base/failure.ts'
import { withAbout, worst } from '../../../../domain/base/finding.ts'
import type { Graph } from '../../../../domain/graph/graph.ts'
import { reachInWords } from '../../../../domain/plan/host.ts'
import { pasteable } from '../../../../domain/base/shell-quote.ts'
import { PlanName } from '../../../../domain/plan/plan.ts'
import { newPlan } from '../../../../domain/plan/site-layout.ts'
import { topologyOf } from '../../../../domain/network/topology.ts'
import { stageTitles } from '../../../../domain/base/titles.ts'
import type { Command } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { judgePlan, refuseBlocks, sayFindings, takePlan, type PlanInput } from '../plan-input.ts'
import { table, type Terminal } from '../terminal.ts'
import { forceOption, writeNew } from '../write-new.ts'

export const planNew: Command = {
  name: 'plan new',
  summary: 'Writes a new plan to start from. What only you can know is left open and comes up as findings.',
  usage: '--layout pilot|enterprise --out FILE [--name NAME] [--force]',
  example: `${commandName} plan new --layout enterprise --out site.json`,
  options: {
    layout: { type: 'string', value: 'LAYOUT', help: 'pilot (one server, about 5 Runners) or enterprise' },
    out: { type: 'string', value: 'FILE', help: 'where to write it' },
    name: { type: 'string', value: 'NAME', help: 'the name of the plan' },
    ...forceOption,
  },
  positionals: [0, 0],
  async run(words, terminal) {
    const layout = words.required('layout')
    if (layout !== 'pilot' && layout !== 'enterprise')
      throw new CommandEnd(exitCodes.invalid, `--layout must be pilot or enterprise; "${layout}" is neither.`)
    const out = words.required('out')
    const name = words.text('name')
    if (name !== undefined && !PlanName.safeParse(name).success)
      throw new CommandEnd(exitCodes.invalid, `--name must have 1 to 80 characters; it has ${name.length}.`)
    const text = `${JSON.stringify(newPlan(layout, name), null, 2)}\n`
    await writeNew(out, text, words.flag('force'))
    terminal.emit('plan-file', { out })
    terminal.say(
      `Wrote ${out}. Next: fill in your hosts, then ${commandName} plan check ${pasteable(out, process.platform)}`,
    )
    return exitCodes.done
  },
}

export const planCheck: Command = {
  name: 'plan check',
  summary: 'Judges a plan: each finding with its reason, its source and what to do.',
  usage: 'PLAN [--json]',
  example: `${commandName} plan check site.json`,
  options: {},
  positionals: [1, 1],
  async run(words, terminal) {
    const findings = await judgePlan(await takePlan(words.positionals[0] ?? ''))
    terminal.emit('findings', { findings: findings.map(withAbout) })
    sayFindings(findings, terminal)
    return worst(findings) === 'block' ? exitCodes.blocked : exitCodes.done
  },
}

export const planShow: Command = {
  name: 'plan show',
  summary: 'Shows hosts, placements and the firewall matrix of a plan.',
  usage: 'PLAN [--json]',
  example: `${commandName} plan show site.json`,
  options: {},
  positionals: [1, 1],
  async run(words, terminal) {
    const { plan, catalogue } = await takePlan(words.positionals[0] ?? '')
    const { flows, open } = topologyOf(plan, catalogue)
    terminal.emit('plan-summary', {
      name: plan.name,
      layout: plan.layout,
      hosts: plan.hosts,
      placements: plan.placements,
      flows,
      open,
    })
    const { paint } = terminal
    terminal.say(paint.bold(`${plan.name} (${plan.layout}), site ${plan.site.name}`))
    terminal.say()
    for (const line of table([
      ['HOST', 'ADDRESS', 'REACH', 'COMPONENTS'],
      ...plan.hosts.map((host) => [
        host.name,
        host.address,
        reachInWords(host.reach),
        plan.placements
          .filter((p) => p.host === host.name)
          .map((p) => (p.environment === undefined ? p.component : `${p.component} (${p.environment})`))
          .join(', '),
      ]),
    ]))
      terminal.say(line)
    terminal.say()
    for (const line of table([
      ['FROM', 'TO', 'PORT', 'VERDICT', 'WHY'],
      ...flows.map((flow) => [flow.from, flow.to, String(flow.port), flow.verdict, flow.why]),
    ]))
      terminal.say(line)
    for (const flow of open) terminal.say(paint.warn(`Open: ${flow.from} to ${flow.to}. ${flow.question}`))
    return exitCodes.done
  },
}

export const graph: Command = {
  name: 'graph',
  summary: 'Shows what a plan compiles to: every stage, wave and step, before anything runs.',
  usage: 'PLAN [--json]',
  example: `${commandName} graph site.json --json`,
  options: {},
  positionals: [1, 1],
  async run(words, terminal) {
    const input = await takePlan(words.positionals[0] ?? '')
    // A plan that is blocked for its media can still be looked at; one that cannot be compiled cannot.
    if (input.plan.placements.length === 0) refuseBlocks(await judgePlan(input), terminal)
    const compiled = await compiledOrRefused(input, terminal)
    terminal.emit('graph-summary', {
      planName: compiled.planName,
      stages: compiled.stages,
      steps: compiled.steps.map(({ id, work, host, stage, wave, after, title }) => ({
        id,
        kind: work.kind,
        host,
        stage,
        wave,
        after,
        title,
      })),
    })
    for (const stage of compiled.stages) {
      if (stage.gate) terminal.say(terminal.paint.accent(`Gate: ${stage.gate.title}`))
      terminal.say(
        terminal.paint.bold(
          `${stageTitles[stage.name]}: ${stage.waves.length} ${stage.waves.length === 1 ? 'wave' : 'waves'}`,
        ),
      )
      for (const step of compiled.steps)
        if (step.stage === stage.name) terminal.say(`  ${step.host.padEnd(16)} ${step.title}`)
    }
    return exitCodes.done
  },
}

async function compiledOrRefused(input: PlanInput, terminal: Terminal): Promise<Graph> {
  try {
    return compilePlan(input.plan, input.catalogue)
  } catch (thrown) {
    // What cannot be compiled is what the checks block: they say it with its source and what to do, and every command ends with the one code for it.
    if (thrown instanceof FailureError) refuseBlocks(await judgePlan(input), terminal)
    throw thrown
  }
}
