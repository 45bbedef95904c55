/**
 * Benchmark of the window: 1,000 Runners at 200 events per second, a million lines of output, and the first picture.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright'
import type { NewEvent } from '../../domain/run/event.ts'
import type { Graph } from '../../domain/graph/graph.ts'
import { thisProcess } from '../../main/store/lease.ts'
import { openStore, type Store } from '../../main/store/store.ts'
import { graphOf } from '../builders/graph.ts'
import { enterprisePlan } from '../builders/plan.ts'
import { chromiumPath, createShell, openChromium } from '../e2e/shell.ts'

const runners = 1000
const eventsPerSecond = 200
const beatMs = 50
const secondsEach = 8
const million = 1_000_000
const atATime = 64

/** Every event of a stage, so many hosts at a time, as an engine would have written them. */
function* stageEvents(graph: Graph, name: string): Generator<NewEvent> {
  const stage = graph.stages.find((one) => one.name === name)
  if (!stage) return
  if (stage.gate) {
    yield { type: 'gate.raised', gate: stage.gate.id }
    yield { type: 'gate.opened', gate: stage.gate.id, by: 'bench', why: '' }
  }
  const stepsOf = Map.groupBy(
    graph.steps.filter((step) => step.stage === stage.name),
    (step) => step.host,
  )
  for (const wave of stage.waves) {
    yield { type: 'wave.opened', stage: stage.name, wave: wave.number }
    for (let from = 0; from < wave.hosts.length; from += atATime) {
      const lanes = wave.hosts.slice(from, from + atATime).map((host) => stepsOf.get(host) ?? [])
      for (let i = 0; i < Math.max(...lanes.map((lane) => lane.length)); i++) {
        const steps = lanes.flatMap((lane) => lane[i] ?? [])
        for (const { id } of steps) yield { type: 'step.attempted', step: id, attempt: 1, mode: 'normal' }
        for (const { id } of steps)
          yield {
            type: 'step.observed',
            step: id,
            attempt: 1,
            phase: 'before',
            observation: 'absent',
            evidence: ['The service does not exist.'],
          }
        for (const { id } of steps) yield { type: 'step.applying', step: id, attempt: 1, ticket: null }
        for (const { id } of steps)
          yield { type: 'step.succeeded', step: id, attempt: 1, changed: true, rebootWanted: false, learned: null }
      }
    }
  }
}

/** Writes events at the pace until it is stopped; the shell reads them as it would another process's. */
function writeAtPace(store: Store, runId: string, events: Iterator<NewEvent>): () => void {
  const each = Math.round((eventsPerSecond * beatMs) / 1000)
  const timer = setInterval(() => {
    const batch = Array.from({ length: each }, () => events.next()).flatMap((next) =>
      next.done === true ? [] : [next.value],
    )
    if (batch.length > 0) store.runs.append(runId, batch, Date.now())
    store.lease.heartbeat(Date.now())
  }, beatMs)
  return () => {
    clearInterval(timer)
  }
}

interface Frames {
  readonly frames: number
  readonly p50: number
  readonly p95: number
  readonly longest: number
  readonly longTasks: number
  readonly longTaskMs: number
}

/** Frames of the page for so many seconds. */
async function framesOf(page: Page, seconds: number): Promise<Frames> {
  return page.evaluate(async (ms) => {
    const tasks: number[] = []
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration)
    })
    observer.observe({ entryTypes: ['longtask'] })
    const deltas: number[] = []
    const end = performance.now() + ms
    await new Promise<void>((done) => {
      let last = performance.now()
      const frame = (now: number): void => {
        deltas.push(now - last)
        last = now
        if (now < end) requestAnimationFrame(frame)
        else done()
      }
      requestAnimationFrame(frame)
    })
    observer.disconnect()
    const sorted = deltas.slice(1).sort((a, b) => a - b)
    const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0
    return {
      frames: sorted.length,
      p50: at(0.5),
      p95: at(0.95),
      longest: at(1),
      longTasks: tasks.length,
      longTaskMs: tasks.reduce((sum, one) => sum + one, 0),
    }
  }, seconds * 1000)
}

function say(what: string, { frames, p50, p95, longest, longTasks, longTaskMs }: Frames): void {
  console.log(
    `  ${what.padEnd(28)} p50 ${p50.toFixed(0).padStart(3)} ms   p95 ${p95.toFixed(0).padStart(3)} ms   longest ${longest.toFixed(0).padStart(4)} ms   ${frames} frames   ${longTasks} long tasks, ${longTaskMs.toFixed(0)} ms`,
  )
}

