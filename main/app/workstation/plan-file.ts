/** Owns reading a plan from a file, and looking at the media it names on this workstation. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { mediaOf, type FileSeen } from '../../../domain/plan/media.ts'
import type { Plan, PlanProblem } from '../../../domain/plan/plan.ts'
import { readPlanText } from '../../../domain/plan/plan-text.ts'
import { decodeText } from './decode-text.ts'
import { unreadFile, type UnreadFile } from './unread-file.ts'

export type PlanFileReading =
  | { readonly ok: true; readonly plan: Plan; readonly baseDir: string }
  /** `unread`: there is nothing to judge, and why. */
  | { readonly ok: false; readonly problems: readonly PlanProblem[]; readonly unread?: UnreadFile['why'] }

type Refusal = Extract<PlanFileReading, { ok: false }>

// A plan of 5,000 hosts is about 3 MB; a hundred times that is no plan.
const maxBytes = 64 * 1024 * 1024

/** Reads and judges a plan file. `baseDir` is the folder that relative media paths start from. */
export async function readPlanFile(path: string): Promise<PlanFileReading> {
  const refuse = (message: string): Refusal => ({ ok: false, problems: [{ path: '(the file)', message }] })
  let text: string | undefined
  try {
    const { size } = await stat(path)
    if (size > maxBytes) return refuse(`${path} is larger than any plan (${Math.round(size / 1e6)} MB)`)
    text = decodeText(await readFile(path))
  } catch (error) {
    const { why, message } = unreadFile(path, error)
    return { ...refuse(message), unread: why }
  }
  if (text === undefined) return refuse(`${path} is not text in UTF-8 or UTF-16; save it as UTF-8`)
  const reading = readPlanText(text, path)
  return reading.ok ? { ok: true, plan: reading.plan, baseDir: dirname(resolve(path)) } : reading
}

/** The absolute path of a file the plan names. */
export function mediaPath(baseDir: string, file: string): string {
  return isAbsolute(file) ? file : resolve(baseDir, file)
}

/** Looks at every media file of the plan: is it there, how large, which hash. Keyed by the path written in the plan. */
export async function lookAtMedia(plan: Plan, baseDir: string): Promise<Map<string, FileSeen>> {
  const seen = new Map<string, FileSeen>()
  for (const { artefact } of mediaOf(plan))
    if (!seen.has(artefact.file)) seen.set(artefact.file, await lookAt(mediaPath(baseDir, artefact.file)))
  return seen
}

/** One file of this workstation: is it there, how large, which hash. Never throws. */
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
