/** Shows the ways a plan is made and made again, by what a person does alone: a locked plan becomes the next revision, and hosts come by CSV. Rung 1. */
import { expect, it } from 'vitest'
import { axeFindings, settle } from './looks.ts'
import { overShells } from './over-shells.ts'
import { historyPage } from './pages/history-page.ts'
import { homePage } from './pages/home-page.ts'
import { importDialog } from './pages/import-dialog.ts'
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
    const change = historyPage(page).change('rollout.concurrency')
    expect(await change.getByRole('deletion').innerText()).not.toBe('7')
    expect(await change.getByRole('insertion').innerText()).toBe('7')
  }, 60_000)
})

overShells('the hosts of an enterprise plan by CSV', (world) => {
  const named = Array.from({ length: 60 }, (_, i) => `PRD${String(i + 1).padStart(3, '0')}`)
  const csv = ['Name;Address;System;Network;Environment;Components;Reach', ...named.map((name, i) => `${name};10.30.1.${i + 1};windows-server-2022;Plant;Production;Runner;winrm`), 'BAD001;10.30.1.99;windows-95;Plant;Production;Runner;winrm'].join('\r\n')

  it('are previewed with the row that cannot be taken, which is left out', async () => {
    const { page } = world
    await homePage(page).newPlan('Kumasi', 'Enterprise')
    await page.getByText('7 hosts', { exact: true }).waitFor()
    const dialog = importDialog(page)
    await dialog.open()
    await dialog.bring('hosts.csv', csv)
    await dialog.dialog.getByText('61 rows, 60 new, 1 cannot be taken and is left out.').waitFor()
    await dialog.dialog.getByRole('checkbox', { name: 'Only the 1 row with problems' }).check()
    await dialog.row('BAD001').getByText('windows-95 must be one of').waitFor()
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
    for (const cell of ['10.30.1.60', 'Windows Server 2022', 'Runner', 'Production', 'Plant']) await last.getByRole('cell', { name: cell, exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Filter hosts' }).fill('BAD001')
    await page.getByText('No host holds “BAD001”.').waitFor()
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
})
