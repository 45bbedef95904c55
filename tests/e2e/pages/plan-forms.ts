/** Page object of the forms of a plan: fields, and the way from a finding to the field that corrects it. */
import type { Page } from 'playwright'
import { planPage } from './plan-page.ts'

export interface HostByHand {
  readonly address: string
  readonly system: string
  readonly reach: string
  readonly credential: string
}

export interface InstallerByHand {
  readonly instructions: string
  /** The label of a field of detection, and what stands in it. */
  readonly detect: readonly [string, string]
}

export function planForms(page: Page) {
  const panel = (host: string) => page.getByRole('complementary', { name: `Host ${host}`, exact: true })
  return {
    panel,
    /** Fills a text field and leaves it. */
    async type(label: string, text: string): Promise<void> {
      const field = page.getByRole('main').getByRole('textbox', { name: label })
      await field.fill(text)
      await field.blur()
    },
    async describeHost(name: string, { address, system, reach, credential }: HostByHand): Promise<void> {
      await planPage(page).host(name).getByRole('button', { name, exact: true }).click()
      await this.typeInPanel(name, 'Address', address)
      await this.typeInPanel(name, 'Credential (vault entry)', credential)
      await panel(name)
        .getByRole('combobox', { name: /^Reached by/ })
        .selectOption({ label: reach })
      await panel(name)
        .getByRole('combobox', { name: /^System/ })
        .selectOption({ label: system })
    },
    async typeInPanel(host: string, label: string, text: string): Promise<void> {
      const field = panel(host).getByRole('textbox', { name: label })
      await field.fill(text)
      await field.blur()
    },
    /** Adds a host of that name with one component on it. */
    async addHost(name: string, component: string): Promise<void> {
      await page.getByRole('button', { name: 'New host' }).click()
      const fresh = page.getByRole('complementary', { name: /^Host HOST/ })
      const field = fresh.getByRole('textbox', { name: /^Name/ })
      await field.fill(name)
      await field.press('Enter')
      await panel(name).getByRole('checkbox', { name: component, exact: true }).check()
    },
    async installByHand(component: string, { instructions, detect: [label, text] }: InstallerByHand): Promise<void> {
      await page
        .getByRole('radiogroup', { name: new RegExp(`^How ${component} is installed`) })
        .getByRole('radio', { name: 'By hand, guided' })
        .check()
      await this.type(`Steps to install ${component}`, instructions)
      await this.type(label, text)
    },
    /** What blocks, as review shows it instead of steps. */
    blocks: () => page.getByRole('main').getByRole('article'),
    /** Follows what blocks to the field that mends it; the field has the focus then. */
    async goToFieldOf(block: RegExp): Promise<void> {
      await planPage(page).section('Review & lock')
      await page
        .getByRole('main')
        .getByRole('article', { name: block })
        .getByRole('button', { name: 'Go to the field' })
        .click()
    },
  }
}
