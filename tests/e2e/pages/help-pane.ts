/** What a person does in Help, by keys alone. */
import type { Page } from 'playwright'

export function helpPane(page: Page) {
  const pane = page.getByRole('complementary', { name: 'Help' })
  const field = pane.getByRole('searchbox', { name: 'Search Help' })
  return {
    pane,
    field,
    results: pane.getByRole('list', { name: 'Results' }).getByRole('button'),
    /** The page on screen, by its title. */
    article: (title: string) => pane.getByRole('region', { name: title }),
    /** Goes from region to region until the search field has the focus. */
    async goToField(): Promise<void> {
      for (let presses = 0; presses < 8; presses += 1) {
        if (await field.evaluate((element) => element === document.activeElement)) return
        await page.keyboard.press('F6')
      }
      throw new Error('F6 does not lead to the search field of Help')
    },
  }
}
