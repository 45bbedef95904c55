/** What a test decides about the machine that the stand-in pretends to be, and the Chromium of its windows. */
import { type Browser, type BrowserContext, chromium } from 'playwright'
import { z } from 'zod'

const Rectangle = z.strictObject({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })

export const Setting = z.strictObject({
  /** Where the Chromium is asked. */
  endpoint: z.url(),
  displays: z.array(Rectangle).default([{ x: 0, y: 0, width: 1920, height: 1040 }]),
  keyStore: z.enum(['there', 'basic-text', 'none']).default('there'),
  packaged: z.boolean().default(false),
})
export type Setting = z.infer<typeof Setting>

export const setting: Setting = Setting.parse(JSON.parse(process.env['ROLLOUT_STAND_IN'] ?? '{}'))

let browser: Browser | undefined

/** The pages' context, connected to once. */
export async function context(): Promise<BrowserContext> {
  browser ??= await chromium.connectOverCDP(setting.endpoint)
  const [first] = browser.contexts()
  if (!first) throw new Error('the Chromium has no context')
  return first
}
