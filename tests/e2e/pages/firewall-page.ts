/** Page object of the firewall matrix. */
import type { Page } from 'playwright'

export function firewallPage(page: Page) {
  return {
    /** Lets only the paths of one choice through, or all again. */
    async filter(by: 'result' | 'role' | 'port', choice: RegExp): Promise<void> {
      await page
        .getByRole('group', { name: `Filter by ${by}` })
        .getByRole('button', { name: choice })
        .click()
    },
    /** Rows of the list that hold paths. */
    rows: () =>
      page
        .getByRole('main')
        .getByRole('row')
        .filter({ has: page.getByRole('button') }),
    async as(name: 'List' | 'Grid'): Promise<void> {
      await page.getByRole('group', { name: 'Show matrix as' }).getByRole('button', { name }).click()
    },
    /** What stands beside the matrix about the chosen paths. */
    panel: () => page.getByRole('complementary', { name: 'Path' }),
    /** The name of the file that the matrix is saved to as text. */
    async saveAsText(): Promise<string> {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as text' }).click(),
      ])
      return download.suggestedFilename()
    },
  }
}
