/** Page object of the dialog that adds many hosts at once. */
import type { Page } from 'playwright'

export function importDialog(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Add hosts' })
  return {
    dialog,
    async open(): Promise<void> {
      await page.getByRole('button', { name: 'Add hosts' }).click()
      await dialog.waitFor()
    },
    /** Brings a file by the file chooser. */
    async bring(name: string, text: string): Promise<void> {
      await dialog.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    },
    /** The row of the preview that holds this text. */
    row: (text: string) => dialog.getByRole('region', { name: 'Preview' }).getByRole('row').filter({ hasText: text }),
    async add(count: number): Promise<void> {
      await dialog.getByRole('button', { name: `Add ${count} hosts`, exact: true }).click()
      await dialog.waitFor({ state: 'hidden' })
    },
  }
}

/** Drops a file onto the table of hosts, as from a folder of the desktop. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const carried = new DataTransfer()
      carried.items.add(new File([content], fileName, { type: 'text/csv' }))
      return carried
    },
    [name, text] as const,
  )
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer })
}
