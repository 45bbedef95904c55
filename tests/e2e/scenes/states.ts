/**
 * Pictures of the states between first start and acceptance: dialogs, waiting, paused, cancelled, lost, reconnected.
 */
import { ask } from '../ask.ts'
import { helpPane } from '../pages/help-pane.ts'
import { importDialog } from '../pages/import-dialog.ts'
import { runPage } from '../pages/run-page.ts'
import { asChosen, type Camera, forcedColours, zoomed } from './camera.ts'
import { startRun, toRunners, type Site } from './site.ts'

const small: Site = { layout: 'pilot', runners: 3, studios: 1, faults: [], speed: 4 }

/** A run that is paused, asked about and cancelled. */
export async function cancelled(camera: Camera): Promise<void> {
  const { page } = camera
  await startRun(camera, small)
  await page.keyboard.press('F9')
  await page.getByText(/^Paused by /).waitFor()
  await camera.picture('states-paused')
  await page.keyboard.press('F9')
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  await page.keyboard.press('Control+j')
  await camera.picture('states-output')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^Search/ }).fill('hub01')
  await page.getByRole('option').first().waitFor()
  await camera.picture('states-search')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F1')
  const help = helpPane(page)
  await help.pane.waitFor()
  await camera.picture('states-help')
  await help.goToField()
  await page.keyboard.type('winrm port')
  await help.results.first().waitFor()
  await camera.picture('states-help-results')
  await page.keyboard.press('Enter')
  await help.article('WinRM').or(help.article('Preparing Windows hosts')).or(help.article('Limits')).first().waitFor()
  await camera.picture('states-help-page')
  await page.keyboard.press('F1')
  await help.pane.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('dialog').waitFor()
  await camera.picture('states-cancel-asked')
  await page.getByRole('dialog').getByRole('textbox').fill('The window closes.')
  await page.getByRole('button', { name: 'Cancel rollout' }).click()
  await runPage(page)
    .strip(/^Cancelled$/)
    .waitFor()
  await camera.picture('states-cancelled')
}

/** Hosts that do not answer, and this workstation without a network. */
export async function lost(camera: Camera): Promise<void> {
  const { page } = camera
  const run = runPage(page)
  await startRun(camera, {
    layout: 'enterprise',
    runners: 12,
    studios: 1,
    faults: ['unreachable@RUN002*forever', 'unreachable@RUN003*forever'],
    speed: 20,
  })
  await toRunners(camera)
  await run.strip(/not answer$/).waitFor()
  await camera.picture('states-unreachable')
  await page.evaluate(() => dispatchEvent(new Event('offline')))
  await run.strip(/^This workstation has had no network/).waitFor()
  await camera.picture('states-offline')
}

/** The application gone in the middle of a run, and started again. */
export async function left(camera: Camera): Promise<void> {
  const { page, shell } = camera
  const run = runPage(page)
  const { runId } = await startRun(camera, small)
  await page.getByText('a job on the host').first().waitFor()
  await shell.kill()
  await run.strip(/does not answer/).waitFor()
  await camera.picture('states-application-gone-in-run')
  await camera.start()
  await camera.goTo(`#/runs/${runId}`)
  await page.getByRole('list', { name: 'Stages' }).waitFor()
  await page.keyboard.press('Control+j')
  await camera.picture('states-reattached')
}

/** What is asked over a plan: a new one, many hosts, one host, a finding; and a plan that is being read. */
export async function asked(camera: Camera): Promise<void> {
  const { page } = camera
  await page.getByRole('button', { name: 'New plan' }).first().click()
  await page.getByRole('dialog').waitFor()
  await camera.picture('states-new-plan')
  await page.keyboard.press('Escape')
  const { planId } = await ask(page, 'plan.new', { layout: 'enterprise', name: 'Tema Harbour' })
  await camera.goTo(`#/plans/${planId}/hosts`)
  const dialog = importDialog(page)
  await dialog.open()
  await dialog.bring(
    'hosts.csv',
    [
      'Name;Address;System;Network;Environment;Components',
      ...Array.from(
        { length: 30 },
        (_, i) => `TEM${String(i + 1).padStart(3, '0')};10.30.1.${i + 1};windows-11-enterprise;Plant;Production;Runner`,
      ),
      'BAD001;10.30.1.99;windows-95;Plant;Production;Runner',
    ].join('\r\n'),
  )
  await dialog.row('BAD001').waitFor()
  await camera.picture('states-import')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'HUB01', exact: true }).click()
  await page.getByRole('complementary', { name: 'Host HUB01' }).waitFor()
  await camera.picture('states-host')
  await camera.goTo(`#/plans/${planId}/findings`)
  await page.getByRole('table').getByRole('button').first().click()
  await page.getByRole('complementary').waitFor()
  await camera.picture('states-finding')
  await camera.goTo('#/')
  await page.route('**/api/plan.read', () => undefined)
  await page.evaluate((id) => {
    location.hash = `#/plans/${id}/review`
  }, planId)
  await page.getByRole('progressbar').first().waitFor()
  await camera.picture('states-loading')
}

/** The views that matter most, as they stand: for themes and sizes of their own. */
async function tour(
  camera: Camera,
  { planId, runId }: Awaited<ReturnType<typeof startRun>>,
  name: string,
  looks: Parameters<Camera['picture']>[1],
): Promise<void> {
  const { page } = camera
  const run = runPage(page)
  const places = [
    ['', 'home'],
    ['settings/vault', 'settings'],
    ['audit', 'audit'],
  ] as const
  for (const [place, title] of places) {
    await camera.goTo(`#/${place}`)
    await camera.picture(`${name}-${title}`, looks)
  }
  for (const section of ['hosts', 'map', 'connections', 'findings', 'firewall', 'review', 'survey'] as const) {
    await camera.goTo(`#/plans/${planId}/${section}`)
    await camera.picture(`${name}-${section}`, looks)
  }
  await camera.goTo(`#/runs/${runId}`)
  for (const view of ['Map', 'Farm', 'Table', 'Timeline'] as const) {
    await camera.hostsAs(view)
    await camera.picture(`${name}-run-${view.toLowerCase()}`, looks)
  }
  await run.goToDecision()
  await camera.picture(`${name}-decision`, looks)
}

/** A run with a group of failures in the theme of high contrast, in the forced colours of a system, and at 200 %. */
export async function seenOtherwise(camera: Camera): Promise<void> {
  const { page } = camera
  const made = await startRun(camera, {
    layout: 'enterprise',
    runners: 24,
    studios: 1,
    virtual: true,
    faults: ['exit-1603@RUN002', 'exit-1603@RUN003', 'exit-1603@RUN004', 'disk-full@RUN006'],
  })
  await toRunners(camera)
  await runPage(page)
    .strip(/ failed on /)
    .waitFor()
  await tour(camera, made, 'forced', forcedColours)
  await tour(camera, made, 'zoomed', zoomed)
  await page.evaluate(() => {
    localStorage.setItem('rollout.theme', 'contrast')
  })
  await page.reload()
  await tour(camera, made, 'contrast', asChosen)
}
