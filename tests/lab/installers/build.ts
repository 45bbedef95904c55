/** Builds the lab's installers: real NSIS and MSI files, once, and again when their sources change. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildFolder } from '../build.ts'

const run = promisify(execFile)
const here = import.meta.dirname

/** Where each installer lies on this machine. */
export interface Media {
  readonly hub: string
  readonly studio: string
  readonly runner: string
  readonly postgres: string
}

export const productVersion = '1.4.2'
const products = {
  hub: ['Exekra Hub', 'ExekraHub.exe'],
  studio: ['Exekra Studio', 'ExekraStudio.exe'],
  postgres: ['PostgreSQL (lab stand-in)', 'postgres.exe'],
  runner: ['Exekra Runner', 'ExekraRunner.exe'],
} as const

export function installersUnavailable(): string | undefined {
  if (!existsSync('/usr/bin/makensis')) return 'nsis is not installed'
  if (!existsSync('/usr/bin/wixl')) return 'wixl is not installed'
  if (!existsSync('/usr/bin/msibuild')) return 'msitools is not installed'
  return undefined
}

export async function buildInstallers(): Promise<Media> {
  const folder = join(buildFolder, `media-${await stamp()}`)
  if (!existsSync(folder)) {
    const part = `${folder}.part-${process.pid}`
    try {
      await mkdir(part, { recursive: true })
      await buildInto(part)
      await rename(part, folder).catch(() => undefined)
    } finally {
      await rm(part, { recursive: true, force: true })
    }
  }
  return {
    hub: join(folder, 'hub-setup.exe'),
    studio: join(folder, 'studio-setup.exe'),
    postgres: join(folder, 'postgres-setup.exe'),
    runner: join(folder, 'runner-setup.msi'),
  }
}

async function buildInto(folder: string): Promise<void> {
  for (const [product, [title, program]] of Object.entries(products)) {
    await makensis('program.nsi', { DISPLAY_NAME: title, OUT_FILE: join(folder, program) })
    if (product !== 'runner')
      await makensis(`${product}.nsi`, {
        OUT_FILE: join(folder, `${product}-setup.exe`),
        PROGRAM_FILE: join(folder, program),
      })
  }
  await run('wixl', ['--arch', 'x64', '--output', join(folder, 'runner-setup.msi'), join(here, 'runner.wxs')], {
    cwd: folder,
  })
  await run('msibuild', [join(folder, 'runner-setup.msi'), '-i', join(here, 'runner-actions.idt')])
}

async function makensis(script: string, defines: Record<string, string>): Promise<void> {
  const words = Object.entries({ ...defines, PRODUCT_VERSION: productVersion }).map(
    ([name, value]) => `-D${name}=${value}`,
  )
  await run('makensis', ['-V2', '-NOCD', ...words, join(here, script)], { cwd: here })
}

async function stamp(): Promise<string> {
  const hash = createHash('sha256').update(productVersion)
  for (const name of (await readdir(here)).sort()) hash.update(name).update(await readFile(join(here, name)))
  return hash.digest('hex').slice(0, 16)
}
