/** Logins of the browser shell: a token that works once, exchanged for a session. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Sessions {
  /** A token for one link. */
  newToken(): string
  /**
   * Exchanges a token for the header that sets the session's cookie; undefined where it never was one, or is not any
   * more.
   */
  exchange(token: string): string | undefined
  /** True where the request carries the cookie of a session. */
  knows(request: IncomingMessage): boolean
}

// An open link is of no use to anybody later than this.
const tokenLifeMs = 10 * 60_000

/**
 * The sessions of one server; `port` names the cookie, since browsers keep cookies by address and not by port. `now` in
 * milliseconds.
 */
export function createSessions(port: number, now: () => number = Date.now): Sessions {
  const cookie = `rollout-${port}`
  const tokens = new Map<string, number>()
  const sessions = new Set<string>()
  return {
    newToken() {
      const token = randomBytes(32).toString('base64url')
      tokens.set(digest(token), now() + tokenLifeMs)
      return token
    },
    exchange(token) {
      const found = find(tokens.keys(), token)
      if (found === undefined) return undefined
      const until = tokens.get(found) ?? 0
      tokens.delete(found)
      if (now() > until) return undefined
      const session = randomBytes(32).toString('base64url')
      sessions.add(digest(session))
      return `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    knows(request) {
      const sent = (request.headers.cookie ?? '').split(';').flatMap((pair) => {
        const [name, ...value] = pair.trim().split('=')
        return name === cookie ? [value.join('=')] : []
      })
      // Two of one name: somebody else set one of them, and we cannot tell which.
      return sent.length === 1 && find(sessions, sent[0] ?? '') !== undefined
    },
  }
}

// Only digests are kept and compared, in equal time: neither memory nor time tells what was right.
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function find(known: Iterable<string>, text: string): string | undefined {
  const wanted = Buffer.from(digest(text))
  let found: string | undefined
  for (const token of known) if (timingSafeEqual(Buffer.from(token), wanted)) found = token
  return found
}
