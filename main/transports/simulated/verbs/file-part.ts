/** Files of a practice host in parts: by content, so only for files short enough to be kept. */
import { createHash } from 'node:crypto'
import type { Answers } from './answer.ts'
import * as failures from './failures.ts'
import { pathText } from '../text.ts'
import { isOn } from '../fault-memory.ts'
import { fileAt, noteTime, writeFile } from '../world/records.ts'
import type { WorldFile } from '../world/world-file.ts'
import { contentOf, keptBytes } from './transfer.ts'

export const fileParts: Answers<'Read-FilePart' | 'Write-FilePart' | 'Receive-File'> = {
  'Read-FilePart': ({ world, host }, { Path, Offset, MaxBytes }) => {
    const file = fileAt(world, host.id, Path)
    if (!file || file.folder) return { result: { exists: false, length: null, base64: '' } }
    const bytes = file.sha256 === null ? undefined : contentOf(world, file.sha256)
    if (!bytes) throw failures.contentNotKept(Path)
    return {
      result: {
        exists: true,
        length: bytes.length,
        base64: bytes.subarray(Offset, Offset + MaxBytes).toString('base64'),
      },
    }
  },

  'Write-FilePart': ({ world, host, now }, { PartPath, Offset, Base64 }) => {
    const folder = PartPath.slice(0, Math.max(PartPath.lastIndexOf('\\'), PartPath.lastIndexOf('/')))
    if (!fileAt(world, host.id, folder)?.folder) throw failures.noFolder(folder)
    if (isOn(world, host, 'disk-full')) throw failures.diskFull(host.name)
    const before = fileAt(world, host.id, PartPath)
    const length = before?.length ?? 0
    if (length < Offset) throw failures.partTooShort(PartPath, length, Offset)
    const kept = before?.sha256 ? contentOf(world, before.sha256) : Buffer.alloc(0)
    const bytes = kept && Buffer.concat([kept.subarray(0, Offset), Buffer.from(Base64, 'base64')])
    if (!bytes || bytes.length > keptBytes) throw failures.partTooLong(PartPath)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    writeFile(world, host.id, PartPath, { length: bytes.length, sha256 })
    if (before?.sha256 && before.sha256 !== sha256) forget(world, before.sha256)
    world.statement('INSERT INTO contents (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING').run(sha256, bytes)
    noteTime(world, now)
    return { result: { length: bytes.length } }
  },

  // A practice host has no network: it answers like a host that cannot connect to the workstation, so files are sent to
  // it.
  'Receive-File': ({ host }, { Offset }) => ({
    result: {
      connected: false,
      certificate: null,
      status: null,
      length: Offset,
      detail: pathText.noNetwork(host.name),
    },
  }),
}

// Each part written makes a new content; only the last one is needed.
function forget(world: WorldFile, sha256: string): void {
  world
    .statement(
      'DELETE FROM contents WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = contents.sha256)',
    )
    .run(sha256)
}
