/** What the ssh tests share: a host of a plan at a local server, a record of trust, and sessions with short limits. */
import { createHash } from 'node:crypto'
import { rename, readFile } from 'node:fs/promises'
import { FailureError, type Failure } from '../../../../domain/base/failure.ts'
import type { Host } from '../../../../domain/plan/host.ts'
import type { Session, TrustStore } from '../../../../main/engine/ports.ts'

/** A host H1 reached by ssh at a port of this machine. */
export function hostAt(port: number, changes: { readonly hostKey?: string; readonly address?: string } = {}): Host {
  const { hostKey, address = '127.0.0.1' } = changes
  return {
    name: 'H1',
    address,
    reach: { kind: 'ssh', port, ...(hostKey !== undefined && { hostKey }) },
    workFolder: 'C:\\ProgramData\\ExekraRollout',
  }
}

/** A record of trust in memory, and what it holds. */
export function memoryTrust(): TrustStore & { readonly pins: Map<string, string> } {
  const pins = new Map<string, string>()
  return {
    pins,
    pinned: (address, port) => pins.get(`${address}:${port}`),
    pin: (address, port, fingerprint) => void pins.set(`${address}:${port}`, fingerprint),
  }
}

/** A signal that nobody aborts. */
export function patient(): AbortSignal {
  return new AbortController().signal
}

/** The Failure a promise ends with; throws when it ends well or with something that is no Failure. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
  throw new Error('it was expected to fail, and it did not')
}

/** The verb Publish-File as a host would do it, for servers of this machine on which no PowerShell runs. It answers no other verb. */
export const publishHere: Session['run'] = async (verb, params) => {
  if (verb !== 'Publish-File' || !('PartPath' in params) || !('Sha256' in params))
    throw new Error(`only Publish-File is answered here, not ${verb}`)
  const bytes = await readFile(params.PartPath)
  const sha256 = sha256Of(bytes)
  const published = sha256 === params.Sha256
  if (published) await rename(params.PartPath, params.Path)
  return { published, sha256, length: bytes.length } as never
}

/** The SHA-256 of bytes, in lower-case hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
