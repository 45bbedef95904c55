/** Steps about files: stage-artefact, verify-artefact, clear-staging. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { failed } from '../../../domain/base/failure.ts'
import { fileNameOf, parentOf, partPathOf } from '../../../domain/base/host-path.ts'
import { seen, type Observation, type StepContext, type StepHandler, type WorkOf } from './handler.ts'
import { observeProduct } from './product.ts'
import { fileText } from './text.ts'

type FileContext = Omit<StepContext<'stage-artefact'>, 'work'> & {
  readonly work: WorkOf<'stage-artefact'> | WorkOf<'verify-artefact'>
}

export const stageArtefact: StepHandler<'stage-artefact'> = {
  async observe(context) {
    const file = await fileState(context, false)
    if (!file.exists) return (await notNeeded(context)) ?? seen('absent', fileText.missing(context.work.remotePath))
    const right = file.sha256 === pinnedHash(context)
    return seen(right ? 'satisfied' : 'partial', fileText.hash(context.work.remotePath, file.sha256, 'unknown'))
  },
  async apply(context) {
    await send(context)
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
      // A person decides about the first wrong file; their retry sends the pinned one again.
      if (context.failures > 0)
        return seen(file.exists ? 'partial' : 'absent', fileText.hash(remotePath, file.sha256, 'none'))
      if (!file.exists)
        throw failed('host', 'not-staged', fileText.notStaged(name, context.host.name), fileText.notStagedHint)
      throw failed('trust', 'hash-mismatch', fileText.changed(name, context.host.name), fileText.changedHint, 'never', [
        `pinned ${pinnedHash(context)}`,
        `found  ${file.sha256 ?? 'no file'}`,
      ])
    }
    const signature = signerEvidence(context, file.signature)
    return { ...seen('satisfied', `SHA-256 ${file.sha256}`, ...signature), sha256: file.sha256 }
  },
  async apply(context) {
    await send(context)
  },
}

export const clearStaging: StepHandler<'clear-staging'> = {
  async observe({ session, signal, work }) {
    const { exists } = await session.run(
      'Get-FileState',
      { Path: work.folder, Hash: false, Signature: false },
      { signal },
    )
    return exists
      ? seen('absent', fileText.folderExists(work.folder))
      : seen('satisfied', fileText.folderRemoved(work.folder))
  },
  async apply({ session, signal, work }) {
    await session.run('Remove-WorkFolder', { Root: work.root, Path: work.folder }, { signal })
  },
}

/**
 * Satisfied where the component is installed already: a second run of a plan must send nothing.
 * If it is removed before the installer's turn, that step finds no file and fails.
 */
async function notNeeded(context: FileContext): Promise<Observation | undefined> {
  const { component } = context.work
  const installer = component === undefined ? undefined : context.plan.installers[component]
  if (!installer) return undefined
  const product = await observeProduct(context, installer.detect)
  return product.state === 'satisfied' ? seen('satisfied', fileText.notNeeded, ...product.evidence) : undefined
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
  // Before anything is sent: the plan pins the approved file, and the local one may have changed.
  if (sha256 !== pinnedHash(context))
    throw failed('trust', 'hash-mismatch', fileText.otherHere(localPath), fileText.otherHereHint, 'never', [
      `pinned ${pinnedHash(context)}`,
      `found  ${sha256}`,
    ])
  const folder = parentOf(work.remotePath)
  const { freeBytes } = await session.run('New-WorkFolder', { Path: folder }, { signal })
  if (freeBytes !== null && freeBytes < size) {
    const Path = partPathOf({ remotePath: work.remotePath, sha256 })
    const part = await session.run('Get-FileState', { Path, Hash: false, Signature: false }, { signal })
    const missing = size - (part.length ?? 0)
    if (freeBytes < missing)
      throw failed(
        'host',
        'disk-full',
        fileText.diskFull(host.name, megabytes(freeBytes), fileNameOf(localPath), megabytes(missing)),
        fileText.diskFullHint(host.name),
      )
  }
  let reportedTenth = 0
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
        if (tenth > reportedTenth)
          context.output({
            stream: 'output',
            text: `${fileText.sent(fileNameOf(localPath), megabytes(sent), megabytes(size))}\n`,
          })
        reportedTenth = Math.max(reportedTenth, tenth)
      },
    },
  )
}

interface LocalFile {
  readonly size: number
  readonly sha256: string
}

// A file is hashed once for all hosts, until its size or time changes.
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
    throw failed('workstation', 'media-missing', fileText.unreadable(path, code), fileText.unreadableHint)
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

function pinnedHash({ work }: FileContext): string {
  if (work.artefact.sha256 === undefined)
    throw failed('plan', 'hash-missing', fileText.notPinned(work.artefact.file), fileText.notPinnedHint)
  return work.artefact.sha256
}

function signerEvidence(
  { work, host }: FileContext,
  signature: { status: string; thumbprint: string | null; subject: string | null } | null,
): string[] {
  const wanted = work.artefact.signer
  if (wanted === undefined) return []
  if (signature?.status === 'Valid' && signature.thumbprint?.toUpperCase() === wanted)
    return [fileText.signedBy(signature.subject ?? wanted)]
  throw failed(
    'trust',
    'wrong-signer',
    fileText.wrongSigner(fileNameOf(work.remotePath), host.name),
    fileText.wrongSignerHint,
    'never',
    [`pinned ${wanted}`, `found ${signature?.thumbprint ?? 'no signature'}, status ${signature?.status ?? 'unknown'}`],
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
