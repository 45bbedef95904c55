/** Page object of the topology map. */
import type { Page } from 'playwright'

export function mapPage(page: Page) {
  const canvas = page.getByRole('group', { name: /^Topology map/ })
  return {
    canvas,
    host: (name: string) => canvas.locator(`[data-map-stop="${name}"]`),
    /** The whole card of a host, with what stands on it. */
    card: (name: string) => canvas.locator(`[data-map-host="${name}"]`),
    /** Names of all hosts on it, in reading order. */
    hosts: () =>
      canvas.locator('[data-map-stop]').evaluateAll((stops) => stops.map((stop) => stop.getAttribute('data-map-stop'))),
    /** The host that has the focus. */
    focused: () => page.evaluate(() => document.activeElement?.getAttribute('data-map-stop') ?? null),
    piece: (component: string) =>
      page.getByRole('group', { name: 'Place a component' }).getByRole('button', { name: component, exact: true }),
  }
}
