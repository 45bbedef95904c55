/** Shows the ways a plan is made and made again, by what a person does alone: a locked plan becomes the next revision, hosts come by CSV, a pilot is made by forms until it can be locked. Rung 1. */
import { expect, it } from 'vitest'
import { axeFindings, focused, settle } from './looks.ts'
import { holdTo } from './hold-to.ts'
import { overShells } from './over-shells.ts'
import { historyPage } from './pages/history-page.ts'
import { homePage } from './pages/home-page.ts'
import { dropFile, importDialog } from './pages/import-dialog.ts'
import { planForms } from './pages/plan-forms.ts'
import { planPage } from './pages/plan-page.ts'

overShells('the next revision of a locked plan', (world) => {
  it('is a draft beside the locked one', async () => {
    const { page } = world
    await homePage(page).startPractice()
    await planPage(page).lock()
    await planPage(page).section('Rollout policy')
    const pace = page.getByRole('textbox', { name: /^Hosts at a time(?! in)/ })
    expect(await pace.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Edit as draft r2' }).click()
    await pace.fill('7')
    await pace.press('Enter')
    await page.getByText('Draft r2', { exact: true }).waitFor()
    await planPage(page).saved()
    await planPage(page).section('History')
    await historyPage(page).revision(1, 'Locked').waitFor()
    await historyPage(page).revision(2, 'Draft').waitFor()
  }, 60_000)

  it('is locked by itself, and history says what differs', async () => {
    const { page } = world
    await planPage(page).section('Review & lock')
    await planPage(page).lock()
    await page.getByText('Locked r2', { exact: true }).waitFor()
    await planPage(page).section('History')
    await historyPage(page).revision(1, 'Locked').waitFor()
    await historyPage(page).revision(2, 'Locked').waitFor()
    await historyPage(page).between(1, 2).getByText('1 difference').waitFor()
    const change = historyPage(page).change('Hosts at a time')
    expect(await change.getByRole('deletion').innerText()).not.toBe('7')
    expect(await change.getByRole('insertion').innerText()).toBe('7')
  }, 60_000)
})

overShells('the hosts of an enterprise plan by CSV', (world) => {
  const named = Array.from({ length: 60 }, (_, i) => `PRD${String(i + 1).padStart(3, '0')}`)
  const csv = [
    'Name;Address;System;Network;Environment;Components;Reach',
    ...named.map((name, i) => `${name};10.30.1.${i + 1};windows-server-2022;Plant;Production;Runner;winrm`),
    'BAD001;10.30.1.99;windows-95;Plant;Production;Runner;winrm',
  ].join('\r\n')

  it('are previewed with the invalid row, which is skipped', async () => {
    const { page } = world
    await homePage(page).newPlan('Kumasi', 'Enterprise')
    await page.getByText('7 hosts', { exact: true }).waitFor()
    const dialog = importDialog(page)
    await dialog.open()
    await dialog.bring('hosts.csv', csv)
    await dialog.dialog.getByText('61 rows, 60 new, 1 invalid and skipped.').waitFor()
    await dialog.dialog.getByRole('checkbox', { name: 'Only the 1 row with problems' }).check()
    await dialog.row('BAD001').getByText('windows-95 is not one of').waitFor()
    expect(await dialog.row('PRD').count()).toBe(0)
    await settle(page)
    expect(await axeFindings(page)).toEqual([])
    await dialog.add(60)
    await page.getByText('67 hosts', { exact: true }).waitFor()
  }, 60_000)

  it('stand in the table with what the list says of them', async () => {
    const { page } = world
    await page.getByRole('textbox', { name: 'Filter hosts' }).fill('PRD060')
    await page.getByText('1 of 67 hosts', { exact: true }).waitFor()
    const last = planPage(page).host('PRD060')
    for (const cell of ['10.30.1.60', 'Windows Server 2022', 'Runner', 'Production', 'Plant'])
      await last.getByRole('cell', { name: cell, exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Filter hosts' }).fill('BAD001')
    await page.getByText('No host matches “BAD001”.').waitFor()
    await page.getByRole('textbox', { name: 'Filter hosts' }).fill('')
  }, 60_000)

  it('go by one undo and come back by one redo, also in what is stored', async () => {
    const { page } = world
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('7 hosts', { exact: true }).waitFor()
    expect(await planPage(page).host('PRD001').count()).toBe(0)
    await page.getByRole('button', { name: 'Redo' }).click()
    await page.getByText('67 hosts', { exact: true }).waitFor()
    await planPage(page).saved()
    await page.reload()
    await page.getByText('67 hosts', { exact: true }).waitFor()
  }, 60_000)

  it('are changed several at once, written out as CSV, and more of them are dropped onto the table', async () => {
    const { page } = world
    const find = page.getByRole('textbox', { name: 'Filter hosts' })
    await find.fill('PRD00')
    await page.getByRole('checkbox', { name: 'Select all hosts' }).check()
    await page.getByRole('button', { name: 'Edit 9 hosts' }).click()
    const panel = page.getByRole('complementary', { name: 'Edit 9 hosts' })
    await panel.getByRole('textbox', { name: 'Network' }).fill('Dock')
    await panel.getByRole('combobox', { name: 'System' }).selectOption({ label: 'Windows 11 Pro' })
    await panel.getByRole('button', { name: 'Apply to 9 hosts' }).click()
    await find.fill('Dock')
    await page.getByText('9 of 67 hosts selected', { exact: true }).waitFor()
    for (const cell of ['Dock', 'Windows 11 Pro', 'Production'])
      expect(await page.getByRole('cell', { name: cell, exact: true }).count()).toBe(9)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('Kumasi-hosts.csv')
    await dropFile(page, 'more.csv', 'Name,Address,Components\nPRD061,10.30.1.61,Runner\nPRD062,10.30.1.62,Runner\n')
    await importDialog(page).row('PRD062').waitFor()
    await importDialog(page).add(2)
    await find.fill('PRD06')
    // PRD060 was there before.
    await page.getByText(/^9 of 69 hosts selected$/).waitFor()
    await planPage(page).host('PRD062').getByRole('cell', { name: '10.30.1.62', exact: true }).waitFor()
    // On the screen only the rows in sight are there, on paper all of them.
    await find.fill('')
    await page.getByText(/of 69 hosts selected$/).waitFor()
    const names = page.getByRole('main').getByRole('button', { name: /^(PRD|HUB|STU|RUN|BAD)/ })
    const screen = await names.count()
    // The window lays the page out as soon as the event is over.
    const paper = await page.evaluate(() => {
      dispatchEvent(new Event('beforeprint'))
      return document.querySelectorAll('main tbody tr[data-index]').length
    })
    expect([screen < 69, paper]).toEqual([true, 69])
    await page.evaluate(() => {
      dispatchEvent(new Event('afterprint'))
    })
    await expect.poll(() => names.count()).toBe(screen)
  }, 60_000)

  it('have findings that are one row where many are alike, opened by hand and by F8', async () => {
    const { page } = world
    await planPage(page).section('Findings')
    const main = page.getByRole('main')
    const alike = main.getByRole('button', { name: /And 6 more like it$/ })
    const one = main.getByRole('button', { name: /^RUN003 still has the sample address run003\.site\.example/ })
    await alike.waitFor()
    expect(await one.count()).toBe(0)
    await alike.click()
    await one.click()
    await page.getByRole('complementary', { name: 'Finding' }).getByText('Enter the real address of RUN003.').waitFor()
    await holdTo(page, 'findings, a group opened', world.shell === 'the browser shell')
    await page.getByRole('button', { name: 'Close panel' }).press('Enter')
    await focused(one)
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Finding' }).waitFor()
    await main.getByRole('button', { name: '7 hosts, one by one' }).click()
    await page.getByRole('complementary', { name: 'Finding' }).waitFor({ state: 'detached' })
    expect(await one.count()).toBe(0)
    // Three findings are before it; the fourth problem lies in the group.
    for (let n = 0; n < 4; n++) await page.keyboard.press('F8')
    await main.getByRole('button', { name: /^DB01 still has the sample address/, expanded: true }).waitFor()
  }, 60_000)
})

overShells('a pilot made by hand', (world) => {
  const hosts = {
    HUB01: 'Windows Server 2022',
    STUDIO01: 'Windows 11 Pro',
    RUN001: 'Windows 11 Pro',
    RUN002: 'Windows 11 Enterprise',
    RUN003: 'Windows 11 Enterprise',
  }
  const blocksLeft = async (count: number): Promise<void> => {
    await planPage(world.page).section('Review & lock')
    await expect.poll(() => planForms(world.page).blocks().count(), { timeout: 15_000 }).toBe(count)
  }

  it('begins with what only its owner knows left open, and cannot be locked', async () => {
    const { page } = world
    await homePage(page).newPlan('Tema', 'Small team')
    await planPage(page).section('Review & lock')
    await page.getByRole('heading', { name: 'There are no steps yet' }).waitFor()
    // Four hosts and the Hub have no address yet; Hub, Studio and Runner have no installer.
    await blocksLeft(8)
    expect(await page.getByRole('button', { name: /^Lock revision/ }).count()).toBe(0)
  }, 60_000)

  it('takes one more host, and of each host where it is, what it is and how it is reached', async () => {
    const { page } = world
    await planPage(page).section('Hosts')
    await planForms(page).addHost('RUN003', 'Runner')
    for (const [i, [name, system]] of Object.entries(hosts).entries())
      await planForms(page).describeHost(name, {
        address: `10.40.1.${i + 1}`,
        system,
        reach: 'WinRM',
        credential: 'plant-admin',
      })
    const row = planPage(page).host('RUN003')
    for (const cell of ['10.40.1.5', 'Windows 11 Enterprise', 'Runner'])
      await row.getByRole('cell', { name: cell, exact: true }).waitFor()
    // What a way to sign in wants, and where it does not go, stands beside it.
    const panel = planForms(page).panel('RUN003')
    const signsIn = panel.getByRole('combobox', { name: /^Sign-in method/ })
    await signsIn.selectOption({ label: 'Kerberos' })
    await panel.getByText(/Requires the package kerberos .* channel binding refuses this sign-in/).waitFor()
    await signsIn.selectOption({ label: 'NTLM' })
    await panel.getByRole('button', { name: 'Close panel' }).press('Enter')
    await focused(row.getByRole('button', { name: 'RUN003', exact: true }))
    await blocksLeft(4)
  }, 60_000)

  it('says where the Hub and its database are, and whose certificate it shows', async () => {
    const { page } = world
    const forms = planForms(page)
    await forms.goToFieldOf(/The Hub still has the sample address/)
    const address = page.getByRole('textbox', { name: 'Address that Studio and Runner use' })
    await expect.poll(() => address.evaluate((field) => field === document.activeElement)).toBe(true)
    await forms.type('Address that Studio and Runner use', '10.40.1.1')
    await page
      .getByRole('radiogroup', { name: /^Where PostgreSQL runs/ })
      .getByRole('radio', { name: 'On a host of this plan' })
      .check()
    await forms.type('Major version of PostgreSQL', '16')
    // A pilot begins with the one; the other is chosen and given up.
    await page.getByRole('radio', { name: 'A certificate of your organisation' }).check()
    await page.getByRole('textbox', { name: /^SHA-256 of the Hub's certificate/ }).waitFor()
    await page.getByRole('radio', { name: 'Self-signed by the installer, for a pilot only' }).check()
    await blocksLeft(3)
  }, 60_000)

  it('is installed by hand: each component as its block leads to it', async () => {
    const { page } = world
    const forms = planForms(page)
    for (const [i, component] of ['Hub', 'Studio', 'Runner'].entries()) {
      await forms.goToFieldOf(new RegExp(`^The plan does not describe how to install ${component}`))
      await forms.installByHand(component, {
        instructions: `Run the installer of ${component}\nKeep what it proposes`,
        detect: [`File of ${component} on the host`, `C:\\Exekra\\${component}.exe`],
      })
      await planPage(page).saved()
      if (i < 2) await blocksLeft(2 - i)
    }
  }, 60_000)

  it('shows what a person does by hand in its steps, and is locked', async () => {
    const { page } = world
    await planPage(page).section('Review & lock')
    await page.getByText('Run the installer of Studio', { exact: true }).first().waitFor()
    await page.getByText('0 blocks', { exact: true }).waitFor()
    await planPage(page).saved()
    await planPage(page).lock()
    await page.getByText('Locked r1', { exact: true }).waitFor()
  }, 60_000)
})
