/** Page object of the history of a plan. */
import type { Page } from 'playwright'

export function historyPage(page: Page) {
  return {
    /** The row of a revision in the state that it should have. */
    revision: (revision: number, state: 'Locked' | 'Draft') =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('radio', { name: `Compare from revision ${revision}`, exact: true }) })
        .filter({ hasText: state }),
    /** The table that follows says what differs between these two. */
    between: (from: number, to: number) => page.getByRole('heading', { name: `From r${from} to r${to}: ` }),
    /** The row of a field that differs. */
    change: (field: string) =>
      page.getByRole('row').filter({ has: page.getByRole('cell', { name: field, exact: true }) }),
  }
}
