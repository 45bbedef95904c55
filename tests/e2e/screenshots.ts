/** Owns the pictures of every view: made from the real app over the practice site by one command, into out/screenshots. Run: node tests/e2e/screenshots.ts */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { settle } from './looks.ts'
import { homePage } from './pages/home-page.ts'
import { planPage } from './pages/plan-page.ts'
import { runPage } from './pages/run-page.ts'
import { createShell, openChromium } from './shell.ts'

const out = join(import.meta.dirname, '..', '..', 'out', 'screenshots')
const sizes = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }] as const

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
}

mkdirSync(out, { recursive: true })
const shell = createShell()
const browser = await openChromium(join(shell.folder, 'profile'))
try {
  const page = await browser.newPage()
  page.setDefaultTimeout(180_000)
  const home = homePage(page)
  const plan = planPage(page)
  const run = runPage(page)
  await home.open(await shell.start())
  await picture(page, '01-home-first-run')
  await home.startPractice()
  await picture(page, '02-review')
  for (const [i, section] of (['Hosts', 'Findings', 'Firewall matrix', 'Connections & certificate'] as const).entries()) {
    await plan.section(section)
    if (section !== 'Connections & certificate') await page.getByRole('main').locator('button[aria-expanded]').first().click()
    await picture(page, `0${i + 3}-${section.toLowerCase().replace(/\W+/g, '-')}`)
  }
  await plan.section('Review & lock')
  await plan.lock()
  await plan.section('Rollout')
  await picture(page, '07-rollout-not-started')
  await page.getByRole('button', { name: 'Start rollout' }).click()
  await run.strip(/^Gate Prerequisites/).waitFor()
  await page.getByRole('button', { name: 'Go to gate' }).first().click()
  await picture(page, '08-gate')
  await page.getByRole('button', { name: 'Back to hosts' }).click()
  await run.openGate()
  await page.waitForTimeout(1500)
  await picture(page, '09-rollout-running')
  await run.strip(/^Gate Hub to Studio/).waitFor()
  await run.openGate()
  await run.strip(/^Gate Studio to Runner/).waitFor()
  await run.openGate()
  await run.strip(/^Install Runner failed/).waitFor()
  await picture(page, '10-rollout-failure')
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await picture(page, '11-rollout-table')
  await page.getByRole('button', { name: 'Farm', exact: true }).click()
  await run.goToDecision()
  await picture(page, '12-decision')
  await page.goto(`${page.url().split('#')[0] ?? ''}#/`)
  await home.attention().waitFor()
  await picture(page, '13-home-full')
  await home.attention().getByRole('button').click()
  await run.goToDecision()
  await run.decide('Retry', /^Retry/)
  await run.strip(/^Gate Runner to Acceptance/).waitFor()
  await run.openGate()
  await run.finished().waitFor()
  await picture(page, '14-rollout-accepted')
  process.stdout.write(`The pictures are in ${out}\n`)
} finally {
  await browser.close()
  await shell.close()
}
