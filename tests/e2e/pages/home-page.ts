/** Page object of home. */
import type { Page } from 'playwright'

export function homePage(page: Page) {
  return {
    async open(link: string): Promise<void> {
      await page.goto(link)
      await this.isShown()
    },
    isShown: () => page.getByRole('main').getByRole('heading', { level: 1 }).waitFor(),
    /** Makes the practice site; afterwards its review is on screen. */
    async startPractice(): Promise<void> {
      await page.getByRole('button', { name: 'Start practice' }).click()
      await page.getByRole('heading', { level: 1, name: 'Review & lock' }).waitFor()
    },
    /** Brings a plan document by the file chooser. */
    async importPlan(text: string): Promise<void> {
      await page
        .getByLabel('Plan file')
        .setInputFiles({ name: 'site.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    },
    async newPlan(name: string, layout: 'Small team' | 'Enterprise'): Promise<void> {
      await page.getByRole('button', { name: 'New plan' }).click()
      await page.getByRole('dialog').getByLabel('Name').fill(name)
      await page.getByRole('dialog').getByRole('radio', { name: layout }).check()
      await page.getByRole('button', { name: 'Create plan' }).click()
      await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor()
    },
    /** Opens a plan of the list. */
    async openPlan(name: string): Promise<void> {
      await page
        .getByRole('link', { name: new RegExp(name) })
        .first()
        .click()
      await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor()
    },
    attention: () => page.getByRole('list', { name: 'Needs you' }),
  }
}
