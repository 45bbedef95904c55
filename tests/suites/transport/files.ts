/** Parts of the transport suite about files and folders; all changes are in the host's work folder. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileToPut } from '../../../main/engine/ports.ts'
import { ask, below, failureOf, type HostUnderTest, type SuitePart } from './host-under-test.ts'

const signal = new AbortController().signal

export const fileParts: readonly SuitePart[] = [
  {
    name: 'makes its work folder once',
    async run(host) {
      await ask(host.session, 'New-WorkFolder', { Path: host.workFolder })
      const again = await ask(host.session, 'New-WorkFolder', { Path: host.workFolder })
      assert.equal(again.created, false)
      assert.ok((again.freeBytes ?? 1) > 0)
    },
  },
  {
    name: 'sends a file under a name with blanks and umlauts, hashes it there and brings it back',
    run: (host) =>
      withFile(host, 'Setup für Öl (1).bin', 3_000_001, async (file, bytes) => {
        await host.session.put(file, { signal })
        const state = await ask(host.session, 'Get-FileState', { Path: file.remotePath, Hash: true, Signature: false })
        assert.deepEqual([state.exists, state.length, state.sha256], [true, file.size, file.sha256])
        assert.ok(bytes.equals(await host.session.get(file.remotePath, { signal, maxBytes: file.size })))
        await host.session.put(file, { signal })
      }),
  },
  {
    name: 'makes the folder of a file that is sent to where there is none',
    run: (host) =>
      withFile(host, 'first.bin', 5_000, async (file, bytes) => {
        const remotePath = below(host, 'not there', 'nor this', 'first.bin')
        await host.session.put({ ...file, remotePath }, { signal })
        assert.ok(bytes.equals(await host.session.get(remotePath, { signal, maxBytes: file.size })))
      }),
  },
  {
    name: 'replaces a file of the same name',
    run: (host) =>
      withFile(host, 'replaced.bin', 1_000, async (old) => {
        await host.session.put(old, { signal })
        await withFile(host, 'replaced.bin', 2_000, async (file, bytes) => {
          await host.session.put(file, { signal })
          assert.ok(bytes.equals(await host.session.get(file.remotePath, { signal, maxBytes: file.size })))
        })
      }),
  },
  {
    name: 'publishes nothing when the hash is not the one that was promised',
    run: (host) =>
      withFile(host, 'wrong.bin', 10_000, async (file) => {
        const failure = await failureOf(host.session.put({ ...file, sha256: '0'.repeat(64) }, { signal }))
        assert.deepEqual([failure.kind, failure.code], ['host', 'hash-mismatch'])
        assert.equal(
          (await ask(host.session, 'Get-FileState', { Path: file.remotePath, Hash: false, Signature: false })).exists,
          false,
        )
      }),
  },
  {
    name: 'goes on with a file that was cut off, and shows no part of it before it is whole',
    run: (host) =>
      withFile(host, `cut-${randomBytes(4).toString('hex')}.bin`, 5_000_000, async (file, bytes) => {
        const cut = new AbortController()
        const failure = await failureOf(
          host.session.put(file, {
            signal: cut.signal,
            onProgress: (sent) => {
              if (sent > 2_000_000) cut.abort()
            },
          }),
        )
        assert.ok(
          cut.signal.aborted,
          `it ended by itself: ${failure.code}: ${failure.message} ${failure.evidence.join(' ')}`,
        )
        assert.equal(
          (await ask(host.session, 'Get-FileState', { Path: file.remotePath, Hash: false, Signature: false })).exists,
          false,
        )
        const reported: number[] = []
        await host.session.put(file, {
          signal,
          onProgress: (sent) => {
            reported.push(sent)
          },
        })
        assert.ok((reported[0] ?? 0) > 1_000_000, `it began again at ${reported[0]}`)
        assert.ok(bytes.equals(await host.session.get(file.remotePath, { signal, maxBytes: file.size })))
      }),
  },
  {
    name: 'says so where the disk gets full, shows no part of the file, and goes on once there is room',
    leftOut: (host) => (host.smallDisk === undefined ? 'no disk there may be filled' : undefined),
    limitMs: 120_000,
    run: (host) =>
      withFile(host, 'large.bin', 8_000_000, async (large, bytes) => {
        const { smallDisk: disk } = host
        assert.ok(disk !== undefined)
        // A name of its own: the disk is that of every suite that this host is asked.
        const name = `large ${large.sha256.slice(0, 8)}.bin`
        const file = { ...large, remotePath: [disk.folder, name].join(host.windows ? '\\' : '/') }
        const look = () => ask(host.session, 'Get-FileState', { Path: file.remotePath, Hash: false, Signature: false })
        try {
          const failure = await failureOf(
            host.session.put(file, {
              signal,
              onProgress: (sent) => {
                if (sent > 1_000_000) disk.fill()
              },
            }),
          )
          assert.deepEqual([failure.kind, failure.code], ['host', 'disk-full'], JSON.stringify(failure))
          assert.match(failure.hint, /^Free space on /)
          assert.equal((await look()).exists, false)
        } finally {
          disk.free()
        }
        const reported: number[] = []
        await host.session.put(file, {
          signal,
          onProgress: (sent) => {
            reported.push(sent)
          },
        })
        assert.ok((reported[0] ?? 0) > 500_000, `it began again at ${reported[0]}`)
        assert.ok(bytes.equals(await host.session.get(file.remotePath, { signal, maxBytes: file.size })))
      }),
  },
  {
    name: 'fetches no more than it was allowed to, and says when there is no such file',
    run: (host) =>
      withFile(host, 'long.bin', 5_000, async (file) => {
        await host.session.put(file, { signal })
        assert.equal((await failureOf(host.session.get(file.remotePath, { signal, maxBytes: 4_999 }))).kind, 'host')
        assert.equal(
          (await failureOf(host.session.get(below(host, 'none.bin'), { signal, maxBytes: 10 }))).kind,
          'host',
        )
      }),
  },
  {
    name: 'takes a file piece by piece, a piece twice if need be, and gives it back piece by piece',
    async run(host) {
      const bytes = randomBytes(100_000)
      const PartPath = below(host, 'Stück für Stück.part')
      const write = (Offset: number, to: number) =>
        ask(host.session, 'Write-FilePart', { PartPath, Offset, Base64: bytes.subarray(Offset, to).toString('base64') })
      const read = (Offset: number, MaxBytes: number) =>
        ask(host.session, 'Read-FilePart', { Path: PartPath, Offset, MaxBytes })
      assert.deepEqual(await write(0, 40_000), { length: 40_000 })
      assert.deepEqual(
        [await write(40_000, 90_000), await write(40_000, 90_000)],
        [{ length: 90_000 }, { length: 90_000 }],
      )
      assert.equal((await failureOf(write(90_001, 100_000))).code, 'part-too-short')
      assert.deepEqual(await write(60_000, 100_000), { length: 100_000 })
      assert.equal(
        (await ask(host.session, 'Get-FileState', { Path: PartPath, Hash: true, Signature: false })).sha256,
        createHash('sha256').update(bytes).digest('hex'),
      )
      const pieces = [await read(0, 30_000), await read(30_000, 1_000_000), await read(100_000, 10)]
      assert.deepEqual(
        pieces.map(({ exists, length }) => [exists, length]),
        [
          [true, 100_000],
          [true, 100_000],
          [true, 100_000],
        ],
      )
      assert.ok(Buffer.concat(pieces.map(({ base64 }) => Buffer.from(base64, 'base64'))).equals(bytes))
      assert.deepEqual(await write(0, 0), { length: 0 })
      assert.deepEqual(
        await ask(host.session, 'Read-FilePart', { Path: below(host, 'none.bin'), Offset: 0, MaxBytes: 1 }),
        { exists: false, length: null, base64: '' },
      )
      assert.equal(
        (
          await failureOf(
            ask(host.session, 'Write-FilePart', {
              PartPath: below(host, 'no such folder', 'x'),
              Offset: 0,
              Base64: '',
            }),
          )
        ).code,
        'no-folder',
      )
    },
  },
  {
    name: 'removes a folder only below its root',
    async run(host) {
      const inner = below(host, 'to go')
      await ask(host.session, 'New-WorkFolder', { Path: inner })
      const up = host.windows ? `${inner}\\..` : `${inner}/..`
      for (const path of [host.workFolder, up, host.windows ? 'C:\\Windows' : '/usr']) {
        const failure = await failureOf(ask(host.session, 'Remove-WorkFolder', { Root: host.workFolder, Path: path }))
        assert.deepEqual([failure.kind, failure.code], ['host', 'outside-root'])
      }
      assert.deepEqual(await ask(host.session, 'Remove-WorkFolder', { Root: host.workFolder, Path: inner }), {
        removed: true,
      })
      assert.deepEqual(await ask(host.session, 'Remove-WorkFolder', { Root: host.workFolder, Path: inner }), {
        removed: false,
      })
    },
  },
]

async function withFile(
  host: HostUnderTest,
  name: string,
  size: number,
  use: (file: FileToPut, bytes: Buffer) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rollout-suite-'))
  try {
    const bytes = randomBytes(size)
    const localPath = join(folder, 'source file.bin')
    await writeFile(localPath, bytes)
    await use(
      { localPath, remotePath: below(host, name), size, sha256: createHash('sha256').update(bytes).digest('hex') },
      bytes,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}
