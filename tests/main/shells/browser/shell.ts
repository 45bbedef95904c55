/**
 * A browser shell for tests: real service, dispatch and server over its own folder, and a client that obeys the test.
 */
import { once } from 'node:events'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Call } from '../../../../domain/contract/api.ts'
import { Frame, Reply, valueOf } from '../../../../domain/contract/wire.ts'
import { createAppService, type AppService } from '../../../../main/app/service/app-service.ts'
import { createDispatch } from '../../../../main/app/service/dispatch.ts'
import { windowVault } from '../../../../main/app/service/vault.ts'
import { filesIn } from '../../../../main/app/workstation/screen-files.ts'
import { serveBrowser, type BrowserServer } from '../../../../main/shells/browser/server.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Ask {
  readonly method?: string
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
  /** Leaves out the headers that a browser would add by itself. */
  readonly bare?: boolean
}

export interface Shell {
  readonly dir: string
  readonly service: AppService
  readonly server: BrowserServer
  readonly ask: (ask: Ask) => Promise<Answer>
  /** Follows a link and returns the cookie it is exchanged for. */
  readonly enter: () => Promise<string>
  readonly callWith: (cookie: string) => Call
  /** Reads the stream of a run until `until` says so, or the stream ends. */
  readonly watch: (cookie: string, run: string, after: number, until: (frame: Frame) => boolean) => Promise<Frame[]>
  readonly close: () => Promise<void>
}

/** A shell of its own. With `dir`, the database of an earlier one is opened again. */
export async function openShell(dir = mkdtempSync(join(tmpdir(), 'shell-'))): Promise<Shell> {
  const screens = join(dir, 'screens')
  mkdirSync(join(screens, 'assets'), { recursive: true })
  writeFileSync(join(screens, 'index.html'), '<!doctype html><title>Exekra Rollout</title>')
  writeFileSync(join(screens, 'assets', 'main-abc123.js'), 'export {}')
  writeFileSync(join(dir, 'outside.js'), 'must not be served')
  const service = createAppService({
    dbFile: join(dir, 'rollout.db'),
    by: 'anna@ws',
    vault: windowVault(join(dir, 'vault.json')),
    dataFolder: join(dir, 'data'),
    version: '0',
    pollMs: 20,
  })
  const dispatch = createDispatch({ api: service.api, redact: service.redact })
  const server = await serveBrowser({ hub: service.hub, dispatch, files: filesIn(screens), maxBytes: 1 << 20 })

  async function ask({ method = 'GET', path, headers = {}, body, bare = false }: Ask): Promise<Answer> {
    const { port } = new URL(server.origin)
    const usual: OutgoingHttpHeaders = bare
      ? {}
      : {
          'sec-fetch-site': 'same-origin',
          ...(method === 'POST' ? { origin: server.origin, 'content-type': 'application/json' } : {}),
        }
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...usual, ...headers },
      setHost: headers['host'] === undefined,
      agent: false,
    })
    // The server may end the connection before a huge body is through: the answer counts.
    request.on('error', () => undefined)
    request.end(body)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const chunks: Buffer[] = []
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }
  }

  const callWith = (cookie: string) =>
    (async (name: string, input: unknown) => {
      const { status, body } = await ask({
        method: 'POST',
        path: `/api/${name}`,
        headers: { cookie },
        body: JSON.stringify(input),
      })
      if (status !== 200) throw new Error(`status ${status}: ${body}`)
      return valueOf(Reply.parse(JSON.parse(body)))
    }) as Call

  async function watch(cookie: string, run: string, after: number, until: (frame: Frame) => boolean): Promise<Frame[]> {
    const response = await fetch(`${server.origin}/events?run=${run}&after=${after}`, {
      headers: { cookie, 'sec-fetch-site': 'same-origin', origin: server.origin },
    })
    if (response.status !== 200 || !response.body) throw new Error(`status ${response.status}`)
    const frames: Frame[] = []
    let text = ''
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        const frame = Frame.parse(
          JSON.parse(
            message
              .split('\n')
              .find((line) => line.startsWith('data: '))
              ?.slice(6) ?? '',
          ),
        )
        frames.push(frame)
        if (until(frame)) return frames
      }
    }
    return frames
  }

  return {
    dir,
    service,
    server,
    ask,
    callWith,
    watch,
    async enter() {
      const link = new URL(server.newLink())
      const { headers } = await ask({ path: `${link.pathname}${link.search}`, headers: { 'sec-fetch-site': 'none' } })
      return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    },
    async close() {
      await service.close()
      await server.close()
    },
  }
}

/** Removes the folder of a shell that is closed. */
export function removeShell({ dir }: Shell): void {
  rmSync(dir, { recursive: true, force: true })
}
