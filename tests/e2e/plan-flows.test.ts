/** Shows the ways a plan is made and made again, by what a person does alone: a locked plan becomes the next revision. Rung 1. */
import { expect, it } from 'vitest'
import { overShells } from './over-shells.ts'
import { historyPage } from './pages/history-page.ts'
import { homePage } from './pages/home-page.ts'
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
