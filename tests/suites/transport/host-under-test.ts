/** What the transport suite needs to know of a host, and small helpers that its parts share. */
import assert from 'node:assert/strict'
import { FailureError, type Failure } from '../../../domain/base/failure.ts'
import type { RunOptions, Session } from '../../../main/engine/ports.ts'
import type { SmallDisk } from './small-disk.ts'
import type { Verb, VerbParams, VerbResult } from '../../../domain/remote/verb.ts'

/** One host with a session open to it, and what may be expected of it. */
export interface HostUnderTest {
  readonly session: Session
  /** A folder of the suite's own on the host; it need not be there yet, the folder above it must. Everything the suite changes lies in it. */
  readonly workFolder: string
  readonly windows: boolean
  /** Full path of a PowerShell on the host, for the programs of jobs. Without it the parts about jobs are left out. */
  readonly powershell?: string
  /** True where rules of a Windows firewall, real or recorded, may be made. */
  readonly firewall?: boolean
  /** Where this workstation reaches the host past the host's firewall, and whence. Absent where no firewall is between the two. */
  readonly reached?: { readonly address: string; readonly from: string }
  /** A service on the host that is stopped and may be started. */
  readonly service?: string
  /** A disk of the host that may be filled. */
  readonly smallDisk?: SmallDisk
  /** Opens another session with the same host. */
  reopen(): Promise<Session>
  /** Cuts the link to the host under the session, as a lost network does. */
  breakLink?(): Promise<void>
}

/** A part of the suite: a name that says what a user would miss, and the asking itself. Throws AssertionError. */
export interface SuitePart {
  readonly name: string
  /** Why this host cannot be asked, or undefined. */
  readonly leftOut?: (host: HostUnderTest) => string | undefined
  /** Milliseconds it may take. */
  readonly limitMs?: number
  readonly run: (host: HostUnderTest) => Promise<void>
}

/** Characters that text loses when somebody quotes, splices or recodes it. */
export const nasty =
  'ö 漢字 🚀 "double" \'single\' $(whoami) `tick` %PATH% & | ; <x> \\ [*?] 2026-11-23T10:00:00Z \t end'

/** Runs a verb with a time limit of 60 seconds unless told otherwise. */
export function ask<V extends Verb>(
  session: Session,
  verb: V,
  params: VerbParams<V>,
  options: Partial<RunOptions> = {},
): Promise<VerbResult<V>> {
  return session.run(verb, params, { signal: new AbortController().signal, timeoutMs: 60_000, ...options })
}

/** The Failure a promise ends with; an AssertionError if it does not fail, or with anything else. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
  throw new assert.AssertionError({ message: 'it succeeded where a failure was due' })
}

/** A path below the work folder, with the host's own separator. */
export function below(host: HostUnderTest, ...names: string[]): string {
  return [host.workFolder, ...names].join(host.windows ? '\\' : '/')
}
