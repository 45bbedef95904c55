/** Reads WWW-Authenticate: the schemes a host offers, and the token sent with one. */

export interface Offer {
  readonly scheme: string
  /** The token in base64; absent where the scheme came alone or with parameters. */
  readonly token?: string
}

/**
 * Reads all WWW-Authenticate headers of an answer (RFC 9110 section 11.6.1): each may hold several schemes, joined by
 * commas, and those may have parameters that are joined by commas too.
 */
export function offersOf(rawHeaders: readonly string[]): Offer[] {
  const values = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'www-authenticate',
  )
  return values.flatMap(outsideQuotes).flatMap((part) => {
    const [scheme = '', rest = ''] = part.split(/ +(.*)/, 2)
    // realm="..." alone is a further parameter of the scheme before it.
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(scheme)) return []
    return [/^[A-Za-z0-9+/]+={0,2}$/.test(rest) && rest !== '' ? { scheme, token: rest } : { scheme }]
  })
}

/** The first token a host sent under a scheme. */
export function tokenOf(offers: readonly Offer[], scheme: string): Buffer | undefined {
  const found = offers.find(
    (offer) => offer.token !== undefined && offer.scheme.toLowerCase() === scheme.toLowerCase(),
  )?.token
  return found === undefined ? undefined : Buffer.from(found, 'base64')
}

function outsideQuotes(value: string): string[] {
  return (value.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? []).map((part) => part.trim())
}
