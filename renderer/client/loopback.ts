/** Owns the client over HTTP to this computer: POST /api/METHOD for calls, an event stream for a run. The session cookie is the browser's affair. */
import type { Call, MethodName } from '../../domain/contract/api.ts'
import { Frame, Reply } from '../../domain/contract/wire.ts'
import { failed, type FailureError } from '../../domain/base/failure.ts'
import { type Client, readAnswer, type Watching } from './client.ts'
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
    throw noAnswer()
  }
  if (response.status === 401 || response.status === 403) throw turnedAway()
  const body: unknown = await response.json().catch(() => undefined)
  const reply = Reply.safeParse(body)
  if (!reply.success)
    throw failed(
      'link',
      'unreadable-reply',
      `Rollout answered ${name} with status ${response.status} and something that is no reply.`,
      'Reload the page. If it happens again, look at the window Rollout was started in.',
    )
  return reply.data
}

function watch(run: string, watching: Watching): () => void {
  // Our own pauses instead of the browser's: after a break the stream must go on from what is folded by then.
  return keepTrying(watching, ({ stands, broke }) => {
    const source = new EventSource(
      `/events?${new URLSearchParams({ run, after: String(watching.lastSeq()) }).toString()}`,
    )
    source.onmessage = (message: MessageEvent<string>) => {
      const frame = Frame.parse(JSON.parse(message.data))
      stands()
      watching.onFrame(frame)
      if (frame.kind === 'gap') broke(frame.failure)
    }
    source.onerror = () => {
      broke(noAnswer().failure)
    }
    return () => {
      source.close()
    }
  })
}

function noAnswer(): FailureError {
  return failed(
    'link',
    'no-answer',
    'Rollout on this computer does not answer.',
    'It may have been closed: start it again. What runs on the hosts goes on, and nothing of the log is lost.',
    'backoff',
  )
}

function turnedAway(): FailureError {
  return failed(
    'credential',
    'not-this-session',
    'Rollout does not know this window.',
    'Open the address that Rollout printed when it was started; each start has its own.',
  )
}
