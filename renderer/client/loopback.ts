/**
 * The client over HTTP to this workstation: POST /api/METHOD for calls, an event stream for a run. The browser sends the
 * session cookie.
 */
import type { Call, MethodName } from '../../domain/contract/api.ts'
import { Frame, Reply } from '../../domain/contract/wire.ts'
import { type Client, readAnswer, type Watching } from './client.ts'
import { serverSilent, unknownSession, unreadableReply } from './failures.ts'
import { keepTrying } from './keep-trying.ts'

/** A client for the server that this page came from. */
export function loopbackClient(): Client {
  const call = (async (name: MethodName, input: unknown) => readAnswer(name, await post(name, input))) as Call
  return { call, watch }
}

async function post(name: string, input: unknown): Promise<Reply> {
  let response: Response
  try {
    response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      credentials: 'same-origin',
    })
  } catch {
    throw serverSilent()
  }
  if (response.status === 401 || response.status === 403) throw unknownSession()
  const body: unknown = await response.json().catch(() => undefined)
  const reply = Reply.safeParse(body)
  if (!reply.success) throw unreadableReply(name, response.status)
  return reply.data
}

function watch(run: string, watching: Watching): () => void {
  // Our own pauses instead of the browser's: after a break the stream must continue from what is folded by then.
  return keepTrying(watching, ({ works, broke }) => {
    const source = new EventSource(
      `/events?${new URLSearchParams({ run, after: String(watching.lastSeq()) }).toString()}`,
    )
    source.onmessage = (message: MessageEvent<string>) => {
      const frame = Frame.parse(JSON.parse(message.data))
      works()
      watching.onFrame(frame)
      if (frame.kind === 'gap') broke(frame.failure)
    }
    source.onerror = () => {
      broke(serverSilent().failure)
    }
    return () => {
      source.close()
    }
  })
}
