/** Pictures of every view whose data is missing or damaged, or whose application is gone. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../../main/store/store.ts'
import { planSections, settingsParts } from '../../../renderer/shared/route.ts'
import { ask } from '../ask.ts'
import { runPage } from '../pages/run-page.ts'
import { surveyPage } from '../pages/survey-page.ts'
import type { Camera } from './camera.ts'
import { startRun, toRunners } from './site.ts'

interface Made {
  readonly planId: string
  readonly runId: string
}

/** A view whose part of the screens was never loaded, and addresses at which nothing stands. */
async function notThere(camera: Camera): Promise<void> {
  const { page, shell } = camera
  await shell.kill()
  await camera.goTo('#/audit')
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).waitFor()
  await camera.picture('failing-view-unread')
  await camera.start()
  for (const [name, fragment] of [
    ['unknown-place', '#/nowhere'],
    ['unknown-plan', '#/plans/none/hosts'],
    ['unknown-run', '#/runs/none'],
  ] as const) {
    await camera.goTo(fragment)
    await camera.picture(`failing-${name}`)
  }
}

/** A site that was surveyed and rolled out to its end. */
async function accepted(camera: Camera): Promise<Made> {
  const { page } = camera
  const made = await startRun(camera, { layout: 'enterprise', runners: 12, studios: 1, faults: [], virtual: true })
  await toRunners(camera)
  await runPage(page)
    .strip(/^Gate Runner/)
    .waitFor()
  await runPage(page).openGate()
  await runPage(page).finished().waitFor()
  await camera.goTo(`#/plans/${made.planId}/survey`)
  await surveyPage(page).start()
  await surveyPage(page).done()
  return made
}

const places = ['', 'runs', 'audit', ...settingsParts.map((part) => `settings/${part}`)] as const
const named = (place: string): string => (place === '' ? 'home' : place.replace('/', '-'))

/** Every view of a window whose application is gone: a plan that is open, then what is asked for anew. */
async function gone(camera: Camera, { planId, runId }: Made): Promise<void> {
  const { page, shell } = camera
  // What draws a view is loaded when it is first looked at; here the view itself is to fail.
  for (const place of [
    ...places,
    `runs/${runId}`,
    ...planSections.map((section) => `plans/${planId}/${section}`),
    `plans/${planId}/hosts`,
  ])
    await camera.goTo(`#/${place}`)
  await shell.kill()
  await page.getByRole('region', { name: /does not answer/ }).waitFor()
  for (const section of planSections) {
    await camera.goTo(`#/plans/${planId}/${section}`)
    await camera.picture(`failing-plan-${section}-gone`)
  }
  for (const place of places) {
    await camera.goTo(`#/${place}`)
    await camera.picture(`failing-${named(place)}-gone`)
  }
  for (const [name, place] of [
    ['run', `runs/${runId}`],
    ['plan', `plans/${planId}/hosts`],
  ] as const) {
    await camera.goTo(`#/${place}`)
    await page.getByRole('main').getByRole('button', { name: 'Try again' }).waitFor()
    await camera.picture(`failing-${name}-gone`)
  }
}

/** What no version of Rollout wrote, and files that are not what they were. */
async function damaged(camera: Camera, { planId, runId }: Made): Promise<void> {
  const { page, shell } = camera
  await camera.start()
  const { planId: draftId } = await ask(page, 'plan.new', { layout: 'pilot', name: 'Osu Street Clinic' })
  const { plans } = await ask(page, 'media.list', {})
  const [missing, another] = plans.find((plan) => plan.planId === planId)?.files ?? []
  const folder = plans.find((plan) => plan.planId === planId)?.folder ?? ''
  await shell.kill()
  if (missing) rmSync(join(folder, missing.file))
  if (another) writeFileSync(join(folder, another.file), 'Something else.')
  writeFileSync(join(shell.folder, 'vault.json'), '{"version": 1, "kdf"', { mode: 0o600 })
  spoil(join(shell.folder, 'rollout.db'), draftId, runId)
  await camera.start()
  await page.getByRole('button', { name: 'Show file' }).waitFor()
  await camera.picture('failing-home')
  for (const [name, fragment] of [
    ['plan-damaged', `plans/${draftId}/hosts`],
    ['run-damaged', `runs/${runId}`],
    ['plan-dossier-damaged', `plans/${planId}/dossier`],
    ['audit-damaged', 'audit'],
    ['settings-vault-damaged', 'settings/vault'],
    ['settings-media-damaged', 'settings/media'],
  ] as const) {
    await camera.goTo(`#/${fragment}`)
    await camera.picture(`failing-${name}`)
  }
}

/** Changes one thing of each kind that a database keeps, past everything that guards it. */
function spoil(file: string, draftId: string, runId: string): void {
  const { database, close } = openStore(file)
  const body = '{}'
  database.run(
    'UPDATE plan_revisions SET body = ?, hash = ?, seal = NULL WHERE plan_id = ?',
    body,
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    draftId,
  )
  const guards = database.all<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN ('audit_kept', 'event_kept')",
  )
  for (const { name } of guards) database.exec(`DROP TRIGGER ${name}`)
  database.run("UPDATE audit SET body = replace(body, 'plan.locked', 'plan.mocked')")
  database.run("UPDATE events SET body = '{}' WHERE run_id = ? AND seq = 4", runId)
  // Without them the database as a whole would be refused.
  for (const { sql } of guards) database.exec(sql)
  close()
}

/** Every view when it fails. */
export async function failing(camera: Camera): Promise<void> {
  await notThere(camera)
  const made = await accepted(camera)
  await gone(camera, made)
  await damaged(camera, made)
}
