/** Owns the client over the bridge of the desktop program, and which of the two clients a window has. */
import type { Call, MethodName } from '../../domain/contract/api.ts'
import type { Bridge } from '../../domain/contract/bridge.ts'
import { Frame, Reply } from '../../domain/contract/wire.ts'
import { failed, type FailureError } from '../../domain/base/failure.ts'
import { type Client, readAnswer, type Watching } from './client.ts'
import { loopbackClient } from './loopback.ts'
import { keepTrying } from './keep-trying.ts'

declare global {
  interface Window {
    /** There in the desktop program only. */
    readonly rollout?: Bridge
  }
}

/** The client of this window: over the bridge where there is one, else over HTTP to the server that the page came from. */
export function clientOfWindow(): Client {
  return window.rollout ? bridgeClient(window.rollout) : loopbackClient()
}

/** A client over that bridge. */
export function bridgeClient(bridge: Bridge): Client {
  const call = (async (name: MethodName, input: unknown) => readAnswer(name, await ask(bridge, name, input))) as Call
  return { call, watch: (run, watching) => watch(bridge, run, watching) }
}

async function ask(bridge: Bridge, name: string, input: unknown): Promise<Reply> {
  const text = await bridge.call(name, JSON.stringify(input)).catch(() => {
    throw noAnswer()
  })
  return Reply.parse(JSON.parse(text))
}

function watch(bridge: Bridge, run: string, watching: Watching): () => void {
  return keepTrying(watching, ({ stands, broke }) => {
    const stop = bridge.onEvent(run, watching.lastSeq(), (text) => {
      if (text === null) {
        broke(noAnswer().failure)
        return
      }
      const frame = Frame.parse(JSON.parse(text))
      stands()
      watching.onFrame(frame)
      if (frame.kind === 'gap') broke(frame.failure)
    })
    return stop
  })
}

function noAnswer(): FailureError {
  return failed(
    'link',
    'no-answer',
    'Rollout does not answer this window.',
    'Reload the window, or start Rollout again. What runs on the hosts goes on, and nothing of the log is lost.',
    'backoff',
  )
}
