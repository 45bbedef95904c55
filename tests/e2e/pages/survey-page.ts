/** Page object of the survey of a plan. */
import type { Page } from 'playwright'

export function surveyPage(page: Page) {
  const cell = (name: RegExp) => page.getByRole('gridcell', { name })
  return {
    cell,
    async start(): Promise<void> {
      await page.getByRole('button', { name: /^(Start survey|Survey again)$/ }).click()
    },
    /** Waits until the survey says that it is done. */
    done: () => page.getByRole('region', { name: 'State of the survey' }).getByText('Done', { exact: true }).waitFor(),
    evidence: () => page.getByRole('complementary', { name: 'Evidence' }),
    async accept(reason: string): Promise<void> {
      const panel = page.getByRole('complementary', { name: 'Evidence' })
      await panel.getByRole('button', { name: 'Accept finding' }).first().click()
      await page.keyboard.type(reason)
      await panel.getByRole('button', { name: 'Accept finding' }).click()
      await panel.getByText(reason).waitFor()
    },
  }
}
