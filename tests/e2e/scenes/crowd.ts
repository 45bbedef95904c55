/** Pictures of very large plans: a thousand Runners, and the longest names with hundreds of findings. */
import { homePage } from '../pages/home-page.ts'
import { runPage } from '../pages/run-page.ts'
import { surveyPage } from '../pages/survey-page.ts'
import { ask } from '../ask.ts'
import type { Camera } from './camera.ts'
import { startRun, toRunners } from './site.ts'

/** A thousand Runners in the plan and in the run. */
export async function thousand(camera: Camera): Promise<void> {
  const { page } = camera
  const { planId } = await startRun(camera, {
    layout: 'enterprise',
    runners: 1000,
    studios: 12,
    faults: ['exit-1603@RUN007', 'unreachable@RUN011*forever'],
    speed: 1000,
  })
  await toRunners(camera)
  const run = runPage(page)
  await run.strip(/ failed on /).waitFor()
  for (const view of ['Map', 'Farm', 'Table', 'Timeline'] as const) {
    await camera.hostsAs(view)
    await camera.picture(`crowd-run-${view.toLowerCase()}`)
  }
  for (const section of ['hosts', 'map', 'firewall', 'review'] as const) {
    await camera.goTo(`#/plans/${planId}/${section}`)
    await camera.picture(`crowd-plan-${section}`)
  }
}

const long = (start: string, length: number): string =>
  `${start} `
    .repeat(Math.ceil(length / (start.length + 1)))
    .slice(0, length)
    .trim()
const hosts = 240

/** Hosts, environments and a plan with names as long as they may be, and findings about each of them. */
export async function wordy(camera: Camera): Promise<void> {
  const { page } = camera
  const { planId: from } = await ask(page, 'practice.make', {
    layout: 'enterprise',
    runners: hosts,
    studios: 3,
    faults: ['clock-off@RUN042'],
    speed: 1000,
  })
  const { plan, folder } = await ask(page, 'plan.read', { planId: from })
  const longName = (name: string): string =>
    name.startsWith('RUN') ? `TEMA-HARBOUR-CONTAINER-TERMINAL-${name}-LEFT-GATE-BAY` : name
  const longEnvironment = (name: string | undefined) =>
    name === undefined ? {} : { environment: long(`${name} of the harbour`, 40) }
  const document = {
    ...plan,
    name: long('Customs clearance of the container terminal', 80),
    site: { ...plan.site, name: long('Tema Harbour, second quay', 80) },
    environments: plan.environments.map((environment) => ({
      ...environment,
      name: long(`${environment.name} of the harbour`, 40),
    })),
    hosts: plan.hosts.map((host) => ({ ...host, name: longName(host.name) })),
    placements: plan.placements.map((placement) => ({
      ...placement,
      host: longName(placement.host),
      ...longEnvironment(placement.environment),
    })),
  }
  const saved = await ask(page, 'plan.saveDraft', { planId: null, document, folder })
  if (!saved.ok) throw new Error(`the plan with long names is refused: ${JSON.stringify(saved)}`)
  const { planId } = saved.revision
  await page.reload()
  await homePage(page).isShown()
  await camera.picture('wordy-home')
  await camera.goTo(`#/plans/${planId}/survey`)
  const survey = surveyPage(page)
  await survey.start()
  await survey.done()
  await camera.picture('wordy-plan-survey')
  for (const section of [
    'layout',
    'hosts',
    'map',
    'environments',
    'findings',
    'firewall',
    'review',
    'rollout',
  ] as const) {
    await camera.goTo(`#/plans/${planId}/${section}`)
    await camera.picture(`wordy-plan-${section}`)
  }
}
