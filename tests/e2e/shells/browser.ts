/** The browser shell for flows: its process, and a Chromium that opens its link. */
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright'
import { createShell, openChromium } from '../shell.ts'
import type { ShellUnderTest } from './shell-under-test.ts'

export const browserShell: ShellUnderTest = {
  name: 'the browser shell',
  lacks: null,
  async open({ folder, window: options, onPage }) {
    const shell = createShell(folder)
    const link = await shell.start()
    const chromium = await openChromium(join(folder, 'profile'), options)
    const handed: string[] = []
    const window = async (address: string): Promise<Page> => {
      const page = await chromium.newPage()
      onPage(page)
      await listen(chromium, page, handed)
      await page.goto(address)
      return page
    }
    return {
      kill: shell.kill,
      page: await window(link),
      // The cookie opens every further window of this browser.
      window: () => window(new URL('/', link).href),
      handed: async () => handed.join('\n'),
      async close() {
        await chromium.close()
        await shell.kill()
      },
    }
  },
}

/** Keeps the replies and frames that reach a page: seen below the page, where nothing of it can hide them. */
async function listen(chromium: BrowserContext, page: Page, handed: string[]): Promise<void> {
  const session: CDPSession = await chromium.newCDPSession(page)
  await session.send('Network.enable')
  const calls = new Set<string>()
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (new URL(response.url).pathname.startsWith('/api/')) calls.add(requestId)
  })
  session.on('Network.eventSourceMessageReceived', ({ data }) => {
    handed.push(data)
  })
  session.on('Network.loadingFinished', ({ requestId }) => {
    if (!calls.delete(requestId)) return
    // A page that reloads takes the bodies of its last answers with it; nothing of the page has read them then.
    void session.send('Network.getResponseBody', { requestId }).then(
      ({ body, base64Encoded }) => {
        handed.push(base64Encoded ? Buffer.from(body, 'base64').toString() : body)
      },
      () => undefined,
    )
  })
}
