/** Owns the measurement of the first useful picture: home with its text, from the moment a window asks for it, over the browser shell and the stand-in for Electron; and what it had to load. Prints; fails nothing. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { chromiumPath, createShell, openChromium } from '../e2e/shell.ts'
import { startProgram } from '../e2e/stand-in/program.ts'

const rounds = 7
const screens = join(import.meta.dirname, '..', '..', 'out', 'renderer')

/** Milliseconds from the page's own beginning until home says something of use; loaded again and again. */
async function pictures(page: Page, load: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    await load()
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    // The entry may come after the picture itself: the observer hands it over whenever that is.
    taken.push(await page.evaluate(() => new Promise<number>((resolve) => {
      new PerformanceObserver((list) => { for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime) }).observe({ type: 'paint', buffered: true })
    })))
  }
  return taken
}

function said(where: string, [first = Number.NaN, ...again]: readonly number[]): string {
  const sorted = again.toSorted((a, b) => a - b)
  return `  ${where.padEnd(26)} first ${first.toFixed(0).padStart(5)} ms, again ${(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(0).padStart(5)} ms (median of ${sorted.length}), worst ${(sorted.at(-1) ?? Number.NaN).toFixed(0).padStart(5)} ms`
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
  console.log(said('the browser shell', await pictures(page, async () => {
    await page.goto(address)
    await page.waitForURL(new URL('/', link).href)
    address = new URL('/', link).href
  })))
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
  console.log(`  ${file.padEnd(40)} ${(bytes.length / 1000).toFixed(0).padStart(5)} kB, ${(gzipSync(bytes).length / 1000).toFixed(0).padStart(4)} kB gzip`)
}
