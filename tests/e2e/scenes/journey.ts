/** Pictures of the journey: every view when empty, when full, and during a practice run up to its acceptance. */
import { planSections, settingsParts } from '../../../renderer/shared/route.ts'
import { ask } from '../ask.ts'
import { homePage } from '../pages/home-page.ts'
import { mapPage } from '../pages/map-page.ts'
import { runPage } from '../pages/run-page.ts'
import { surveyPage } from '../pages/survey-page.ts'
import type { Camera } from './camera.ts'

const wide = 200

/** Every section of a plan. A section that is added to the window is pictured by itself. */
async function sectionsOf(camera: Camera, planId: string, name: string): Promise<void> {
  for (const section of planSections) {
    await camera.goTo(`#/plans/${planId}/${section}`)
    await camera.picture(`${name}-plan-${section}`)
  }
}

async function places(camera: Camera, name: string): Promise<void> {
  for (const place of ['', 'runs', 'audit']) {
    await camera.goTo(`#/${place}`)
    await camera.picture(`${name}-${place === '' ? 'home' : place}`)
  }
  for (const part of settingsParts) {
    await camera.goTo(`#/settings/${part}`)
    await camera.picture(`${name}-settings-${part}`)
  }
}

async function empty(camera: Camera): Promise<void> {
  await places(camera, 'empty')
  const { planId } = await ask(camera.page, 'plan.new', { layout: 'pilot', name: 'Osu Street Clinic' })
  await sectionsOf(camera, planId, 'empty')
}

async function full(camera: Camera): Promise<void> {
  const { page } = camera
  const { planId } = await ask(page, 'practice.make', {
    layout: 'enterprise',
    runners: wide,
    studios: 4,
    faults: ['unreachable@RUN017', 'clock-off@RUN042', 'old-os@RUN108'],
    speed: 1000,
  })
  await camera.goTo(`#/plans/${planId}/survey`)
  const survey = surveyPage(page)
  await survey.start()
  await survey.done()
  // Rows out of sight are not mounted.
  await page.getByRole('button', { name: /^Block/ }).click()
  await survey.cell(/^RUN042, Clock, block$/).click()
  await camera.picture('full-survey-evidence')
  await sectionsOf(camera, planId, 'full')
}

async function rollout(camera: Camera): Promise<void> {
  const { page } = camera
  const run = runPage(page)
  await camera.goTo('#/')
  await homePage(page).startPractice()
  const planId = /#\/plans\/([^/]+)\//.exec(page.url())?.[1] ?? ''
  await camera.goTo(`#/plans/${planId}/map`)
  await mapPage(page).host('HUB01').click()
  await camera.picture('practice-map')
  const { revision } = await ask(page, 'plan.read', { planId })
  await ask(page, 'plan.lock', { planId, revision: revision?.revision ?? 1, hash: revision?.hash ?? '' })
  await page.reload()
  await camera.goTo(`#/plans/${planId}/rollout`)
  await camera.picture('rollout-not-started')
  await page.getByRole('button', { name: 'Start rollout' }).click()
  await run.strip(/^Gate Prerequisites/).waitFor()
  await page.getByRole('button', { name: 'Go to gate' }).first().click()
  await camera.picture('rollout-gate')
  await page.getByRole('button', { name: 'Back to hosts' }).click()
  await run.openGate()
  for (const gate of [/^Gate Hub to Studio/, /^Gate Studio to Runner/]) {
    await run.strip(gate).waitFor()
    await run.openGate()
  }
  const failed = run.strip(/^Install Runner failed/)
  await page.locator('[data-tile][data-status="running"]').or(failed).first().waitFor()
  await camera.picture('rollout-running')
  await failed.waitFor()
  await camera.picture('rollout-failure')
  for (const view of ['Table', 'Timeline', 'Farm'] as const) {
    await camera.hostsAs(view)
    await camera.picture(`rollout-${view.toLowerCase()}`)
  }
  await run.goToDecision()
  await camera.picture('rollout-decision')
  await places(camera, 'full')
  await camera.goTo('#/')
  await homePage(page).attention().getByRole('button').first().click()
  await run.goToDecision()
  await run.decide('Retry', /^Retry/)
  await run.strip(/^Gate Runner to Acceptance/).waitFor()
  await run.openGate()
  await run.finished().waitFor()
  await camera.picture('rollout-accepted')
  await camera.goTo(`#/plans/${planId}/dossier`)
  await page.getByRole('article').waitFor()
  await camera.picture('rollout-summary')
  await camera.goTo(`#/plans/${planId}/history`)
  await camera.picture('rollout-history')
}

/** From the first start to the acceptance. */
export async function journey(camera: Camera): Promise<void> {
  for (const part of [empty, full, rollout]) await part(camera)
}
