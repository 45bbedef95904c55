/** What a transfer that failed is told as, where the host says no reason: SFTP has no code for a full disk. */
import { statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { failed, type FailureError } from '../../../../domain/base/failure.ts'
import type { Session } from '../../../../main/engine/ports.ts'
import { standardLimits } from '../../../../main/transports/ssh/limits.ts'
import type { Link } from '../../../../main/transports/ssh/link.ts'
import { putFile } from '../../../../main/transports/ssh/put-file.ts'
import type { Sftp } from '../../../../main/transports/ssh/sftp.ts'
import { failureOf, patient } from './reach.ts'

const { size } = statSync(import.meta.filename)
const transferFailed = failed('host', 'file-failed', 'It was not written.', 'Look at the disk.')

interface Room {
  readonly freeBytes: number | null
  readonly length: number | null
}

function put(asked: () => Promise<Room | FailureError>) {
  const run = async () => {
    const answer = await asked()
    if (answer instanceof Error) throw answer
    return answer
  }
  const file = { localPath: import.meta.filename, remotePath: 'C:\\w\\f', size, sha256: '0'.repeat(64) }
  const link = { peer: { name: 'HUB01', address: '192.0.2.1', port: 22 } } as unknown as Link
  const sftp = { open: () => Promise.reject(transferFailed) } as unknown as Sftp
  return failureOf(putFile(link, sftp, standardLimits, run as unknown as Session['run'], file, { signal: patient() }))
}

describe('a transfer that the host ended without a reason', () => {
  test('is a full disk where what is missing does not fit, and else what it was', async () => {
    expect((await put(async () => ({ freeBytes: 99, length: size - 100 }))).code).toBe('disk-full')
    expect((await put(async () => ({ freeBytes: 100, length: size - 100 }))).code).toBe('file-failed')
    expect((await put(async () => ({ freeBytes: null, length: null }))).code).toBe('file-failed')
  })

  test('is what it was where the host cannot be asked any more', async () => {
    const lost = failed('link', 'link-lost', 'The link was lost.', 'Try again.')
    expect((await put(async () => lost)).code).toBe('file-failed')
  })
})
