/** Executes a run over a practice site in a test: real application and store, virtual time, scripted answers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { pendingDecisions, unreachableHosts } from '../../../domain/run/pending.ts'
import type { Choice, Event } from '../../../domain/run/event.ts'
import type { RunRequest } from '../../../domain/run/request.ts'
import { createApp } from '../../../main/app/core/app.ts'
import type { ActiveRun, Rest } from '../../../main/app/core/active-run.ts'
import type { AppOptions } from '../../../main/app/core/dependencies.ts'
import { readPlanFile } from '../../../main/app/workstation/plan-file.ts'
import { makePracticeSite, type PracticeOptions } from '../../../main/app/practice/practice.ts'
import type { Session } from '../../../main/engine/ports.ts'
import { openTransports } from '../../../main/transports/registry.ts'
import { documentVault } from '../../../main/vault/env-vault.ts'
import { inspectWorld, installByHand, mendHost } from '../../../main/transports/simulated/verbs/inspect.ts'

export interface RunOptions extends Partial<Omit<PracticeOptions, 'dir' | 'virtual'>> {
  /** Changes the plan document before it is locked. */
  readonly edit?: (document: PlanDocument) => void
  readonly appOptions?: Partial<AppOptions>
  readonly onEvent?: (event: Event, active: ActiveRun) => void
}

/** As much of the document as tests change. */
export interface PlanDocument {
  rollout?: Record<string, unknown>
  hosts: { name: string }[]
  placements: { component: string; host: string; environment?: string }[]
  installers: Record<string, Record<string, unknown>>
}

/** A run at its beginning: enterprise, 1 Studio and 2 Runners without faults unless told otherwise. Everything is gone after the test. */
export async function practiceRun(options: RunOptions = {}) {
  const { edit, appOptions, onEvent, ...site } = options
  const dir = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
  const { siteFile, planFile } = makePracticeSite({
    layout: 'enterprise',
    studios: 1,
    runners: 2,
    faults: [],
    durability: 'relaxed',
    ...site,
    dir,
    virtual: true,
  })
  if (edit) {
    const document = JSON.parse(readFileSync(planFile, 'utf8')) as PlanDocument
    edit(document)
    writeFileSync(planFile, JSON.stringify(document))
  }
  const app = createApp({ dbFile: join(dir, 'run.db'), by: 'ann@test', vault: documentVault('{}'), ...appOptions })
  const begin = async () => {
    const reading = await readPlanFile(planFile)
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
    const { runId } = app.createRun(app.lockPlan(reading.plan), dir)
    const active: ActiveRun = await app.executeRun(runId, {
      openGates: true,
      listeners: [(_runId, event) => onEvent?.(event, active)],
    })
    return { runId, active }
  }
  let { runId, active } = await begin()
  onTestFinished(async () => {
    await active.close()
    app.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const ask = (request: RunRequest) => {
    active.request(request)
  }
  return {
    dir,
    app,
    siteFile,
    get active() {
      return active
    },
    get runId() {
      return runId
    },
    run: (signal = new AbortController().signal): Promise<Rest> => active.run(signal),
    ask,
    decide: (target: string, choice: Choice, why = 'because') => {
      ask({ kind: 'decide', target, choice, by: 'ann@test', why })
    },
    /** The steps that wait for a person, with the code of their failure. */
    pending: () => pendingDecisions(active.state()).map(({ step, failure }) => `${step.id} ${failure.code}`),
    failureOf: (stepId: string) => pendingDecisions(active.state()).find(({ step }) => step.id === stepId)?.failure,
    unreachable: () => unreachableHosts(active.state()).map(({ host }) => host),
    events: () => app.store.runs.events(runId),
    /** Events about one step or host, without their place. */
    story: (about: string) =>
      app.store.runs
        .events(runId)
        .filter((event) => ('step' in event ? event.step : 'host' in event ? event.host : '') === about),
    site: () => inspectWorld(siteFile, active.clock.now()),
    mend: (host: string) => mendHost(siteFile, host),
    byHand: (host: string, installer: string) => {
      installByHand(siteFile, host, installer, active.clock.now())
    },
    /** Begins a second run of the same plan on the same site. */
    async again() {
      await active.close()
      const next = await begin()
      runId = next.runId
      active = next.active
    },
  }
}

/** A way to reach hosts that stands between the engine and the practice site: `change` may answer in a session's place. */
export function standingBetween(change: (host: string, session: Session) => Partial<Session>): typeof openTransports {
  return async (options) => {
    const transports = await openTransports(options)
    return {
      close: () => transports.close(),
      for: (host) => ({
        open: async (...opening) => {
          const session = await transports.for(host).open(...opening)
          return {
            run: (...asked) => session.run(...asked),
            put: (...sent) => session.put(...sent),
            get: (...got) => session.get(...got),
            close: () => session.close(),
            ...change(host.name, session),
          }
        },
      }),
    }
  }
}
