/** Shows that a survey proves a plan against its hosts, that what blocks is accepted by name until the plan can be locked, and that it is still there afterwards. */
import { expect, it } from 'vitest'
import { pilotPlan } from '../builders/plan.ts'
import { ask } from './ask.ts'
import { holdTo } from './hold-to.ts'
import { focused } from './looks.ts'
import { overShells } from './over-shells.ts'
import { firewallPage } from './pages/firewall-page.ts'
import { homePage } from './pages/home-page.ts'
import { planPage } from './pages/plan-page.ts'
import { surveyPage } from './pages/survey-page.ts'

const passphrase = 'opens the vault of the survey'

overShells('a survey', (world) => {
  const held = (view: string, page = world.page): Promise<void> =>
    holdTo(page, view, world.shell === 'the browser shell')

  it('fills the matrix, and a host without answer fills only its reach', async () => {
    const { page } = world
    await ask(page, 'practice.make', {
      layout: 'enterprise',
      runners: 3,
      studios: 1,
      faults: ['unreachable@RUN002'],
      speed: 500,
    })
    await homePage(page).openPlan('Practice enterprise')
    await planPage(page).section('Survey')
    await page.getByRole('heading', { name: 'Do the machines fit the plan?' }).waitFor()
    await held('survey, never made')
    const survey = surveyPage(page)
    await survey.start()
    await survey.done()
    await survey.cell(/^RUN002, Reach, unreachable$/).waitFor()
    await expect(survey.cell(/^RUN002, .*, unknown$/).count()).resolves.toBe(11)
    await expect(survey.cell(/^RUN001, Clock, pass$/).count()).resolves.toBe(1)
    await held('survey, done')
    // F8 goes from problem to problem, with the evidence of each beside the matrix, and round to the first again.
    const unreachable = page
      .getByRole('group', { name: 'Filter by status' })
      .getByRole('button', { name: /^Unreachable/ })
    await unreachable.click()
    const reach = page.getByRole('complementary', { name: 'Evidence' }).getByRole('heading', { name: /Reach$/ })
    await page.keyboard.press('F8')
    await reach.waitFor()
    await page.keyboard.press('Shift+F8')
    await reach.waitFor({ state: 'detached' })
    await page.keyboard.press('F8')
    await reach.waitFor()
    await page.keyboard.press('Escape')
    await unreachable.click()
  }, 120_000)

  it('proves the rows of the firewall matrix, which is filtered, read as a grid, and handed out with what was tested', async () => {
    const { page } = world
    const [matrix, survey] = [firewallPage(page), surveyPage(page)]
    await planPage(page).section('Firewall matrix')
    await matrix.filter('role', /^PostgreSQL/)
    await expect
      .poll(() => matrix.rows().allInnerTexts())
      .toEqual([expect.stringMatching(/HUB01[^]*DB01[^]*Gets through/)])
    await page.getByRole('button', { name: 'Copy CSV' }).click()
    await matrix.filter('role', /^PostgreSQL/)
    await matrix.filter('result', /^Not tested/)
    await matrix.rows().getByRole('button', { name: 'RUN002' }).click()
    await matrix.panel().getByText('RUN002 did not answer the survey').waitFor()
    await held('firewall matrix')
    await matrix.filter('result', /^Not tested/)
    await matrix.as('Grid')
    await page.getByRole('button', { name: 'HUB01 to DB01, TCP 5432: Gets through' }).click()
    await matrix
      .panel()
      .getByText(/^10\.20\.0\.20, TCP 5432 refused HUB01/)
      .waitFor()
    await holdTo(page, 'firewall grid', false)
    expect(await matrix.saveAsText()).toBe('Practice-enterprise-r1-firewall.txt')
    await planPage(page).section('Survey')
    const find = page.getByRole('textbox', { name: 'Filter hosts' })
    await find.press('Control+v')
    expect(await find.inputValue()).toMatch(/^From,From address,.*HUB01,10\.20\.0\.10,DB01,.*Gets through/)
    await find.fill('')
    // The search over everything leads to a host where the person is: to its cell.
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search/ }).fill('RUN003')
    await page.keyboard.press('Enter')
    await survey
      .evidence()
      .getByText(/^RUN003 · collected at/)
      .waitFor()
    await page.getByRole('gridcell', { name: 'RUN001, Network paths from this host, warning' }).click()
    await survey
      .evidence()
      .getByText(/^No answer yet: the rollout opens this port itself/)
      .waitFor()
  }, 60_000)

  it('holds back the lock until the finding is accepted with a name and a reason', async () => {
    const { page } = world
    const survey = surveyPage(page)
    await planPage(page).section('Review & lock')
    await page.getByRole('button', { name: /^Lock revision/ }).click()
    await page.getByRole('alert').getByText('RUN002 does not answer').first().waitFor()
    await planPage(page).section('Survey')
    await survey.cell(/^RUN002, Reach/).click()
    await survey.evidence().getByText('RUN002 does not answer').first().waitFor()
    await held('survey, evidence')
    await survey.accept('back on Monday')
    await survey.cell(/^RUN002, Reach, accepted$/).waitFor()
    await focused(survey.evidence())
    await page.keyboard.press('Escape')
    await survey.evidence().waitFor({ state: 'detached' })
    await focused(page.getByRole('grid', { name: 'Hosts and checks' }))
    await planPage(page).section('Review & lock')
    await planPage(page).lock()
  }, 90_000)

  it('is signed off by name, and prints whole: every row and host, the approvals, and nothing of the window', async () => {
    const { page } = world
    const approvals = page.getByRole('region', { name: 'Approvals' })
    const write = approvals.getByRole('button', { name: 'Record approval' })
    await write.press('Enter')
    await approvals.getByRole('button', { name: 'Cancel' }).press('Enter')
    await focused(write)
    await page.keyboard.press('Enter')
    // The field that opened has the focus already.
    await page.keyboard.type('E. Addo')
    await approvals.getByRole('combobox', { name: 'What they reviewed' }).selectOption({ label: 'Firewall matrix' })
    await approvals.getByRole('textbox', { name: /^Reason or reference/ }).fill('letter of 22 November')
    await approvals.getByRole('button', { name: 'Record approval' }).click()
    await approvals.getByText(/^Firewall matrix · .* recorded by /).waitFor()
    await focused(write)
    const takeBack = approvals.getByRole('button', { name: 'Withdraw the approval of E. Addo' })
    await takeBack.press('Enter')
    await approvals.getByRole('button', { name: 'Cancel' }).press('Enter')
    await focused(takeBack)
    await write.press('Enter')
    await page.keyboard.type('K. Boateng')
    await approvals.getByRole('textbox', { name: /^Reason or reference/ }).fill('said so in the corridor')
    await approvals.getByRole('button', { name: 'Record approval' }).press('Enter')
    await approvals.getByRole('button', { name: 'Withdraw the approval of K. Boateng' }).press('Enter')
    await page.keyboard.type('wants to read it first')
    await approvals.getByRole('button', { name: 'Withdraw approval' }).press('Enter')
    await approvals.getByText('K. Boateng', { exact: true }).waitFor({ state: 'detached' })
    await focused(write)
    await held('review, approved')
    await planPage(page).section('Rollout')
    await page.getByRole('region', { name: 'Approvals' }).getByText('E. Addo').waitFor()
    await planPage(page).section('Review & lock')
    await approvals.getByText(/^Firewall matrix · .* recorded by /).waitFor()
    const sheet = page.getByRole('main').getByRole('table').first().getByRole('row')
    const rows = await sheet.count()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page
      .getByRole('main')
      .getByRole('heading', { name: 'Sign-off sheet of Practice enterprise, revision 1' })
      .waitFor()
    expect(await sheet.count()).toBe(rows)
    await page.getByRole('main').getByText('RUN001, RUN002, RUN003', { exact: true }).first().waitFor()
    await page.getByRole('cell', { name: 'letter of 22 November' }).waitFor()
    for (const role of ['button', 'navigation', 'complementary', 'textbox'] as const)
      expect(await page.getByRole(role).count(), role).toBe(0)
    expect(await page.getByText('Draft r').or(page.getByText('Practice guide')).filter({ visible: true }).count()).toBe(
      0,
    )
    // Nothing is cut off at the height of the window, and dark text stands on white paper.
    const height = await page.getByRole('main').evaluate((main) => main.scrollHeight)
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThanOrEqual(height)
    expect(await page.getByRole('main').evaluate((main) => getComputedStyle(main).color)).toMatch(
      /^rgb\((\d|[1-5]\d), /,
    )
    await page.emulateMedia({ media: null, colorScheme: 'light' })
    // As a browser prints it: more pages than one.
    if (world.shell === 'the browser shell')
      expect((await page.pdf()).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0).toBeGreaterThan(1)
  }, 60_000)

  it('asks a chosen host again, and stays when the application is gone', async () => {
    const { page } = world
    await planPage(page).section('Survey')
    await page.getByRole('checkbox', { name: 'Select RUN002' }).check()
    const again = page.getByRole('button', { name: 'Survey 1 host again' })
    await again.click()
    await again.waitFor({ state: 'detached' })
    await surveyPage(page).done()
    // One more plan, of hosts that are reached with a secret, at a port of this machine where nothing listens.
    if ((await ask(page, 'vault.state', {})).state !== 'unlocked') await ask(page, 'vault.unlock', { passphrase })
    await ask(page, 'vault.set', {
      name: 'site-admin',
      entry: { kind: 'password', user: 'admin', password: 'long enough' },
    })
    const plan = pilotPlan({ defaultCredential: 'site-admin' })
    await ask(page, 'plan.saveDraft', {
      planId: null,
      document: {
        ...plan,
        name: 'Locked away',
        hosts: plan.hosts.map((host) => ({ ...host, address: '127.0.0.1', reach: { kind: 'ssh', port: 1 } })),
      },
    })
    await world.restart()
    await homePage(world.page).openPlan('Practice enterprise')
    await planPage(world.page).section('Survey')
    await surveyPage(world.page).done()
    await surveyPage(world.page)
      .cell(/^HUB01, Reach, pass$/)
      .waitFor()
    await planPage(world.page).section('Rollout')
    await world.page.getByRole('button', { name: 'Start rollout' }).click()
    await world.page.getByRole('list', { name: 'Stages' }).waitFor()
  }, 120_000)

  it('asks for the passphrase of the vault in its own place, and goes on once it is open', async () => {
    const { page } = world
    const locked = (await ask(page, 'vault.state', {})).state === 'locked'
    // Where the system keeps the vault there is nothing to ask for.
    expect(locked).toBe(world.shell === 'the browser shell')
    await page.getByRole('link', { name: 'Sites' }).click()
    await homePage(page).openPlan('Locked away')
    await planPage(page).section('Survey')
    await surveyPage(page).start()
    if (locked) {
      const field = page.getByLabel('Passphrase of the vault')
      await field.fill('not this one')
      await page.getByRole('button', { name: 'Unlock vault' }).click()
      await page.getByText('vault-wrong-passphrase').waitFor()
      await field.fill(passphrase)
      await page.getByRole('button', { name: 'Unlock vault' }).click()
    }
    await surveyPage(page).done()
    await surveyPage(page)
      .cell(/^RUN001, Reach, unreachable$/)
      .waitFor()
  }, 60_000)
})
