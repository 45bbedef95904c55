/**
 * Owns the pictures of every view, made from the real app over practice sites by one command (npm run screenshots) into out/screenshots:
 * both themes, two sizes, empty, full and failing. Those that README.md shows are kept in tests/e2e/pictures.
 */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { planSections, settingsParts } from '../../renderer/stores/route.ts'
import { openStore } from '../../main/store/store.ts'
import { ask } from './ask.ts'
import { settle } from './looks.ts'
import { homePage } from './pages/home-page.ts'
import { runPage } from './pages/run-page.ts'
import { surveyPage } from './pages/survey-page.ts'
import { createShell, openChromium } from './shell.ts'

const out = join(import.meta.dirname, '..', '..', 'out', 'screenshots')
const kept = join(import.meta.dirname, 'pictures')
const inReadme = ['full-survey-evidence-light-1280x800', 'rollout-failure-light-1280x800', 'rollout-summary-light-1280x800']
const sizes = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }] as const
const wide = 200

/** The page as it stands, in both themes and both sizes. */
async function picture(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await settle(page)
      await page.screenshot({ path: join(out, `${name}-${colorScheme}-${size.width}x${size.height}.png`), animations: 'disabled' })
    }
  }
  await page.setViewportSize(sizes[0])
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Goes to an address and waits until what it reads is there. */
async function goTo(page: Page, fragment: string): Promise<void> {
  await page.evaluate((hash) => { location.hash = hash }, fragment)
  await page.locator('h1, h2').first().waitFor()
  await settle(page)
  await page.getByRole('progressbar').first().waitFor({ state: 'detached' })
}

/** Every section of a plan. A section that is added to the window is pictured by itself. */
async function sectionsOf(page: Page, planId: string, name: string): Promise<void> {
  for (const section of planSections) {
    await goTo(page, `#/plans/${planId}/${section}`)
    await picture(page, `${name}-plan-${section}`)
  }
}

async function places(page: Page, name: string): Promise<void> {
  for (const place of ['', 'runs', 'audit']) {
    await goTo(page, `#/${place}`)
    await picture(page, `${name}-${place === '' ? 'home' : place}`)
  }
  for (const part of settingsParts) {
    await goTo(page, `#/settings/${part}`)
    await picture(page, `${name}-settings-${part}`)
  }
}

async function empty(page: Page): Promise<void> {
  await places(page, 'empty')
  const { planId } = await ask(page, 'plan.new', { layout: 'pilot', name: 'Osu Street Clinic' })
  await sectionsOf(page, planId, 'empty')
}

async function full(page: Page): Promise<void> {
  const { planId } = await ask(page, 'practice.make', { layout: 'enterprise', runners: wide, studios: 4, faults: ['unreachable@RUN017', 'clock-off@RUN042', 'old-os@RUN108'], speed: 1000 })
  await goTo(page, `#/plans/${planId}/survey`)
  const survey = surveyPage(page)
  await survey.start()
  await survey.done()
  // Rows out of sight are not mounted.
  await page.getByRole('button', { name: /^Block/ }).click()
  await survey.cell(/^RUN042, Clock, block$/).click()
  await picture(page, 'full-survey-evidence')
  await sectionsOf(page, planId, 'full')
}

async function rollout(page: Page): Promise<void> {
  const run = runPage(page)
  await goTo(page, '#/')
  await homePage(page).startPractice()
  const planId = /#\/plans\/([^/]+)\//.exec(page.url())?.[1] ?? ''
  const { revision } = await ask(page, 'plan.read', { planId })
  await ask(page, 'plan.lock', { planId, revision: revision?.revision ?? 1, hash: revision?.hash ?? '' })
  await page.reload()
  await goTo(page, `#/plans/${planId}/rollout`)
  await picture(page, 'rollout-not-started')
  await page.getByRole('button', { name: 'Start rollout' }).click()
  await run.strip(/^Gate Prerequisites/).waitFor()
  await page.getByRole('button', { name: 'Go to gate' }).first().click()
  await picture(page, 'rollout-gate')
  await page.getByRole('button', { name: 'Back to hosts' }).click()
  await run.openGate()
  for (const gate of [/^Gate Hub to Studio/, /^Gate Studio to Runner/]) {
    await run.strip(gate).waitFor()
    await run.openGate()
  }
  const failed = run.strip(/^Install Runner failed/)
  await page.locator('[data-tile][data-status="running"]').or(failed).first().waitFor()
  await picture(page, 'rollout-running')
  await failed.waitFor()
  await picture(page, 'rollout-failure')
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await picture(page, 'rollout-table')
  await page.getByRole('button', { name: 'Farm', exact: true }).click()
  await run.goToDecision()
  await picture(page, 'rollout-decision')
  await places(page, 'full')
  await goTo(page, '#/')
  await homePage(page).attention().getByRole('button').first().click()
  await run.goToDecision()
  await run.decide('Retry', /^Retry/)
  await run.strip(/^Gate Runner to Acceptance/).waitFor()
  await run.openGate()
  await run.finished().waitFor()
  await picture(page, 'rollout-accepted')
  await goTo(page, `#/plans/${planId}/dossier`)
  await page.getByRole('article').waitFor()
  await picture(page, 'rollout-summary')
  await goTo(page, `#/plans/${planId}/history`)
  await picture(page, 'rollout-history')
}

async function failing(page: Page): Promise<void> {
  for (const [name, fragment] of [['unknown-place', '#/nowhere'], ['unknown-plan', '#/plans/none/hosts'], ['unknown-run', '#/runs/none']] as const) {
    await goTo(page, fragment)
    await picture(page, `failing-${name}`)
  }
}

/** Makes the newest draft of a database something that no version wrote. */
function spoilDraft(file: string): void {
  const store = openStore(file)
  const body = '{}'
  store.database.run("UPDATE plan_revisions SET body = ?, hash = ? WHERE state = 'draft' AND plan_id LIKE 'osu%'", body, '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  store.close()
}

mkdirSync(out, { recursive: true })
mkdirSync(kept, { recursive: true })
const shell = createShell()
const browser = await openChromium(join(shell.folder, 'profile'))
try {
  const page = await browser.newPage()
  page.setDefaultTimeout(180_000)
  await homePage(page).open(await shell.start())
  for (const scene of [empty, full, rollout, failing]) await scene(page)
  await shell.kill()
  spoilDraft(join(shell.folder, 'rollout.db'))
  await homePage(page).open(await shell.start())
  await page.getByRole('button', { name: 'Show file' }).waitFor()
  await picture(page, 'failing-home')
  await goTo(page, '#/settings/vault')
  await shell.kill()
  await goTo(page, '#/audit')
  await page.getByRole('button', { name: 'Try again' }).waitFor()
  await picture(page, 'failing-application-gone')
  for (const name of inReadme) copyFileSync(join(out, `${name}.png`), join(kept, `${name}.png`))
  process.stdout.write(`The pictures are in ${out}; those of README.md in ${kept}\n`)
} finally {
  await browser.close()
  await shell.close()
}