async function firstPicture(page: Page): Promise<void> {
  await page.reload()
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  const { painted, useful } = await page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    useful: performance.now(),
  }))
  console.log(`  first paint ${painted.toFixed(0)} ms, home with its plans ${useful.toFixed(0)} ms after the request`)
}

async function millionLines(page: Page): Promise<void> {
  const began = performance.now()
  await page
    .getByRole('group', { name: 'What is shown below' })
    .getByRole('button', { name: /^Output/ })
    .click()
  await page.getByRole('log').focus()
  await page.keyboard.press('Home')
  await page.getByText(/of 1.000.000$/).waitFor()
  console.log(`  ${million} lines read and shown in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  await page.keyboard.press('End')
  await page.getByText('999', { exact: true }).last().waitFor()
  const box = await page.getByRole('log').boundingBox()
  if (!box) return
  await page.mouse.move(box.x + 200, box.y + 40)
  const measured = framesOf(page, secondsEach)
  const end = performance.now() + secondsEach * 1000
  while (performance.now() < end) await page.mouse.wheel(0, -4000)
  say('a million lines, scrolled', await measured)
  await page.getByRole('log').focus()
  const jump = performance.now()
  await page.keyboard.press('Home')
  await page.getByText(/^Lines 1 to/).waitFor()
  console.log(`  to the first line by key in ${(performance.now() - jump).toFixed(0)} ms`)
}

/** Prints the measurement. */
export async function benchWindow(): Promise<void> {
  if (chromiumPath === undefined) {
    console.log('  not measured: there is no Chromium')
    return
  }
  const shell = createShell()
  const store = openStore(join(shell.folder, 'rollout.db'))
  const plan = enterprisePlan({ runners })
  const graph = graphOf(plan)
  store.lease.acquire(thisProcess('bench', Date.now()), Date.now())
  const { planId, revision } = store.plans.lock('bench', plan, { by: 'bench', at: Date.now() })
  const { runId } = store.runs.createRun({
    planId,
    revision,
    graph,
    baseDir: shell.folder,
    by: 'bench',
    at: Date.now(),
  })
  store.runs.append(
    runId,
    [
      { type: 'run.started', by: 'bench' },
      ...['prerequisites', 'hub', 'studio'].flatMap((stage) => [...stageEvents(graph, stage)]),
    ],
    Date.now(),
  )
  const output = graph.steps[0]
  if (!output) throw new Error('the graph has no step')
  for (let i = 0; i < 1000; i++)
    store.output.write(runId, output.id, 1, Date.now(), {
      stream: 'output',
      text: Array.from({ length: 1000 }, (_, n) => `${String(n).padStart(3, '0')}\n`).join(''),
    })
  store.output.flush()
  const link = await shell.start()
  const browser = await openChromium(join(shell.folder, 'profile'), { width: 1440, height: 900 })
  let stop: (() => void) | undefined
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(120_000)
    await page.goto(link)
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    console.log(`the window, ${runners} Runners, ${eventsPerSecond} events/s`)
    await firstPicture(page)
    const opening = performance.now()
    await page.evaluate((id) => {
      location.hash = `#/runs/${id}`
    }, runId)
    await page.getByRole('list', { name: 'Stages' }).waitFor()
    console.log(`  the run is on screen in ${(performance.now() - opening).toFixed(0)} ms`)
    say('at rest', await framesOf(page, 3))
    stop = writeAtPace(store, runId, stageEvents(graph, 'runner'))
    for (const view of await page.getByRole('group', { name: 'Show hosts as' }).getByRole('button').allInnerTexts()) {
      await page.getByRole('button', { name: view, exact: true }).click()
      await page.getByRole('button', { name: view, exact: true, pressed: true }).waitFor()
      say(view, await framesOf(page, secondsEach))
    }
    stop()
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    await page.getByRole('textbox', { name: 'Filter by name' }).fill(output.host)
    await page.getByRole('row').filter({ hasText: output.host }).click()
    await page.getByRole('list', { name: 'Steps' }).getByRole('button').first().click()
    await millionLines(page)
  } finally {
    stop?.()
    await browser.close()
    store.close()
    await shell.close()
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await benchWindow()
