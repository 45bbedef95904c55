/** What a page must never do: throw, write an error to its console, or request what the CSP refuses. */
import type { Page } from 'playwright'

export interface TroubleWatch {
  readonly trouble: readonly string[]
  readonly follow: (page: Page) => void
  /** From now on the pages that are followed may do what they like; what they did stays. */
  readonly forget: () => void
}

/** A watch that follows no page yet. */
export function createTroubleWatch(): TroubleWatch {
  const trouble: string[] = []
  let followed = { heard: true }
  return {
    trouble,
    follow(page) {
      const mine = followed
      const note = (text: string) => {
        if (mine.heard) trouble.push(text)
      }
      page.on('pageerror', (error) => {
        note(`${error.message}\n${error.stack ?? ''}`)
      })
      page.on('console', (message) => {
        if (message.type() === 'error') note(message.text())
      })
    },
    forget() {
      followed.heard = false
      followed = { heard: true }
    },
  }
}
