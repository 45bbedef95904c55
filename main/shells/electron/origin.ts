/** The address of our own pages: a private scheme, so that a page is neither a file nor on a server. */
export const scheme = 'app'
export const home = `${scheme}://rollout/`

/** True for an address of our own pages. */
export function isOurs(address: string): boolean {
  return address.startsWith(home)
}
