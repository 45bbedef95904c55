/** The channels of the windows: the sender is checked first, then calls go to dispatch and streams to the hub. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { channels } from '../../../domain/contract/bridge.ts'
import type { Dispatch } from '../../app/service/dispatch.ts'
import type { EventHub } from '../../app/service/event-hub.ts'
import { isOurs } from './origin.ts'
import { pullEvents, type PulledStream } from './pull.ts'

const mostStreams = 64

/** Registers the channels. A refused call rejects in the page that made it and never reaches the application. */
export function answerWindows({ hub, dispatch }: { readonly hub: EventHub; readonly dispatch: Dispatch }): void {
  const streams = new Map<WebContents, Map<number, PulledStream>>()

  ipcMain.handle(channels.call, async (event, method: unknown, body: unknown) => {
    judge(event)
    if (typeof method !== 'string' || typeof body !== 'string') throw new Error('A call is a name and a text.')
    return JSON.stringify(await dispatch(method, body))
  })
  ipcMain.handle(channels.watch, (event, stream: unknown, run: unknown, after: unknown) => {
    judge(event)
    const pulled = streamsOf(event.sender)
    if (!isPlace(stream) || typeof run !== 'string' || run === '' || run.length > 200 || !isPlace(after))
      throw new Error('A stream needs a number, a run and after.')
    if (pulled.size >= mostStreams) throw new Error('Too many streams are open.')
    pulled.get(stream)?.close()
    pulled.set(stream, pullEvents(hub, run, after))
  })
  ipcMain.handle(channels.next, async (event, stream: unknown) => {
    judge(event)
    const pulled = streamsOf(event.sender)
    const frame = isPlace(stream) ? await pulled.get(stream)?.next() : undefined
    if (frame === undefined || frame === null) {
      pulled.delete(stream as number)
      return null
    }
    return frame
  })
  ipcMain.handle(channels.unwatch, (event, stream: unknown) => {
    judge(event)
    const pulled = streamsOf(event.sender)
    if (!isPlace(stream)) return
    pulled.get(stream)?.close()
    pulled.delete(stream)
  })

  function streamsOf(page: WebContents): Map<number, PulledStream> {
    const known = streams.get(page)
    if (known) return known
    const pulled = new Map<number, PulledStream>()
    streams.set(page, pulled)
    const close = (): void => {
      for (const stream of pulled.values()) stream.close()
      pulled.clear()
    }
    // A page that reloads, crashes or goes does not say so itself.
    page.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) close()
    })
    page.on('render-process-gone', close)
    page.once('destroyed', () => {
      close()
      streams.delete(page)
    })
    return pulled
  }
}

/** Only the main frame of a page of ours may ask. */
function judge({ senderFrame }: IpcMainInvokeEvent): void {
  if (senderFrame?.parent !== null || !isOurs(senderFrame.url)) throw new Error('Rollout does not know this page.')
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
