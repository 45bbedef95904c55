/** Shows that what lies on this workstation is kept from the window: a secret goes in and never comes out, media are held to their hashes, the database is copied; and that colours are kept as they were chosen. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ask } from './ask.ts'
import { holdTo } from './hold-to.ts'
import { axeFindings, focused, settle } from './looks.ts'
import { overShells } from './over-shells.ts'
import { pilotPlan } from '../builders/plan.ts'

const secret = 'Correct-Horse-Battery-7'

overShells('settings', (world) => {
  const held = (view: string, page = world.page): Promise<void> =>
    holdTo(page, view, world.shell === 'the browser shell')
  const part = async (name: string): Promise<void> => {
    await world.page.getByRole('main').getByRole('link', { name }).click()
    await world.page.getByRole('heading', { level: 2, name }).waitFor()
  }

  it('takes a secret that never comes out again', async () => {
    const { page } = world
    await page.getByRole('navigation').locator('a[href$="/settings/vault"]').click()
    await page.getByRole('heading', { level: 2, name: 'Vault' }).waitFor()
    const create = page.getByRole('button', { name: 'Use this passphrase' })
    const entry = page.getByRole('button', { name: 'Add entry' })
    await create.or(entry).waitFor()
    // Where the system keeps the vault there is no passphrase to choose.
    if (await create.isVisible()) {
      await held('vault, none')
      await page.getByLabel('Passphrase', { exact: true }).fill('long and winding')
      await page.getByLabel('Repeat the passphrase').fill('long and winding')
      await create.click()
    }
    await page.getByLabel('Name, as in the plan').fill('site-admin')
    await page.getByLabel('User', { exact: true }).fill('SITE\\admin')
    await page.getByLabel('Password', { exact: true }).fill(secret)
    await entry.click()
    await page.getByRole('row', { name: /^site-admin/ }).waitFor()
    await expect(
      page
        .locator('input[type="password"]')
        .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value).filter(Boolean)),
    ).resolves.toEqual([])
    await held('vault')
    await page.reload()
    await page.getByRole('row', { name: /^site-admin/ }).waitFor()
    expect(await world.handedToWindows()).not.toContain(secret)
    const change = page.getByRole('form', { name: 'Change passphrase' })
    if (await change.isVisible()) {
      await change.getByLabel('Current passphrase').fill('a wrong guess')
      for (const label of ['New passphrase', 'Repeat the passphrase'])
        await change.getByLabel(label).fill('short and straight')
      await change.getByRole('button', { name: 'Change passphrase' }).click()
      await change.getByRole('alert').getByText('vault-wrong-passphrase').waitFor()
      await change.getByLabel('Current passphrase').fill('long and winding')
      await change.getByRole('button', { name: 'Change passphrase' }).click()
      await change.getByText(/^Passphrase changed\./).waitFor()
      await page.getByRole('row', { name: /^site-admin/ }).waitFor()
    }
    const replace = page.getByRole('button', { name: 'Replace site-admin' })
    await replace.press('Enter')
    await focused(page.getByLabel('Kind', { exact: true }))
    await page.getByRole('button', { name: 'Cancel' }).press('Enter')
    await focused(replace)
    const removeEntry = page.getByRole('button', { name: 'Remove site-admin' })
    await removeEntry.press('Enter')
    await page.getByRole('button', { name: 'Keep', exact: true }).press('Enter')
    await focused(removeEntry)
    await removeEntry.press('Enter')
    await page.getByRole('button', { name: 'Remove entry' }).press('Enter')
    await page.getByText(/^No entry yet/).waitFor()
  }, 90_000)

  it('holds media to their hashes, lists what is documented, and says what each way to a host needs', async () => {
    const { page } = world
    await part('Media')
    await page.getByText('No plan names a file yet').waitFor()
    await ask(page, 'practice.make', { layout: 'pilot', runners: 2, studios: 1, faults: [] })
    await part('Transports')
    await held('transports')
    // What a host was known by is forgotten for a reason, and the audit keeps that.
    const plan = pilotPlan()
    const saved = await ask(page, 'plan.saveDraft', {
      planId: null,
      document: {
        ...plan,
        name: 'Pinned',
        hosts: plan.hosts.map((host) => ({ ...host, reach: { kind: 'ssh', port: 22 } })),
      },
    })
    if (!saved.ok) throw new Error(JSON.stringify(saved.problems))
    const { planId, revision } = saved.revision
    const known = plan.hosts
      .slice(0, 2)
      .map(
        ({ address }) => `${address} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl`,
      )
    await ask(page, 'trust.import', { planId, revision, text: known.join('\n') })
    await page.reload()
    const address = plan.hosts[0]?.address ?? ''
    const remove = page.getByRole('button', { name: `Remove the pin of ${address} 22` })
    const find = page.getByRole('textbox', { name: 'Filter pins' })
    await find.fill(plan.hosts[1]?.address ?? '')
    await remove.waitFor({ state: 'detached' })
    await find.fill('')
    await remove.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await focused(remove)
    await page.keyboard.press('Enter')
    await page.keyboard.type('Installed anew after its disk broke.')
    await page.getByRole('button', { name: 'Remove pin' }).press('Enter')
    await remove.waitFor({ state: 'detached' })
    expect((await ask(page, 'trust.list', {})).pins.map((pin) => pin.address)).toEqual([plan.hosts[1]?.address])
    expect((await ask(page, 'audit.read', { limit: 1 })).rows[0]).toMatchObject({
      action: 'host-key.removed',
      why: 'Installed anew after its disk broke.',
    })
    await part('Media')
    await page.getByRole('row', { name: /installer hub .* Verified/ }).waitFor()
    await held('media')
    await part('Catalogue')
    await page.getByRole('cell', { name: 'ExekraHubService' }).first().waitFor()
    await held('catalogue')
    await part('Appearance')
    await held('appearance')
  }, 90_000)

  it('shows high contrast where it is chosen, whatever the system asks for, and keeps it', async () => {
    const { page } = world
    const shown = () =>
      page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(
          document.querySelector('.fui-FluentProvider') ?? document.body,
        )
        return { theme: document.documentElement.dataset['theme'], backgroundColor, color }
      })
    const contrast = { theme: 'contrast', backgroundColor: 'rgb(0, 0, 0)', color: 'rgb(255, 255, 255)' }
    await part('Appearance')
    const choice = page.getByRole('radio', { name: 'High contrast' })
    expect(await choice.isChecked()).toBe(false)
    expect((await shown()).theme).toBe('light')
    await choice.check()
    await expect.poll(shown).toEqual(contrast)
    await settle(page)
    expect.soft(await axeFindings(page)).toEqual([])
    await page.reload()
    await page.getByRole('heading', { level: 2, name: 'Appearance' }).waitFor()
    expect(await choice.isChecked()).toBe(true)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await shown()).toEqual(contrast)
    }
    const second = await world.secondWindow()
    expect(await second.evaluate(() => document.documentElement.dataset['theme'])).toBe('contrast')
    await second.close()
    await page.getByRole('radio', { name: 'Same as the system' }).check()
    await expect.poll(async () => (await shown()).theme).toBe('light')
  }, 60_000)

  it('copies the database, once', async () => {
    const { page } = world
    await part('Data')
    await page.getByLabel('Full path of the file to write').fill(join(world.folder, 'copy.db'))
    await page.getByRole('button', { name: 'Copy database' }).click()
    await page.getByRole('status').getByText('copy.db').waitFor()
    expect(existsSync(join(world.folder, 'copy.db'))).toBe(true)
    await page.getByRole('button', { name: 'Copy database' }).click()
    await page.getByRole('alert').getByText('backup-exists').waitFor()
    await held('data')
  }, 60_000)
})
