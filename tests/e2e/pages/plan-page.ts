/** Page object of a plan. */
import type { Page } from 'playwright'

const sections = {
  Hosts: 'hosts',
  'Topology map': 'map',
  'Connections & certificate': 'connections',
  Layout: 'layout',
  'Environments & Runners': 'environments',
  Installers: 'installers',
  'Rollout policy': 'policy',
  Licence: 'licence',
  Findings: 'findings',
  'Firewall matrix': 'firewall',
  'Review & lock': 'review',
  Survey: 'survey',
  Rollout: 'rollout',
  'Acceptance summary': 'dossier',
  History: 'history',
} as const
export type SectionName = keyof typeof sections

export function planPage(page: Page) {
  return {
    async section(name: SectionName): Promise<void> {
      await page.getByRole('navigation').locator(`a[href$="/${sections[name]}"]`).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
    },
    /** Waits until the last edit is stored. */
    saved: () => page.getByText(/^Saved \d/).waitFor(),
    async lock(): Promise<void> {
      await page.getByRole('button', { name: /^Lock revision/ }).click()
      await page.getByRole('button', { name: 'Go to rollout' }).waitFor()
    },
    async start(): Promise<void> {
      await page.getByRole('button', { name: 'Go to rollout' }).click()
      await page.getByRole('button', { name: 'Start rollout' }).click()
      await page.getByRole('list', { name: 'Stages' }).waitFor()
    },
    /** The row of a host in the table of hosts. */
    host: (name: string) => page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) }),
    async pasteHosts(text: string): Promise<void> {
      await page.getByRole('button', { name: 'Add hosts' }).click()
      await page.getByRole('dialog').getByRole('textbox').fill(text)
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Add \d+ host/ })
        .click()
    },
  }
}
