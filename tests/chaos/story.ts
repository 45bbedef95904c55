/** The story that chaos tests interrupt: a small practice site, the run over it, and what its end must always be. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { createApp, type App } from '../../main/app/core/app.ts'
import { makePracticeSite, type PracticeOptions } from '../../main/app/practice/practice.ts'
import { readPlanFile } from '../../main/app/workstation/plan-file.ts'
import type { AppOptions } from '../../main/app/core/dependencies.ts'
import type { Rest } from '../../main/app/core/active-run.ts'
import { documentVault } from '../../main/vault/env-vault.ts'
import { inspectWorld } from '../../main/transports/simulated/verbs/inspect.ts'
import { pendingDecisions } from '../../domain/run/pending.ts'
import type { Event } from '../../domain/run/event.ts'

/** A restart that an installer asks for, and a link that breaks while another installer is being watched. */
export const storyFaults = ['exit-3010@RUN001', 'drop@RUN002:run-installer+4']

/** Makes the site, its database and a run of which nothing has happened yet, in that folder. Paths are kept relative: the folder may be copied. */
export async function beginStory(dir: string, options: Partial<PracticeOptions> = {}): Promise<string> {
  makePracticeSite({
    dir,
    layout: 'enterprise',
    runners: 2,
    studios: 1,
    virtual: true,
    faults: storyFaults,
    durability: 'relaxed',
    ...options,
  })
  const app = openStory(dir)
  try {
    const reading = await readPlanFile(join(dir, 'site.json'))
    if (!reading.ok) throw new Error('the practice plan does not read')
    return app.createRun(app.lockPlan(reading.plan), '.').runId
  } finally {
    app.close()
  }
}

/** Copies the folder of a story. */
export function copyStory(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
}

/** The application over the story's database. */
export function openStory(dir: string, options: Partial<AppOptions> = {}): App {
  return createApp({ dbFile: join(dir, 'story.db'), by: 'chaos@test', vault: documentVault('{}'), ...options })
}

/** Goes on with the only run of a story, as `resume --yes` does, until it rests. The process must stand in the story's folder: its paths are relative. */
export async function goOn(app: App): Promise<Rest> {
  const runId = app.store.runs.list()[0]?.runId ?? ''
  let told = 0
  const active = await app.executeRun(runId, {
    openGates: true,
    listeners: [
      (_runId, { seq }, state) => {
        if (state.seq !== seq) throw new Error(`told of event ${seq} with the state after ${state.seq}`)
        told = seq
      },
    ],
  })
  try {
    const rest = await active.run(new AbortController().signal)
    if (told !== 0 && told !== active.state().seq)
      throw new Error(`told of ${told} events, ${active.state().seq} happened`)
    return rest
  } finally {
    await active.close()
  }
}

export interface Ending {
  readonly status: string
  readonly outcome: string | null
  readonly events: number
  /** Breaks of what the log promises, in words; none in a good run. */
  readonly breaches: readonly string[]
  /** What waits for a person. */
  readonly pending: readonly string[]
  /** What is on every host, without moments. */
  readonly hosts: unknown
}

/** What stands at the end of a story: compared whole between runs. */
export function endingOf(dir: string): Ending {
  const app = openStory(dir, { readonly: true })
  try {
    const runId = app.store.runs.list()[0]?.runId ?? ''
    const { summary, state } = app.readRun(runId)
    const events = app.store.runs.events(runId)
    const { hosts } = inspectWorld(join(dir, 'practice-site.sqlite'))
    const twice = Object.entries(hosts).flatMap(([host, { startedTwice }]) =>
      startedTwice.map((ticket) => `${ticket} was started twice on ${host}`),
    )
    const audit = app.store.audit.verifyAudit().ok ? [] : ['the audit does not verify']
    return {
      status: state.status,
      outcome: summary.outcome,
      events: events.length,
      breaches: [...breachesOf(events), ...twice, ...audit],
      pending: pendingDecisions(state).map(({ step, failure }) => `${step.id}: ${failure.message}`),
      hosts: Object.fromEntries(
        Object.entries(hosts).map(
          ([
            name,
            { up, boots, pendingReboot, products, services, rules, files, certificates, listening, jobs, starts },
          ]) => [
            name,
            { up, boots, pendingReboot, products, services, rules, files, certificates, listening, jobs, starts },
          ],
        ),
      ),
    }
  } finally {
    app.close()
  }
}

/** What every log must keep, whoever wrote it in however many lives. */
export function breachesOf(events: readonly Event[]): string[] {
  const breaches: string[] = []
  const open = new Map<string, number>()
  const last = new Map<string, number>()
  const done = new Set<string>()
  events.forEach((event, i) => {
    if (event.seq !== i + 1) breaches.push(`seq ${event.seq} stands in place ${i + 1}`)
    switch (event.type) {
      case 'step.attempted':
        if (open.has(event.step))
          breaches.push(`${event.step} was attempted while attempt ${open.get(event.step)} had no outcome`)
        if (done.has(event.step)) breaches.push(`${event.step} was attempted after it had succeeded`)
        if (event.attempt !== (last.get(event.step) ?? 0) + 1)
          breaches.push(`${event.step}: attempt ${event.attempt} follows ${last.get(event.step) ?? 0}`)
        last.set(event.step, event.attempt)
        open.set(event.step, event.attempt)
        break
      case 'step.succeeded':
      case 'step.failed':
      case 'step.interrupted':
        if (open.get(event.step) !== event.attempt)
          breaches.push(`${event.step}: attempt ${event.attempt} has an outcome more than it had attempts`)
        open.delete(event.step)
        if (event.type === 'step.succeeded') done.add(event.step)
        break
      default:
    }
  })
  for (const [step, attempt] of open) breaches.push(`${step}: attempt ${attempt} has no outcome`)
  return breaches
}
