/** Reads a plan from a file, and checks its media on this workstation. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { mediaOf, type FileSeen } from '../../../domain/plan/media.ts'
import type { Plan, PlanProblem } from '../../../domain/plan/plan.ts'
import { readPlanText } from '../../../domain/plan/plan-text.ts'
import { decodeText } from './decode-text.ts'
import { fileText, wholeFile } from './text.ts'
import { unreadFile, type UnreadFile } from './unread-file.ts'

export type PlanFileReading =
  | { readonly ok: true; readonly plan: Plan; readonly baseDir: string }
  /** `unread`: why the file could not be read at all. */
  | { readonly ok: false; readonly problems: readonly PlanProblem[]; readonly unread?: UnreadFile['why'] }

type Refusal = Extract<PlanFileReading, { ok: false }>

// A plan of 5,000 hosts is about 3 MB.
const maxBytes = 64 * 1024 * 1024

/** Reads and validates a plan file. `baseDir` is the folder that relative media paths start from. */
export async function readPlanFile(path: string): Promise<PlanFileReading> {
  const refuse = (message: string): Refusal => ({ ok: false, problems: [{ path: wholeFile, message }] })
  let text: string | undefined
  try {
    const { size } = await stat(path)
    if (size > maxBytes) return refuse(fileText.tooLarge(path, size, maxBytes))
    text = decodeText(await readFile(path))
  } catch (error) {
    const { why, message } = unreadFile(path, error)
    return { ...refuse(message), unread: why }
  }
  if (text === undefined) return refuse(fileText.notText(path))
  const reading = readPlanText(text, path)
  return reading.ok ? { ok: true, plan: reading.plan, baseDir: dirname(resolve(path)) } : reading
}

/** The absolute path of a file the plan names. */
export function mediaPath(baseDir: string, file: string): string {
  return isAbsolute(file) ? file : resolve(baseDir, file)
}

/** Every media file of the plan: whether it exists, its size and hash. Keyed by the path written in the plan. */
export async function lookAtMedia(plan: Plan, baseDir: string): Promise<Map<string, FileSeen>> {
  const seen = new Map<string, FileSeen>()
  for (const { artefact } of mediaOf(plan))
    if (!seen.has(artefact.file)) seen.set(artefact.file, await lookAt(mediaPath(baseDir, artefact.file)))
  return seen
}

/** One file of this workstation: whether it exists, its size and hash. Never throws. */
export async function lookAt(path: string): Promise<FileSeen> {
  try {
    const { size } = await stat(path)
    const hash = createHash('sha256')
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
    return { exists: true, sha256: hash.digest('hex'), size }
  } catch {
    return { exists: false, sha256: null, size: null }
  }
}
