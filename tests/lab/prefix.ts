/** The disk of one lab host: a layer over the common ones where mounts are allowed, else a copy. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export async function makePrefix(layers: readonly string[], hostFolder: string): Promise<string> {
  const prefix = join(hostFolder, 'prefix')
  if (existsSync(join(prefix, 'drive_c'))) return prefix
  const [upper, work] = [join(hostFolder, 'upper'), join(hostFolder, 'work')]
  for (const folder of [prefix, upper, work]) await mkdir(folder, { recursive: true })
  try {
    await run('mount', [
      '-t',
      'overlay',
      'overlay',
      '-o',
      `lowerdir=${layers.join(':')},upperdir=${upper},workdir=${work}`,
      prefix,
    ])
  } catch {
    for (const layer of layers.toReversed())
      await run('cp', ['-a', '--reflink=auto', '--remove-destination', `${layer}/.`, prefix])
  }
  return prefix
}

export async function releasePrefix(prefix: string): Promise<void> {
  const mounts = await readFile('/proc/mounts', 'utf8')
  if (!mounts.split('\n').some((line) => line.split(' ')[1] === prefix)) return
  await run('umount', [prefix]).catch(() => run('umount', ['--lazy', prefix]))
}
