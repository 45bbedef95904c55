/** Asserts, in a test, what every view must satisfy. */
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { axeFindings, overflows, settle } from './looks.ts'

/** Holds a view to all of it, and says of which view a finding is. `axe` false where the same screens are asked elsewhere: it takes seconds, in both themes. */
export async function holdTo(page: Page, view: string, axe: boolean): Promise<void> {
  for (const colorScheme of axe ? (['light', 'dark'] as const) : []) {
    await page.emulateMedia({ colorScheme })
    await settle(page)
    expect.soft(await axeFindings(page), `${view}, ${colorScheme}`).toEqual([])
  }
  expect.soft(await overflows(page), view).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}
