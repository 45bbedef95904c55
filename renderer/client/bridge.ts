/** The client over the bridge of the desktop program, and the choice between the two clients. */
import type { Call, MethodName } from '../../domain/contract/api.ts'
import type { Bridge } from '../../domain/contract/bridge.ts'
import { Frame, Reply } from '../../domain/contract/wire.ts'
import { type Client, readAnswer, type Watching } from './client.ts'
import { loopbackClient } from './loopback.ts'
import { programSilent } from './failures.ts'
import { keepTrying } from './keep-trying.ts'

declare global {
  interface Window {
    /** Only in the desktop program. */
    readonly rollout?: Bridge
  }
}

/**
 * The client of this window: over the bridge where there is one, else over HTTP to the server that the page came
 * from.
 */
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
    throw programSilent()
  })
  return Reply.parse(JSON.parse(text))
}

function watch(bridge: Bridge, run: string, watching: Watching): () => void {
  return keepTrying(watching, ({ works, broke }) => {
    const stop = bridge.onEvent(run, watching.lastSeq(), (text) => {
      if (text === null) {
        broke(programSilent().failure)
        return
      }
      const frame = Frame.parse(JSON.parse(text))
      works()
      watching.onFrame(frame)
      if (frame.kind === 'gap') broke(frame.failure)
    })
    return stop
  })
}
