/** Maps app: addresses to https: ones, which no network sees: Chromium without Electron loads no app: pages. */
const ours = 'app://rollout/'
const shown = 'https://rollout.invalid/'

/** The address in Chromium of what the program calls so. */
export function toChromium(address: string): string {
  return address.startsWith(ours) ? shown + address.slice(ours.length) : address
}

/** What the program would call the address in Chromium. */
export function fromChromium(address: string): string {
  return address.replace(
    /^(blob:)?https:\/\/rollout\.invalid\//,
    (_whole, blob: string | undefined) => `${blob ?? ''}${ours}`,
  )
}
