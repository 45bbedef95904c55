/** Stand-in for ipcMain, with a record of everything that it passed to pages. */
import { strict } from './strict.ts'

interface SenderFrame {
  readonly url: string
  readonly parent: object | null
}
type Handler = (
  event: { readonly sender: object; readonly senderFrame: SenderFrame | null },
  ...args: unknown[]
) => unknown

const handlers = new Map<string, Handler>()
export const handed: string[] = []

/** What a page's invoke comes to; rejects as Electron does. */
export async function invoke(
  sender: object,
  senderFrame: SenderFrame,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel)
  if (!handler)
    throw new Error(`Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`)
  try {
    const value = structuredClone(await handler({ sender, senderFrame }, ...(structuredClone(args) as unknown[])))
    if (typeof value === 'string') handed.push(value)
    return value
  } catch (thrown) {
    throw new Error(`Error invoking remote method '${channel}': ${String(thrown)}`, { cause: thrown })
  }
}

export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
})
