/** The commands about a plan before anything runs: plan new, check, show, and graph. */
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
import { commandText } from '../text/common.ts'
import { planText } from '../text/plan.ts'
import { forceOption, writeNew } from '../write-new.ts'

export const planNew: Command = {
  name: 'plan new',
  summary: planText.newSummary,
  usage: '--layout pilot|enterprise --out FILE [--name NAME] [--force]',
  example: `${commandName} plan new --layout enterprise --out site.json`,
  options: {
    layout: { type: 'string', value: 'LAYOUT', help: planText.layoutOption },
    out: { type: 'string', value: 'FILE', help: planText.outOption },
    name: { type: 'string', value: 'NAME', help: planText.nameOption },
    ...forceOption,
  },
  positionals: [0, 0],
  async run(words, terminal) {
    const layout = words.required('layout')
    if (layout !== 'pilot' && layout !== 'enterprise')
      throw new CommandEnd(exitCodes.invalid, commandText.neither('layout', planText.layouts, layout))
    const out = words.required('out')
    const name = words.text('name')
    if (name !== undefined && !PlanName.safeParse(name).success)
      throw new CommandEnd(exitCodes.invalid, planText.badName(name.length))
    const text = `${JSON.stringify(newPlan(layout, name), null, 2)}\n`
    await writeNew(out, text, words.flag('force'))
    terminal.emit('plan-file', { out })
    terminal.say(planText.written(out, pasteable(out, process.platform)))
    return exitCodes.done
  },
}

export const planCheck: Command = {
  name: 'plan check',
  summary: planText.checkSummary,
  usage: 'PLAN [--json]',
  example: planText.checkExample,
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
  summary: planText.showSummary,
  usage: 'PLAN [--json]',
  example: planText.showExample,
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
    terminal.say(paint.bold(planText.title(plan.name, plan.layout, plan.site.name)))
    terminal.say()
    for (const line of table([
      planText.hostColumns,
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
      planText.flowColumns,
      ...flows.map((flow) => [flow.from, flow.to, String(flow.port), flow.verdict, flow.why]),
    ]))
      terminal.say(line)
    for (const flow of open) terminal.say(paint.warn(planText.openFlow(flow.from, flow.to, flow.question)))
    return exitCodes.done
  },
}

export const graph: Command = {
  name: 'graph',
  summary: planText.graphSummary,
  usage: 'PLAN [--json]',
  example: `${commandName} graph site.json --json`,
  options: {},
  positionals: [1, 1],
  async run(words, terminal) {
    const input = await takePlan(words.positionals[0] ?? '')
    // A plan whose media block it can still be shown; one that cannot be compiled cannot.
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
      if (stage.gate) terminal.say(terminal.paint.accent(planText.gate(stage.gate.title)))
      terminal.say(terminal.paint.bold(planText.stage(stageTitles[stage.name], stage.waves.length)))
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
    // The checks block every plan that cannot be compiled: they give the source and the remedy, and every
    // command ends with the same exit code.
    if (thrown instanceof FailureError) refuseBlocks(await judgePlan(input), terminal)
    throw thrown
  }
}
