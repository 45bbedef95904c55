/** The event stream to a window: server-sent events, no faster than the window reads them. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { EventHub } from '../../app/service/event-hub.ts'
import { safeHeaders } from '../../app/workstation/screen-headers.ts'

/** Streams a run's events after that seq until the window goes. Resolves when it has. */
export async function streamEvents(
  response: ServerResponse,
  hub: EventHub,
  runId: string,
  after: number,
): Promise<void> {
  response.writeHead(200, { ...safeHeaders, 'content-type': 'text/event-stream; charset=utf-8' })
  // A window on the same machine should see an event when it happens, not when a packet is full.
  response.socket?.setNoDelay(true)
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
  })
  const subscription = hub.subscribe(runId, after, async (frame) => {
    if (gone.signal.aborted) throw new Error('the window is gone')
    const last = frame.kind === 'events' ? frame.events.at(-1)?.seq : undefined
    const text = `${last === undefined ? '' : `id: ${last}\n`}data: ${JSON.stringify(frame)}\n\n`
    if (!response.write(text)) await once(response, 'drain', { signal: gone.signal })
  })
  gone.signal.addEventListener(
    'abort',
    () => {
      subscription.close()
    },
    { once: true },
  )
  await subscription.ended
  response.end()
}
