/** Sends and fetches files of practice hosts: by size and bandwidth, resumable, published only with the right hash. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { partPathOf } from '../../../../domain/base/host-path.ts'
import type { FileToPut, Session } from '../../../engine/ports.ts'
import { hashMismatch, localFileUnreadable } from '../failures.ts'
import * as failures from './failures.ts'
import { changes } from './change-verbs.ts'
import { strike } from '../fault-memory.ts'
import { fileAt, noteTime, removeFile, writeFile } from '../world/records.ts'
import { between, hexDigits } from '../world/seeded.ts'
import type { Conversation } from '../conversation.ts'
import type { WorldFile } from '../world/world-file.ts'

/** Content is kept once per site, so that it can be fetched again; of longer files only length and hash are kept. */
export const keptBytes = 16 * 2 ** 20
const leastPiece = 64 * 1024
const mostChunks = 8

/**
 * Sends a file in a few pieces, each of which stays on the host; a later try continues after the last one. Throws as
 * Session.put does.
 */
export async function putFile(
  conversation: Conversation,
  file: FileToPut,
  options: Parameters<Session['put']>[1],
): Promise<void> {
  const { simulation, host } = conversation
  const local = localFile(file.localPath)
  const partPath = partPathOf(file)
  const bandwidth = between(20, 60, simulation.world.seed, host.name, 'bandwidth') * 100
  const latency = conversation.latency('put')
  await conversation.pause(latency, options.signal)

  const begun = conversation.attempt(null, ({ world }) => {
    const part = fileAt(world, host.id, partPath)
    return part?.source === local.sha256 ? Math.min(part.length ?? 0, local.size) : 0
  })
  const piece = Math.max(leastPiece, Math.ceil(local.size / mostChunks))
  const pieces = Math.max(1, Math.ceil((local.size - begun) / piece))
  for (let i = 0; i < pieces; i++) {
    const sent = Math.min(local.size, begun + (i + 1) * piece)
    await conversation.pause(
      Math.ceil((sent - begun - i * piece) / bandwidth) + (latency > 400 ? latency : 0),
      options.signal,
    )
    // Link faults strike in the middle of the file.
    conversation.attempt(i === pieces >> 1 ? 'put' : null, ({ world, host: present, now }) => {
      if (i === pieces >> 1 && strike(world, present, 'put', 'disk-full')) throw failures.diskFull(host.name)
      const whole = sent === local.size
      writeFile(world, host.id, partPath, {
        length: sent,
        sha256: whole ? local.sha256 : hexDigits(64, local.sha256, sent),
        source: local.sha256,
      })
      noteTime(world, now)
    })
    options.onProgress?.(sent)
  }

  const arrived = conversation.attempt(null, (asked) => {
    const { world, host: present } = asked
    if (strike(world, present, 'put', 'wrong-hash'))
      writeFile(world, host.id, partPath, {
        length: local.size,
        sha256: hexDigits(64, world.seed, host.name, 'wrong', file.remotePath),
        source: null,
      })
    const answer = changes['Publish-File'](asked, { PartPath: partPath, Path: file.remotePath, Sha256: file.sha256 })
    const result = 'result' in answer ? answer.result : answer.read(asked)
    if (!result.published) removeFile(world, host.id, partPath)
    else if (local.size <= keptBytes && !contentOf(world, local.sha256))
      world
        .statement('INSERT INTO contents (sha256, bytes) VALUES (?, ?)')
        .run(local.sha256, readFileSync(file.localPath))
    return result
  })
  if (!arrived.published) {
    throw hashMismatch(host.name, file, arrived.sha256)
  }
}

/**
 * Fetches a file. The practice site keeps the content of what was sent, up to 16 MiB. Throws FailureError `host` if
 * there is none.
 */
export async function getFile(
  conversation: Conversation,
  remotePath: string,
  options: Parameters<Session['get']>[1],
): Promise<Uint8Array> {
  const { host } = conversation
  await conversation.pause(conversation.latency('get'), options.signal)
  return conversation.attempt('get', ({ world }) => {
    const file = fileAt(world, host.id, remotePath)
    if (!file || file.folder) throw failures.fileMissing(host.name, remotePath)
    if ((file.length ?? 0) > options.maxBytes)
      throw failures.fileTooLarge(host.name, remotePath, file.length, options.maxBytes)
    const bytes = file.sha256 === null ? undefined : contentOf(world, file.sha256)
    if (!bytes) throw failures.contentNotKept(remotePath)
    return new Uint8Array(bytes)
  })
}

/** The bytes of that hash, if they were kept. */
export function contentOf(world: WorldFile, sha256: string): Buffer | undefined {
  const row = world.statement('SELECT bytes FROM contents WHERE sha256 = ?').get(sha256) as
    { bytes: Buffer } | undefined
  return row?.bytes
}

const hashed = new Map<string, { size: number; sha256: string }>()

// Reads synchronously, so that virtual time does not jump meanwhile. Cached by name, time and size, as one installer
// goes to many hosts.
function localFile(path: string): { size: number; sha256: string } {
  let stat
  try {
    stat = statSync(path)
  } catch {
    throw localFileUnreadable(path)
  }
  const key = `${path}|${stat.mtimeMs}|${stat.size}`
  const known = hashed.get(key)
  if (known) return known
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(1 << 20)
  const descriptor = openSync(path, 'r')
  try {
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer))
      hash.update(buffer.subarray(0, read))
  } finally {
    closeSync(descriptor)
  }
  const local = { size: stat.size, sha256: hash.digest('hex') }
  hashed.set(key, local)
  return local
}
