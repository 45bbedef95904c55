/** Files on their way to a host: whose signature is accepted, and when nothing is sent. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { VerbResult } from '../../../../domain/remote/verb.ts'
import { lanesOn, scriptedHost, type Answers } from '../../../builders/scripted-host.ts'

const signer = 'AB'.repeat(20)
const sha256 = 'e'.repeat(64)
const remotePath = 'C:\\Work\\media\\runner.exe'

type Signature = VerbResult<'Get-FileState'>['signature']
const valid: Signature = { status: 'Valid', thumbprint: signer, subject: 'CN=Exekra' }

/** Verifies a file with the pinned hash that is signed like that. */
async function verified(signature: Signature, pinned: string | null = signer) {
  const looks: boolean[] = []
  const host = scriptedHost({
    'Get-FileState': ({ Signature }) => {
      looks.push(Signature)
      return { exists: true, length: 1, sha256, signature }
    },
  })
  const artefact = { file: 'media/runner.exe', sha256, ...(pinned !== null && { signer: pinned }) }
  const tried = await lanesOn(host).once({ kind: 'verify-artefact', artefact, remotePath })
  return { ...tried, looks }
}

test('the pinned signer is accepted, however the host writes its thumbprint', async () => {
  for (const thumbprint of [signer, signer.toLowerCase()]) {
    const { outcome, evidence } = await verified({ status: 'Valid', thumbprint, subject: 'CN=Exekra' })
    expect(outcome).toBe('succeeded')
    expect(evidence).toContain('CN=Exekra')
  }
})

test.each<[string, Signature]>([
  ['validly signed by somebody else', { ...valid, thumbprint: 'CD'.repeat(20) }],
  ['signed by the pinned signer, but changed since', { ...valid, status: 'HashMismatch' }],
  ['signed by the pinned signer, but not trusted there', { ...valid, status: 'NotTrusted' }],
  ['not signed', { status: 'NotSigned', thumbprint: null, subject: null }],
  ['one of which the host says nothing', null],
])('a file is refused that is %s', async (_, signature) => {
  const { failure } = await verified(signature)
  expect(failure).toMatchObject({ kind: 'trust', code: 'wrong-signer', retry: 'never' })
  expect(failure?.evidence).toEqual([
    `pinned ${signer}`,
    `found ${signature?.thumbprint ?? 'no signature'}, status ${signature?.status ?? 'unknown'}`,
  ])
})

test('without a pinned signer the hash decides alone, and the signature is not asked for', async () => {
  const { outcome, looks, events } = await verified(null, null)
  expect([outcome, looks]).toEqual(['succeeded', [false]])
  // The acceptance summary says which file it was.
  expect(events.at(-1)).toMatchObject({ type: 'step.succeeded', sha256 })
})

/** Stages a file of that many bytes on a host that lacks it. */
async function staged(size: number, freeBytes: number | null, more: Answers = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'rollout-artefact-'))
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true })
  })
  const file = join(dir, 'runner.exe')
  const bytes = Buffer.alloc(size, 7)
  writeFileSync(file, bytes)
  const hash = createHash('sha256').update(bytes).digest('hex')
  let there = false
  const folders: string[] = []
  const host = scriptedHost(
    {
      'Get-FileState': () => ({
        exists: there,
        length: there ? size : null,
        sha256: there ? hash : null,
        signature: null,
      }),
      'New-WorkFolder': ({ Path }) => {
        folders.push(Path)
        return { created: true, freeBytes }
      },
      ...more,
    },
    {
      put: async (_file, { onProgress }) => {
        for (let sent = 0; sent <= size; sent += size / 40) onProgress?.(sent)
        there = true
      },
    },
  )
  const tried = await lanesOn(host).once({ kind: 'stage-artefact', artefact: { file, sha256: hash }, remotePath })
  return { ...tried, folders, changes: host.changes() }
}

test('a file that does not fit on the disk is not sent', async () => {
  const { failure, changes, folders } = await staged(4_000, 3_999)
  expect(failure).toMatchObject({ kind: 'host', code: 'disk-full', retry: 'never' })
  expect(failure?.message).toContain('runner.exe')
  expect(changes).toEqual(['New-WorkFolder'])
  expect(folders).toEqual(['C:\\Work\\media'])
})

test('what an earlier try has sent of a file needs no room: only the rest must fit', async () => {
  const begun = (length: number): Answers => ({
    'Get-FileState': ({ Path }) => ({
      exists: Path.endsWith('.part'),
      length: Path.endsWith('.part') ? length : null,
      sha256: null,
      signature: null,
    }),
  })
  const { changes } = await staged(4_000, 1_000, begun(3_000))
  expect(changes).toEqual(['New-WorkFolder', 'put'])
  const { failure } = await staged(4_000_000, 1_000_000, begun(2_000_000))
  expect(failure).toMatchObject({ code: 'disk-full', message: expect.stringContaining('needs 2.0 MB') as string })
})

test('a file that fits exactly is sent, and so is one where the host does not tell its free space', async () => {
  for (const free of [4_000, null]) {
    const { outcome, changes } = await staged(4_000, free)
    expect([outcome, changes]).toEqual(['succeeded', ['New-WorkFolder', 'put']])
  }
})

test('progress is told in ten lines, not in one for each piece', async () => {
  const { output } = await staged(4_000, null)
  expect(output.trim().split('\n')).toHaveLength(10)
  expect(output).toMatch(/0\.0 MB of 0\.0 MB sent\n$/)
})
