/** Shows that no window is ever handed a secret: everything that reaches one is listened to while entries are made, used and named. */
import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { pilotPlan } from '../builders/plan.ts'
import { ask } from './ask.ts'
import { overShells } from './over-shells.ts'

const secret = `canary-${randomBytes(6).toString('hex')}`
const passphrase = `opens-${randomBytes(6).toString('hex')}`
/** The ways in which a text may be carried. */
const forms = (text: string) => [
  text,
  Buffer.from(text).toString('base64').replace(/=+$/, ''),
  Buffer.from(text).toString('hex'),
  encodeURIComponent(text),
  Buffer.from(text, 'utf16le').toString('base64').replace(/=+$/, ''),
]

overShells('secrets stay out of windows', (world) => {
  it('an entry is made, listed, used by a survey and named by failures', async () => {
    const { page } = world
    const { state } = await ask(page, 'vault.state', {})
    if (state !== 'unlocked') await ask(page, 'vault.unlock', { passphrase })
    await ask(page, 'vault.set', {
      name: 'site-admin',
      entry: { kind: 'password', user: 'SITE\\admin', password: secret },
    })
    expect((await ask(page, 'vault.list', {})).entries).toEqual([{ name: 'site-admin', kind: 'password' }])
    // Every host is this machine, at a port where nothing listens: the secret is fetched, nobody takes it.
    const plan = pilotPlan()
    const document = {
      ...plan,
      defaultCredential: 'site-admin',
      hosts: plan.hosts.map((host) => ({ ...host, address: '127.0.0.1', reach: { kind: 'ssh', port: 1 } })),
    }
    const saved = await ask(page, 'plan.saveDraft', { planId: null, document, basedOn: null })
    if (!saved.ok) throw new Error(JSON.stringify(saved.problems))
    const { planId, revision } = saved.revision
    await ask(page, 'survey.start', { planId, revision })
    await expect
      .poll(async () => (await ask(page, 'survey.result', { planId, revision }))?.status, { timeout: 60_000 })
      .toBe('done')
    await expect(
      ask(page, 'vault.set', { name: 'no good name!', entry: { kind: 'secret', value: secret } }),
    ).rejects.toThrow()
    expect(await ask(page, 'plan.open', { path: `/nowhere/${secret}.json` })).toMatchObject({ ok: false })
    await expect(ask(page, 'vault.remove', { name: secret })).rejects.toThrow()
  }, 120_000)

  it('every screen that could show it is looked at', async () => {
    const { page } = world
    const { plans } = await ask(page, 'home', {})
    for (const place of [
      '#/',
      '#/settings',
      '#/runs',
      ...['hosts', 'connections', 'findings', 'review', 'survey'].map(
        (section) => `#/plans/${plans[0]?.planId ?? ''}/${section}`,
      ),
    ]) {
      await page.evaluate((to) => {
        location.hash = to
      }, place)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
    }
    await page.reload()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
  }, 60_000)

  it('nothing of it was handed to a window, shown by one, or kept by one', async () => {
    const { page } = world
    const kept = await page.evaluate(() =>
      JSON.stringify([
        document.documentElement.outerHTML,
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
        performance.getEntries().map((entry) => entry.name),
      ]),
    )
    const handed = await world.handedToWindows()
    // Proof that it was listened to.
    if (world.shell !== 'Electron') expect(handed).toContain('"name":"site-admin"')
    for (const text of [secret, passphrase])
      for (const form of forms(text)) {
        expect(handed.includes(form), `${form} was handed over`).toBe(false)
        expect(kept.includes(form), `${form} is kept`).toBe(false)
      }
  }, 60_000)
})
