/** A run in memory for tests of the engine: its log, and hosts whose answers the test writes. */
import type { Event, NewEvent } from '../../domain/run/event.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import { virtualClock } from '../../main/app/workstation/clock.ts'
import type { EngineOptions } from '../../main/engine/engine.ts'
import type { RunStore } from '../../main/engine/ports.ts'
import { documentVault } from '../../main/vault/env-vault.ts'
import { numbered } from './events.ts'
import { shippedCatalogue } from './graph.ts'
import { pilotPlan, testMoment } from './plan.ts'
import type { ScriptedHost } from './scripted-host.ts'

export interface MemoryRun {
  /** What has been committed. */
  readonly log: Event[]
  readonly options: EngineOptions
}

/** A run of that graph with a log so far; `onAppend` sees events before they are committed, and may throw. */
export function memoryRun(
  graph: Graph,
  { transports }: Pick<ScriptedHost, 'transports'>,
  { events = [], onAppend }: { events?: readonly NewEvent[]; onAppend?: (events: readonly NewEvent[]) => void } = {},
): MemoryRun {
  const clock = virtualClock(Date.parse(testMoment))
  const log = numbered(events, clock.now())
  const store: RunStore = {
    graph: () => graph,
    events: (_run, after = 0) => log.filter(({ seq }) => seq > after),
    append(_run, added, at) {
      onAppend?.(added)
      const committed = numbered(added, at, log.length)
      log.push(...committed)
      return committed
    },
  }
  const plan = pilotPlan()
  const [like] = plan.hosts
  if (!like) throw new Error('the pilot has a first host')
  const names = [...new Set(graph.steps.map(({ host }) => host))]
  return {
    log,
    options: {
      runId: 'run-1',
      plan: { ...plan, hosts: names.map((name) => ({ ...like, name })) },
      catalogue: shippedCatalogue,
      store,
      transports,
      vault: documentVault('{}'),
      clock,
      by: 'ann@test',
      localPath: (file) => file,
      output: () => undefined,
    },
  }
}
