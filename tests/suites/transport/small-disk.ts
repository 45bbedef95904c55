/** A disk that is soon full: a small file system in memory, mounted into a folder of this machine. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  /** A folder of the disk, by the host's own path. */
  readonly folder: string
  /** Takes all room but so many bytes; none unless told otherwise. */
  fill(butBytes?: number): void
  /** Gives the room back. */
  free(): void
}

/** Mounts one of that many bytes; `unmount` removes it. `asSeen` is how the host calls the folder, if not as we do. */
export function mountSmallDisk(
  folder: string,
  bytes: number,
  asSeen: string = folder,
): SmallDisk & { unmount(): void } {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'pipe' })
  const filling = join(folder, 'filling')
  return {
    folder: asSeen,
    fill(butBytes = 0) {
      const { bavail, bsize } = statfsSync(folder)
      try {
        appendFileSync(filling, Buffer.alloc(Math.max(0, bavail * bsize - butBytes)))
      } catch (error) {
        // Somebody else took some of the room meanwhile: it is full all the same.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    },
    free: () => rmSync(filling, { force: true }),
    unmount() {
      execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' })
      rmSync(folder, { recursive: true })
    },
  }
}

/** Says in a sentence why there can be no small disk here, if there cannot. */
export function smallDiskUnavailable(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-disk-'))
  try {
    mountSmallDisk(folder, 65_536).unmount()
    return undefined
  } catch {
    return 'a small disk may not be mounted here'
  }
}
