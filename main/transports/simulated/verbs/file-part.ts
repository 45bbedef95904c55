/** Owns how a practice host takes and gives a file piece by piece: by its content, so only of files short enough for that to be kept. */
import { createHash } from 'node:crypto'
import { type Answers, refused } from './answer.ts'
import { isOn } from '../fault-memory.ts'
import { fileAt, noteTime, writeFile } from '../world/records.ts'
import type { WorldFile } from '../world/world-file.ts'
import { contentOf, keptBytes } from './transfer.ts'

export const fileParts: Answers<'Read-FilePart' | 'Write-FilePart' | 'Receive-File'> = {
  'Read-FilePart': ({ site, host }, { Path, Offset, MaxBytes }) => {
    const file = fileAt(site, host.id, Path)
    if (!file || file.folder) return { result: { exists: false, length: null, base64: '' } }
    const bytes = file.sha256 === null ? undefined : contentOf(site, file.sha256)
    if (!bytes)
      throw refused(
        'content-not-kept',
        `The practice site does not keep the content of ${Path}, only its length and hash.`,
        'Fetch files of up to 16 MiB that were sent before.',
      )
    return {
      result: {
        exists: true,
        length: bytes.length,
        base64: bytes.subarray(Offset, Offset + MaxBytes).toString('base64'),
      },
    }
  },

  'Write-FilePart': ({ site, host, now }, { PartPath, Offset, Base64 }) => {
    const folder = PartPath.slice(0, Math.max(PartPath.lastIndexOf('\\'), PartPath.lastIndexOf('/')))
    if (!fileAt(site, host.id, folder)?.folder)
      throw refused('no-folder', `There is no folder ${folder}.`, 'Make the folder first.')
    if (isOn(site, host, 'disk-full'))
      throw refused(
        'disk-full',
        `There is not enough space on drive C: of ${host.name}.`,
        'Free some space on the host, then retry.',
      )
    const before = fileAt(site, host.id, PartPath)
    const length = before?.length ?? 0
    if (length < Offset)
      throw refused(
        'part-too-short',
        `${PartPath} has ${length} bytes; a piece from ${Offset} on cannot be written.`,
        'Write the pieces in their order.',
      )
    const kept = before?.sha256 ? contentOf(site, before.sha256) : Buffer.alloc(0)
    const bytes = kept && Buffer.concat([kept.subarray(0, Offset), Buffer.from(Base64, 'base64')])
    if (!bytes || bytes.length > keptBytes)
      throw refused(
        'content-not-kept',
        `The practice site keeps the content of files of up to 16 MiB; ${PartPath} is longer.`,
        'Send longer files whole.',
      )
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    writeFile(site, host.id, PartPath, { length: bytes.length, sha256 })
    if (before?.sha256 && before.sha256 !== sha256) forget(site, before.sha256)
    site.statement('INSERT INTO contents (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING').run(sha256, bytes)
    noteTime(site, now)
    return { result: { length: bytes.length } }
  },

  // Nothing real is listened to: a practice host is sent its files, and answers as one that does not get to the workstation.
  'Receive-File': ({ host }, { Offset }) => ({
    result: {
      connected: false,
      certificate: null,
      status: null,
      length: Offset,
      detail: `${host.name} is a practice host and has no network.`,
    },
  }),
}

// Each piece makes another content of the part; only the last is of use.
function forget(site: WorldFile, sha256: string): void {
  site
    .statement(
      'DELETE FROM contents WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = contents.sha256)',
    )
    .run(sha256)
}
