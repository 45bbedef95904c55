/** Shows the topology map as a person uses it: loaded when it is looked at and not before, placing by drag and by key, undone and redone, read as a list, free of what axe finds; and live in a run. */
import { expect, it } from 'vitest'
import { axeFindings, overflows, settle } from './looks.ts'
import { overShells } from './over-shells.ts'
import { homePage } from './pages/home-page.ts'
import { mapPage } from './pages/map-page.ts'
import { planPage } from './pages/plan-page.ts'
import { runPage } from './pages/run-page.ts'

overShells('the topology map', (world) => {
  const placed = (host: string, component: string) =>
    world.page
      .getByRole('complementary', { name: `Host ${host}` })
      .getByRole('checkbox', { name: component, exact: true })

  /** What the window has asked for since it was loaded, cached or not, of what draws or arranges a map. */
  const loaded = async (what: RegExp): Promise<string[]> =>
    (await world.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))).filter((name) =>
      what.test(name),
    )
  const drawing = /\/assets\/(?:map-section|site-map)-[^/]*\.(?:js|css)$/
  const arranging = /\/assets\/(?:arrange|elk)[^/]*\.js$/

  it('is loaded when somebody looks at it, and not before', async () => {
    const { page } = world
    await homePage(page).startPractice()
    for (const section of ['Hosts', 'Findings', 'Firewall matrix', 'Survey', 'Rollout', 'Review & lock'] as const)
      await planPage(page).section(section)
    expect(await loaded(/\/assets\/plan-view-/), 'what is asked for is seen').not.toEqual([])
    expect(await loaded(drawing)).toEqual([])
    await planPage(page).section('Topology map')
    await mapPage(page).host('HUB01').waitFor()
    expect(await loaded(drawing)).not.toEqual([])
    expect(await loaded(arranging)).toEqual([])
  }, 90_000)

  it('draws the practice site, and is held in both themes and sizes', async () => {
    const { page } = world
    await planPage(page).section('Topology map')
    await mapPage(page).host('HUB01').waitFor()
    for (const [width, height, colorScheme] of [
      [1280, 800, 'light'],
      [1920, 1080, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await settle(page)
      expect.soft(await axeFindings(page), `${colorScheme}, ${width}`).toEqual([])
      expect.soft(await overflows(page), String(width)).toEqual([])
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'light' })
  }, 90_000)

  it('is walked by keys as one Tab stop, opens a host and closes it', async () => {
    const { page } = world
    const map = mapPage(page)
    await map.host('HUB01').focus()
    await page.keyboard.press('ArrowDown')
    expect(await map.focused()).toBe('DB01')
    await page.keyboard.press('ArrowLeft')
    expect(await map.focused()).toMatch(/^(RUN|STU)/)
    expect(await map.canvas.locator('[data-map-stop][tabindex="0"]').count()).toBe(1)
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: `Host ${(await map.focused()) ?? ''}` })
    await panel.waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  }, 60_000)

  it('places a component by key, and takes it back by undo', async () => {
    const { page } = world
    const map = mapPage(page)
    await map.piece('Studio').press('Enter')
    await map.host('DB01').focus()
    await page.keyboard.press('Enter')
    await map.card('DB01').getByText('Studio').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await map.card('DB01').getByText('Studio').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Redo' }).click()
    await map.card('DB01').getByText('Studio').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
  }, 60_000)

  it('places and moves by drag', async () => {
    const { page } = world
    const map = mapPage(page)
    await map.piece('Studio').dragTo(map.host('REDIS01'))
    await map.card('REDIS01').getByText('Studio').waitFor()
    await map.card('REDIS01').getByText('Studio').dragTo(map.host('DB01'))
    await map.card('DB01').getByText('Studio').waitFor()
    await map.card('REDIS01').getByText('Studio').waitFor({ state: 'detached' })
    await map.host('DB01').click()
    await expect.poll(() => placed('DB01', 'Studio').isChecked()).toBe(true)
    await page.keyboard.press('Escape')
    for (let n = 0; n < 2; n++) await page.getByRole('button', { name: 'Undo' }).click()
    await map.card('DB01').getByText('Studio').waitFor({ state: 'detached' })
  }, 60_000)

  it('says the same as a list', async () => {
    const { page } = world
    const drawn = (await mapPage(page).hosts()).toSorted()
    await page.getByRole('button', { name: 'List', exact: true }).click()
    const listed = await page
      .getByRole('region', { name: 'Hosts and flows' })
      .getByRole('checkbox', { name: /^Select (?!all)/ })
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label')?.slice('Select '.length)))
    expect(listed.toSorted()).toEqual(drawn)
    await settle(page)
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Map', exact: true }).click()
  }, 60_000)

  it('arranges a site with several Hubs, without the window standing still', async () => {
    const { page } = world
    const map = mapPage(page)
    await map.piece('Hub').press('Enter')
    await map.host('DB01').click()
    const before = await map.hosts()
    // ELK is large, and one Hub has its place without it.
    expect(await loaded(arranging)).toEqual([])
    const [worker] = await Promise.all([
      page.waitForEvent('worker'),
      page.getByRole('button', { name: 'Arrange' }).click(),
    ])
    expect(worker.url()).toMatch(/\/assets\/elk-worker/)
    expect(await loaded(arranging)).not.toEqual([])
    await page.getByText('Server zone').waitFor({ state: 'detached' })
    expect((await map.hosts()).toSorted()).toEqual(before.toSorted())
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Arrange' }).waitFor({ state: 'detached' })
  }, 60_000)

  it('is live in a run', async () => {
    const { page } = world
    await planPage(page).section('Review & lock')
    await planPage(page).lock()
    await planPage(page).start()
    await runPage(page)
      .strip(/^Gate .* waits for you$/)
      .waitFor({ timeout: 60_000 })
    await mapPage(page).host('DB01').waitFor()
    await expect.poll(() => mapPage(page).host('DB01').getAttribute('aria-label')).toMatch(/^DB01, (done|unchanged)/)
    await mapPage(page).host('DB01').click()
    await expect.poll(() => mapPage(page).host('DB01').getAttribute('aria-pressed')).toBe('true')
    await settle(page)
    expect(await axeFindings(page)).toEqual([])
  }, 120_000)
})
