/** The forms of an HTTP answer, and reading a request body up to a limit. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reply } from '../../../domain/contract/wire.ts'
import { failed, type Failure } from '../../../domain/base/failure.ts'
import { safeHeaders } from '../../app/workstation/screen-headers.ts'

/** Answers with a short text. */
export function answerText(
  response: ServerResponse,
  status: number,
  text: string,
  more: Readonly<Record<string, string>> = {},
): void {
  send(response, status, `${text}\n`, { 'content-type': 'text/plain; charset=utf-8', ...more })
}

/** Answers a call. */
export function answerReply(response: ServerResponse, status: number, reply: Reply): void {
  send(response, status, JSON.stringify(reply), { 'content-type': 'application/json; charset=utf-8' })
}

/** Answers a call that never reached the application. */
export function refuseCall(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  hint: string,
): void {
  const failure: Failure = failed('link', code, message, hint).failure
  // What is still on its way is not read: the connection ends with the answer.
  response.setHeader('connection', 'close')
  answerReply(response, status, { ok: false, failure })
}

/** Answers with a page of our own; `head` and `body` are HTML. */
export function answerPage(
  response: ServerResponse,
  status: number,
  head: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): void {
  send(
    response,
    status,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Exekra Rollout</title>${head}</head><body>${body}</body></html>`,
    { 'content-type': 'text/html; charset=utf-8', ...more },
  )
}

function send(response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>>): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, { ...safeHeaders, ...headers, 'content-length': bytes.length })
  response.end(response.req.method === 'HEAD' ? undefined : bytes)
}

/** The body as text; undefined where it has more than `maxBytes` bytes or is no UTF-8. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    return undefined
  }
}
