/** Owns the steps about files: stage-artefact, verify-artefact, clear-staging. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { failed } from '../../../domain/base/failure.ts'
import { fileNameOf, parentOf } from '../../../domain/base/host-path.ts'
import { seen, type Observation, type StepContext, type StepHandler, type WorkOf } from './handler.ts'
import { observeProduct } from './product.ts'

type FileContext = Omit<StepContext<'stage-artefact'>, 'work'> & {
  readonly work: WorkOf<'stage-artefact'> | WorkOf<'verify-artefact'>
}

export const stageArtefact: StepHandler<'stage-artefact'> = {
  async observe(context) {
    const file = await fileState(context, false)
    if (!file.exists) return (await notNeeded(context)) ?? seen('absent', `${context.work.remotePath} is not there`)
    const right = file.sha256 === pinnedHash(context)
    return seen(right ? 'satisfied' : 'partial', `${context.work.remotePath} has SHA-256 ${file.sha256 ?? 'unknown'}`)
  },
  async apply(context) {
    await send(context)
    return undefined
  },
}

export const verifyArtefact: StepHandler<'verify-artefact'> = {
  async observe(context) {
    const { artefact, remotePath } = context.work
    const file = await fileState(context, artefact.signer !== undefined)
    const name = fileNameOf(remotePath)
    const spared = file.exists ? undefined : await notNeeded(context)
    if (spared) return spared
    if (file.sha256 !== pinnedHash(context)) {
      // The first sight of a wrong file is for a person to know of; a retry is their word to send it again.
      if (context.failures > 0)
        return seen(file.exists ? 'partial' : 'absent', `${remotePath} has SHA-256 ${file.sha256 ?? 'none'}`)
      if (!file.exists)
        throw failed(
          'host',
          'not-staged',
          `${name} is not on ${context.host.name}: it was never sent there, or was removed since.`,
          'A retry sends it.',
        )
      throw failed(
        'trust',
        'hash-mismatch',
        `${name} on ${context.host.name} is not the file that the plan pins.`,
        'Find out who changed it. A retry sends the pinned file again.',
        'never',
        [`pinned ${pinnedHash(context)}`, `found  ${file.sha256 ?? 'no file'}`],
      )
    }
    const signature = signerEvidence(context, file.signature)
    return { ...seen('satisfied', `SHA-256 ${file.sha256}`, ...signature), sha256: file.sha256 }
  },
  async apply(context) {
    await send(context)
    return undefined
  },
}

export const clearStaging: StepHandler<'clear-staging'> = {
  async observe({ session, signal, work }) {
    const { exists } = await session.run(
      'Get-FileState',
      { Path: work.folder, Hash: false, Signature: false },
      { signal },
    )
    return exists ? seen('absent', `${work.folder} is still there`) : seen('satisfied', `${work.folder} is gone`)
  },
  async apply({ session, signal, work }) {
    await session.run('Remove-WorkFolder', { Root: work.root, Path: work.folder }, { signal })
    return undefined
  },
}

/** A component that is there already needs no installer: a second run of a plan must send nothing. Should it vanish before the installer's turn, that finds no file to run and says so. */
async function notNeeded(context: FileContext): Promise<Observation | undefined> {
  const { component } = context.work
  const installer = component === undefined ? undefined : context.plan.installers[component]
  if (!installer) return undefined
  const product = await observeProduct(context, installer.detect)
  return product.state === 'satisfied'
    ? seen('satisfied', 'Not needed: what it installs is there already', ...product.evidence)
    : undefined
}

function fileState({ session, signal, work }: FileContext, signature: boolean) {
  return session.run(
    'Get-FileState',
    { Path: work.remotePath, Hash: true, Signature: signature },
    { signal, timeoutMs: 600_000 },
  )
}

async function send(context: FileContext): Promise<void> {
  const { session, signal, work, host } = context
  const localPath = context.localPath(work.artefact.file)
  const { size, sha256 } = await localFile(localPath)
  // Before anything is sent: the plan pins what was approved, whatever lies here by now.
  if (sha256 !== pinnedHash(context))
    throw failed(
      'trust',
      'hash-mismatch',
      `${localPath} on this workstation is not the file that the plan pins; nothing was sent.`,
      'Put the pinned file back, or correct the plan in a new revision.',
      'never',
      [`pinned ${pinnedHash(context)}`, `found  ${sha256}`],
    )
  const folder = parentOf(work.remotePath)
  const { freeBytes } = await session.run('New-WorkFolder', { Path: folder }, { signal })
  if (freeBytes !== null && freeBytes < size)
    throw failed(
      'host',
      'disk-full',
      `${host.name} has ${megabytes(freeBytes)} free, ${fileNameOf(localPath)} needs ${megabytes(size)}.`,
      `Free disk space on ${host.name}, then retry.`,
    )
  let told = 0
  await session.put(
    { localPath, remotePath: work.remotePath, sha256: pinnedHash(context), size },
    {
      signal,
      onNote: (note) => {
        context.output({ stream: 'warning', text: `${note}\n` })
      },
      onProgress: (sent) => {
        // One line for each tenth: the log of output is for people.
        const tenth = size === 0 ? 10 : Math.floor((sent / size) * 10)
        if (tenth > told)
          context.output({
            stream: 'output',
            text: `${fileNameOf(localPath)}: ${megabytes(sent)} of ${megabytes(size)} sent\n`,
          })
        told = Math.max(told, tenth)
      },
    },
  )
}

interface LocalFile {
  readonly size: number
  readonly sha256: string
}

// One reading serves all the hosts that a file goes to, for as long as it is not touched.
const hashed = new Map<string, Promise<string>>()

async function localFile(path: string): Promise<LocalFile> {
  try {
    const { size, mtimeMs } = await stat(path)
    const key = `${path} ${size} ${mtimeMs}`
    const hashing = hashed.get(key) ?? hashOf(path)
    hashed.set(key, hashing)
    return { size, sha256: await hashing }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw failed(
      'workstation',
      'media-missing',
      `${path} cannot be read on this workstation (${code}).`,
      'Put the file where the plan says it is, then retry.',
    )
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

function pinnedHash({ work }: FileContext): string {
  if (work.artefact.sha256 === undefined)
    throw failed(
      'plan',
      'hash-missing',
      `The plan does not pin the SHA-256 of ${work.artefact.file}.`,
      'Add it to the plan.',
    )
  return work.artefact.sha256
}

function signerEvidence(
  { work, host }: FileContext,
  signature: { status: string; thumbprint: string | null; subject: string | null } | null,
): string[] {
  const wanted = work.artefact.signer
  if (wanted === undefined) return []
  if (signature?.status === 'Valid' && signature.thumbprint?.toUpperCase() === wanted)
    return [`Signed by ${signature.subject ?? wanted}`]
  throw failed(
    'trust',
    'wrong-signer',
    `${fileNameOf(work.remotePath)} on ${host.name} is not validly signed by the signer that the plan pins.`,
    'Do not run it. Get the file from its maker again, or correct the pinned signer in a new plan revision.',
    'never',
    [`pinned ${wanted}`, `found ${signature?.thumbprint ?? 'no signature'}, status ${signature?.status ?? 'unknown'}`],
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
