/** Page object of a run. */
import type { Page } from 'playwright'

export function runPage(page: Page) {
  const strip = (title: RegExp) => page.getByRole('region', { name: title })
  return {
    strip,
    tile: (host: string) => page.locator('[data-tile]').filter({ hasText: host }),
    /** The steps that are settled, as the header says. */
    async settled(): Promise<number> {
      const text = await page
        .getByText(/^\d+ of \d+$/)
        .first()
        .innerText()
      return Number(text.split(' ')[0])
    },
    /** Confirms everything the gate asks for, with a file for the first item where there is one, and opens it. */
    async openGate(evidence?: {
      readonly name: string
      readonly mimeType: string
      readonly buffer: Buffer
    }): Promise<void> {
      await strip(/^Gate .* waits for you$/)
        .getByRole('button', { name: 'Go to gate' })
        .click()
      for (const box of await page.getByRole('main').getByRole('checkbox').all()) await box.check()
      if (evidence) {
        await page.getByLabel('Evidence for item 1').setInputFiles(evidence)
        await page.getByRole('button', { name: `Remove ${evidence.name}` }).waitFor()
      }
      await page.getByRole('button', { name: /^Open gate/ }).click()
      await page.getByRole('group', { name: 'Filter by status' }).waitFor()
    },
    async goToDecision(): Promise<void> {
      await strip(/ failed on /)
        .getByRole('button', { name: /^Decide/ })
        .click()
      await page.getByRole('radiogroup', { name: 'Decision' }).waitFor()
    },
    async decide(choice: string, button: RegExp): Promise<void> {
      await page.getByRole('radio', { name: choice }).check()
      await page.getByRole('button', { name: button }).click()
      await page.getByRole('group', { name: 'Filter by status' }).waitFor()
    },
    finished: () => strip(/^Accepted/),
  }
}
