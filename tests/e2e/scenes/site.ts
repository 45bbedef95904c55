/** Brings a scene to a practice site and to its run. */
import { ask } from '../ask.ts'
import { runPage } from '../pages/run-page.ts'
import type { Camera } from './camera.ts'

export type Site = Parameters<typeof ask<'practice.make'>>[2]

/** Makes a practice site, locks it, starts its run and shows it. */
export async function startRun(
  camera: Camera,
  site: Site,
): Promise<{ readonly planId: string; readonly runId: string }> {
  const { planId, revision, folder } = await ask(camera.page, 'practice.make', site)
  await ask(camera.page, 'plan.lock', { planId, revision: revision.revision, hash: revision.hash })
  const { runId } = await ask(camera.page, 'run.start', { planId, revision: revision.revision, folder })
  await camera.goTo(`#/runs/${runId}`)
  await camera.page.getByRole('list', { name: 'Stages' }).waitFor()
  return { planId, runId }
}

/** Opens every gate that stands before the Runners. */
export async function toRunners({ page }: Camera): Promise<void> {
  const run = runPage(page)
  for (const gate of [/^Gate Prerequisites/, /^Gate Hub/, /^Gate Studio/]) {
    await run.strip(gate).waitFor()
    await run.openGate()
  }
}
