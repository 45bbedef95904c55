/** The disk of one lab host: a layer over the common ones where mounts are allowed, else a copy. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { driveDOf } from './drive.ts'

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

/** Unmounts the disks of a host. */
export async function releasePrefix(prefix: string): Promise<void> {
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1])
  for (const mount of [driveDOf(dirname(prefix)), prefix])
    if (mounts.includes(mount)) await run('umount', [mount]).catch(() => run('umount', ['--lazy', mount]))
}
