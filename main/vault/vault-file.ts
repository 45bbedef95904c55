/** The vault's file on disk: private to its user, replaced whole or not at all. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FailureError } from '../../domain/base/failure.ts'
import { pasteable } from '../../domain/base/shell-quote.ts'
import { notAVault, readableByOthers, vaultChanged, vaultNotWritten, vaultUnreadable } from './failures.ts'

// More than any honest vault; reading stops there.
const mostBytes = 16 * 2 ** 20

/** The file's text, or undefined if there is none. Throws FailureError: vault-readable-by-others, vault-unreadable. */
export async function readPrivately(file: string): Promise<string | undefined> {
  try {
    await using handle = await open(file, constants.O_RDONLY)
    const stat = await handle.stat()
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      const mode = (stat.mode & 0o777).toString(8)
      throw readableByOthers(file, mode, pasteable(file, process.platform))
    }
    if (stat.size > mostBytes || !stat.isFile()) throw notAVault(file)
    return await handle.readFile('utf8')
  } catch (thrown) {
    if (isMissing(thrown)) return undefined
    throw isOfSystem(thrown) ? vaultUnreadable(file, thrown.message) : thrown
  }
}

/** Replaces the file: writes a new one beside it with mode 0600, syncs it to disk, then renames it over the old one. */
export async function replacePrivately(file: string, text: string): Promise<void> {
  // Through a symbolic link: the file behind it is replaced, not the link.
  const target = await realpath(file).catch(() => file)
  const fresh = `${target}.${randomBytes(6).toString('hex')}.new`
  try {
    // A new user has no folder yet.
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    {
      await using handle = await open(fresh, 'wx', 0o600)
      await handle.writeFile(text, 'utf8')
      await handle.sync()
    }
    await rename(fresh, target)
    await syncFolder(dirname(target))
  } catch (thrown) {
    await rm(fresh, { force: true }).catch(() => undefined)
    throw isOfSystem(thrown) ? vaultNotWritten(file, thrown.message) : thrown
  }
}

/**
 * Replaces the file if it still holds `text`. A program that does not wait for its turn, as version 0.2, may
 * have changed it. Throws FailureError: vault-changed, vault-not-written.
 */
export async function replaceSame(file: string, text: string | undefined, fresh: string): Promise<void> {
  if ((await readPrivately(file)) !== text) throw vaultChanged(file)
  await replacePrivately(file, fresh)
}

/** Removes what died writers left beside the file; what cannot be removed stays. */
export async function removeLeftovers(file: string): Promise<void> {
  const target = await realpath(file).catch(() => file)
  const beside = await readdir(dirname(target)).catch((): string[] => [])
  const leftover = (name: string): boolean =>
    name.startsWith(`${basename(target)}.`) && /^[0-9a-f]{12}\.new$/.test(name.slice(basename(target).length + 1))
  for (const name of beside.filter(leftover))
    await rm(join(dirname(target), name), { force: true }).catch(() => undefined)
}

// The rename itself must survive a power cut. Windows cannot open a folder for this and does not need it.
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(folder, constants.O_RDONLY)
  await handle.sync()
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
}

function isOfSystem(thrown: unknown): thrown is Error {
  return thrown instanceof Error && !(thrown instanceof FailureError)
}
