/** Sign-off sheet: every step by stage. Equal steps of several hosts share a row. */
import type { Graph } from '../../../domain/graph/graph.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Step } from '../../../domain/graph/step.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import { stepFacts, type StepFacts } from './step-facts.ts'
import { sheetText } from './text.ts'

export interface SheetRow {
  readonly key: string
  readonly step: Step
  readonly facts: StepFacts
  readonly hosts: readonly string[]
}

export interface SheetStage {
  readonly title: string
  readonly about: string
  readonly rows: readonly SheetRow[]
}

/** The sheet of a graph. Steps with equal title, command, account and effect share a row; no step is left out. */
export function signOffSheet(graph: Graph, plan: Plan): SheetStage[] {
  return graph.stages.map((stage) => {
    const rows = new Map<string, SheetRow>()
    for (const step of graph.steps) {
      if (step.stage !== stage.name) continue
      const facts = stepFacts(step, plan)
      const key = JSON.stringify([step.title, facts.command, facts.act, facts.runsAs, facts.effect, facts.success])
      const before = rows.get(key)
      // A host with the same step twice (a restart) is named once.
      rows.set(
        key,
        before
          ? { ...before, hosts: before.hosts.includes(step.host) ? before.hosts : [...before.hosts, step.host] }
          : { key, step, facts, hosts: [step.host] },
      )
    }
    const hosts = new Set(stage.waves.flatMap((wave) => wave.hosts)).size
    return {
      title: stageTitles[stage.name],
      about: sheetText.about(hosts, stage.waves.length, stage.canary),
      rows: [...rows.values()],
    }
  })
}

/** `HUB01, DB01`, or `RUN001 and 4 more`. */
export function hostsInWords(hosts: readonly string[]): string {
  return sheetText.hosts(hosts)
}
