/**
 * The process that changes a vault's passphrase and is killed at the given touch of the disk: FILE NUMBER. Half of
 * what is written is on disk by then. It exits with 0 if there is no touch of that number.
 */
import promises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const [file = '', number = '0'] = process.argv.slice(2)
let left = Number(number)

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

/** Counts one touch before and one after the work; true where the process must die before it. */
async function touched<T>(work: () => Promise<T>, half: () => Promise<unknown> = async () => undefined): Promise<T> {
  if (--left === 0) {
    await half()
    die()
  }
  const result = await work()
  if (--left === 0) die()
  return result
}

const real = { ...promises }
promises.open = async (path, flags, mode) => {
  const handle: FileHandle = await touched(() => real.open(path, flags, mode))
  const [write, sync] = [handle.writeFile.bind(handle), handle.sync.bind(handle)]
  handle.writeFile = (data, options) =>
    touched(
      () => write(data, options),
      () => write(typeof data === 'string' ? data.slice(0, data.length / 2) : '', options),
    )
  handle.sync = () => touched(sync)
  return handle
}
promises.rename = (from, to) => touched(() => real.rename(from, to))
promises.rm = (path, options) => touched(() => real.rm(path, options))
promises.mkdir = ((path: string, options: object) => touched(() => real.mkdir(path, options))) as typeof promises.mkdir
syncBuiltinESMExports()

const { fileVault } = await import('../../../main/vault/file-vault.ts')
await fileVault(file, { passphrase: async () => 'the old one', scrypt: { N: 2 ** 10, r: 8, p: 1 } }).changePassphrase(
  'the old one',
  'the new one',
)
