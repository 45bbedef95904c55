/** Decides whether a request comes from our own page, by Host, Origin and Sec-Fetch headers. */
import type { IncomingMessage } from 'node:http'
import { refusalText } from './text.ts'

/** Why a request is refused; null when it is not. */
export type Refusal = string | null

/**
 * For every request. The Host must be the address we listen on, letter for letter: a name that somebody's DNS points
 * here (rebinding) is another Host.
 * `localhost` is another one as well: its cookies would be others.
 */
export function judgeHost(request: IncomingMessage, host: string): Refusal {
  return only(request, 'host') === host ? null : refusalText.otherHost
}

/**
 * For pages and files: an Origin that is not ours is refused, and so is whatever another site embeds, fetches or opens,
 * but for the link with a token that a person followed (`fromOutside`).
 */
export function judgePage(request: IncomingMessage, origin: string, fromOutside: boolean): Refusal {
  if (request.headers.origin !== undefined && only(request, 'origin') !== origin) return refusalText.otherSite
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'none' || site === 'same-origin') return null
  return fromOutside && request.headers['sec-fetch-mode'] === 'navigate' ? null : refusalText.otherSite
}

/**
 * For calls and streams: the Origin must be ours. A browser leaves it out when a page reads from its own server; then
 * it must say so itself.
 */
export function judgeOrigin(request: IncomingMessage, origin: string): Refusal {
  const given = request.headers.origin
  if (given !== undefined)
    return only(request, 'origin') === origin && (request.headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin'
      ? null
      : refusalText.otherSite
  return request.method === 'GET' && request.headers['sec-fetch-site'] === 'same-origin'
    ? null
    : refusalText.unknownPage
}

/** The value of a header that was sent exactly once. */
function only(request: IncomingMessage, name: string): string | undefined {
  const values = request.headersDistinct[name]
  return values?.length === 1 ? values[0] : undefined
}
