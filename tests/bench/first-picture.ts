/**
 * Benchmark of two moments of a window, from the start of its page, over the browser shell and the stand-in for
 * Electron: the first paint, which is the frame around a home that is still being read, and home itself painted, with
 * its heading and its text; and what had to be loaded for it. Prints; fails nothing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright'
import { chromiumPath, createShell, openChromium } from '../e2e/shell.ts'
import { startProgram } from '../e2e/stand-in/program.ts'

const rounds = 7
const screens = join(import.meta.dirname, '..', '..', 'out', 'renderer')

interface Picture {
  /** Something of ours is painted. */
  readonly frame: number
  /** Home is painted as it was read. */
  readonly home: number
}

/** Milliseconds from the page's own beginning until both moments; loaded again and again. */
async function pictures(page: Page, load: () => Promise<unknown>): Promise<Picture[]> {
  await page.addInitScript(noteHome)
  const taken: Picture[] = []
  for (let round = 0; round < rounds; round++) {
    await load()
    const home = await page.waitForFunction(() => (window as { homeAt?: number }).homeAt)
    // The entry may come after the paint itself: the observer hands it over whenever that is.
    const frame = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            for (const { name, startTime } of list.getEntries())
              if (name === 'first-contentful-paint') resolve(startTime)
          }).observe({ type: 'paint', buffered: true })
        }),
    )
    taken.push({ frame, home: (await home.jsonValue()) ?? Number.NaN })
  }
  return taken
}

/** In the page, before anything of it: notes when the frame is painted in which home has its heading and what it says of itself. */
function noteHome(): void {
  const watch = new MutationObserver(() => {
    const main = document.querySelector('main')
    if (!main?.querySelector('h1')?.textContent || !main.textContent.includes('No machine is touched')) return
    watch.disconnect()
    // A task that is queued while a frame is made runs when that frame is painted.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        Object.assign(window, { homeAt: performance.now() })
      }
      port2.postMessage(null)
    })
  })
  watch.observe(document, { childList: true, subtree: true, characterData: true })
}

function said(where: string, taken: readonly Picture[]): string {
  return [
    `  ${where}`,
    line(
      'first paint, the frame',
      taken.map(({ frame }) => frame),
    ),
    line(
      'home with its text, painted',
      taken.map(({ home }) => home),
    ),
  ].join('\n')
}

function line(what: string, [first = Number.NaN, ...again]: readonly number[]): string {
  const sorted = again.toSorted((a, b) => a - b)
  return `    ${what.padEnd(30)} first ${first.toFixed(0).padStart(5)} ms, again ${(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(0).padStart(5)} ms (median of ${sorted.length}), worst ${(sorted.at(-1) ?? Number.NaN).toFixed(0).padStart(5)} ms`
}

if (chromiumPath === undefined) {
  console.log('  not measured: there is no Chromium here')
  process.exit(0)
}

const shell = createShell()
const link = await shell.start()
const browser = await openChromium(join(shell.folder, 'profile'))
try {
  const page = await browser.newPage()
  let address = link
  console.log(
    said(
      'the browser shell',
      await pictures(page, async () => {
        await page.goto(address)
        await page.waitForURL(new URL('/', link).href)
        address = new URL('/', link).href
      }),
    ),
  )
} finally {
  await browser.close()
  await shell.close()
}

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const { program, first } = await startProgram({ folder })
try {
  console.log(said('the stand-in for Electron', await pictures(first, () => first.reload())))
} finally {
  await program.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

const html = readFileSync(join(screens, 'index.html'), 'utf8')
const initial = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].flatMap(([, file]) => file ?? [])
for (const file of initial) {
  const bytes = readFileSync(join(screens, file))
  console.log(
    `  ${file.padEnd(40)} ${(bytes.length / 1000).toFixed(0).padStart(5)} kB, ${(gzipSync(bytes).length / 1000).toFixed(0).padStart(4)} kB gzip`,
  )
}
