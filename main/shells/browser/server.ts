/** The server of the browser shell: on 127.0.0.1 only, for our own pages with a session cookie. */
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { AppService } from '../../app/service/app-service.ts'
import { maxBody, type Dispatch } from '../../app/service/dispatch.ts'
import type { ServedFile } from '../../app/workstation/screen-files.ts'
import { safeHeaders } from '../../app/workstation/screen-headers.ts'
import { answerPage, answerReply, answerText, readBody, refuseCall } from './answer.ts'
import { judgeHost, judgeOrigin, judgePage } from './guard.ts'
import { createSessions } from './logins.ts'
import { streamEvents } from './stream.ts'
import { refusalText, strangerPage } from './text.ts'

export interface BrowserServerOptions {
  readonly hub: AppService['hub']
  readonly dispatch: Dispatch
  readonly files: ReadonlyMap<string, ServedFile>
  /** Bytes of a call's body; what dispatch takes unless given. */
  readonly maxBytes?: number
}

export interface BrowserServer {
  /** http://127.0.0.1:PORT */
  readonly origin: string
  /** A link that opens one window, once. */
  newLink(): string
  /** Ends every stream and connection. */
  close(): Promise<void>
}

const mostStreams = 64

/** Listens on a free port of 127.0.0.1. */
export async function serveBrowser({
  hub,
  dispatch,
  files,
  maxBytes = maxBody,
}: BrowserServerOptions): Promise<BrowserServer> {
  const server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    response.on('error', () => undefined)
    route(request, response).catch(() => {
      // A window that went away in the middle of an answer is no error of ours.
      if (response.headersSent) response.destroy()
      else answerText(response, 500, refusalText.unexpectedError)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const host = `127.0.0.1:${address.port}`
  const origin = `http://${host}`
  const sessions = createSessions(address.port)
  let streams = 0

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2)
    const refusal = judgeHost(request, host)
    if (refusal !== null) return answerText(response, 403, refusal)
    if (path.startsWith('/api/')) return call(request, response, path.slice('/api/'.length))
    if (path === '/events') return events(request, response, new URLSearchParams(query))
    return page(request, response, path, new URLSearchParams(query))
  }

  async function call(request: IncomingMessage, response: ServerResponse, method: string): Promise<void> {
    const reload = refusalText.openLink
    if (request.method !== 'POST') return refuseCall(response, 405, 'not-a-call', refusalText.notAPost, reload)
    const refusal = judgeOrigin(request, origin)
    if (refusal !== null) return refuseCall(response, 403, 'foreign', refusal, reload)
    if (!sessions.knows(request)) return refuseCall(response, 401, 'no-session', refusalText.noSession, reload)
    if (!/^application\/json(; *charset=utf-8)?$/i.test(request.headers['content-type'] ?? ''))
      return refuseCall(response, 415, 'not-json', refusalText.notJson, reload)
    const body = await readBody(request, maxBytes)
    if (body === undefined)
      return refuseCall(response, 413, 'too-large', refusalText.tooLarge(maxBytes), refusalText.sendLess)
    return answerReply(response, 200, await dispatch(method, body))
  }

  async function events(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    if (request.method !== 'GET') return answerText(response, 405, refusalText.notAGet, { allow: 'GET' })
    const refusal = judgeOrigin(request, origin)
    if (refusal !== null) return answerText(response, 403, refusal)
    if (!sessions.knows(request)) return answerText(response, 401, refusalText.noSession)
    const run = query.get('run') ?? ''
    // A browser that reconnects by itself says what it had last.
    const after = Number(request.headers['last-event-id'] ?? query.get('after') ?? 0)
    if (run === '' || run.length > 200 || !Number.isSafeInteger(after) || after < 0)
      return answerText(response, 400, refusalText.badStream)
    if (streams >= mostStreams) return answerText(response, 503, refusalText.tooManyStreams)
    streams++
    try {
      await streamEvents(response, hub, run, after)
    } finally {
      streams--
    }
  }

  async function page(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answerText(response, 405, refusalText.readOnlyPage, { allow: 'GET, HEAD' })
    const token = path === '/' && request.method === 'GET' ? query.get('token') : null
    const refusal = judgePage(request, origin, token !== null)
    if (refusal !== null) return answerText(response, 403, refusal)
    if (token !== null) return enter(request, response, token)
    if (!sessions.knows(request)) return stranger(response)
    const file = files.get(path)
    if (!file) return answerText(response, 404, refusalText.noFile)
    response.writeHead(200, {
      ...safeHeaders,
      'content-type': file.type,
      'content-length': file.size,
      ...(file.hashed ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}),
    })
    if (request.method === 'HEAD') return void response.end()
    return pipeline(createReadStream(file.path), response)
  }

  function enter(request: IncomingMessage, response: ServerResponse, token: string): void {
    const cookie = sessions.exchange(token)
    if (cookie === undefined && !sessions.knows(request)) return stranger(response)
    // Not a redirect: after a link from elsewhere a strict cookie would not be sent along with one.
    answerPage(
      response,
      200,
      '<meta http-equiv="refresh" content="0;url=/"><link rel="icon" href="/icon.svg">',
      '<p><a href="/">Exekra Rollout</a></p>',
      cookie === undefined ? {} : { 'set-cookie': cookie },
    )
  }

  function stranger(response: ServerResponse): void {
    answerPage(response, 401, '', `<h1>${strangerPage.title}</h1><p>${strangerPage.text}</p>`)
  }

  return {
    origin,
    newLink: () => `${origin}/?token=${sessions.newToken()}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
