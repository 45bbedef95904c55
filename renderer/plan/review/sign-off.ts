/** Owns the sign-off sheet: everything that will run, by stage, with what several hosts do alike in one row. */
import type { Graph } from '../../../domain/graph/graph.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Step } from '../../../domain/graph/step.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import { plural } from '../../../domain/base/plural.ts'
import { stepFacts, type StepFacts } from './step-facts.ts'

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

/** The sheet of a graph. Steps are one row where title, command, account and effect are the same; no step is left out. */
export function signOffSheet(graph: Graph, plan: Plan): SheetStage[] {
  return graph.stages.map((stage) => {
    const rows = new Map<string, SheetRow>()
    for (const step of graph.steps) {
      if (step.stage !== stage.name) continue
      const facts = stepFacts(step, plan)
      const key = JSON.stringify([step.title, facts.command, facts.act, facts.runsAs, facts.effect, facts.success])
      const before = rows.get(key)
      // A host that does the same thing twice (a restart if asked for) is named once.
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
      about: [
        plural(hosts, 'host'),
        stage.waves.length > 1 ? plural(stage.waves.length, 'wave') : '',
        stage.canary ? 'canary first' : '',
      ]
        .filter(Boolean)
        .join(', '),
      rows: [...rows.values()],
    }
  })
}

/** The hosts of a row in a few words. */
export function hostsInWords(hosts: readonly string[]): string {
  return hosts.length <= 2 ? hosts.join(', ') : `${hosts[0] ?? ''} and ${hosts.length - 1} more`
}
