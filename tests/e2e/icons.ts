/**
 * Draws the icons of the desktop program from the mark of the screens into resources/icons. Run: node
 * tests/e2e/icons.ts
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { openChromium } from './shell.ts'

const root = join(import.meta.dirname, '..', '..')
const out = join(root, 'resources', 'icons')
const mark = readFileSync(join(root, 'renderer', 'public', 'icon.svg'), 'utf8')

async function drawn(page: Page, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${mark}`,
  )
  return page.screenshot({ omitBackground: true })
}

/** The pictures in the container that Windows reads; each is a PNG. */
function ico(pictures: readonly (readonly [size: number, png: Buffer])[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let at = head.length
  pictures.forEach(([size, png], i) => {
    const entry = 6 + 16 * i
    // 256 does not fit a byte and is written as 0.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += png.length
  })
  return Buffer.concat([head, ...pictures.map(([, png]) => png)])
}

/** The same for macOS. */
function icns(pictures: readonly (readonly [type: string, png: Buffer])[]): Buffer {
  const parts = pictures.map(([type, png]) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(png.length + 8, 4)
    return Buffer.concat([head, png])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4)
  return Buffer.concat([head, ...parts])
}

const profile = mkdtempSync(join(tmpdir(), 'icons-'))
const browser = await openChromium(profile)
try {
  const page = await browser.newPage()
  const of = new Map<number, Buffer>()
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) of.set(size, await drawn(page, size))
  const png = (size: number): Buffer => of.get(size) ?? Buffer.alloc(0)
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'icon.png'), png(512))
  writeFileSync(join(out, 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256].map((size) => [size, png(size)] as const)))
  writeFileSync(
    join(out, 'icon.icns'),
    icns([
      ['ic07', png(128)],
      ['ic08', png(256)],
      ['ic09', png(512)],
      ['ic10', png(1024)],
    ]),
  )
  process.stdout.write(`The icons are in ${out}\n`)
} finally {
  await browser.close()
  rmSync(profile, { recursive: true, force: true })
}
