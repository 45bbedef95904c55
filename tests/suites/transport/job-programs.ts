/** Starts programs as jobs and follows them; each program is a line of PowerShell. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { JournalLine, type VerbParams, type VerbResult } from '../../../domain/remote/verb.ts'
import type { Session } from '../../../main/engine/ports.ts'
import { ask, below, type HostUnderTest } from './host-under-test.ts'

export interface StartedJob {
  readonly folder: string
  readonly ticket: string
  readonly params: VerbParams<'Start-HostJob'>
}

/** A job that runs that line of PowerShell, under a ticket of its own. */
export function jobOf(
  host: HostUnderTest,
  line: string,
  extra: { environment?: Record<string, string>; timeoutSeconds?: number } = {},
): StartedJob {
  assert.ok(host.powershell !== undefined)
  const ticket = `suite-${randomBytes(6).toString('hex')}`
  const folder = below(host, 'jobs')
  const program = `[Console]::OutputEncoding = New-Object Text.UTF8Encoding -ArgumentList $false; ${line}`
  return {
    folder,
    ticket,
    params: {
      Folder: folder,
      Ticket: ticket,
      File: host.powershell,
      Arguments: ['-NoProfile', '-NonInteractive', '-Command', program],
      Environment: extra.environment ?? {},
      TimeoutSeconds: extra.timeoutSeconds ?? 120,
    },
  }
}

export interface FollowedJob {
  readonly last: VerbResult<'Read-HostJob'>
  readonly lines: readonly JournalLine[]
}

/** Reads a job's journal on until `enough` says so, in pieces of `maxBytes`; an AssertionError after 90 seconds. */
export async function follow(
  session: Session,
  job: StartedJob,
  enough: (seen: FollowedJob) => boolean = ended,
  maxBytes = 1_048_576,
): Promise<FollowedJob> {
  const deadline = AbortSignal.timeout(90_000)
  const lines: JournalLine[] = []
  for (let offset = 0; ;) {
    const last = await ask(session, 'Read-HostJob', {
      Folder: job.folder,
      Ticket: job.ticket,
      Offset: offset,
      MaxBytes: maxBytes,
    })
    const text = Buffer.from(last.journal, 'base64').toString('utf8')
    assert.ok(text === '' || text.endsWith('\n'), 'the journal comes in whole lines')
    assert.equal(last.offset, offset + Buffer.byteLength(text))
    lines.push(
      ...text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JournalLine.parse(JSON.parse(line))),
    )
    // What is read together with the end may not be all of it.
    if (text === '' && enough({ last, lines })) return { last, lines }
    assert.ok(!deadline.aborted, `the job ${job.ticket} stands at ${last.state}: ${JSON.stringify(lines.slice(-5))}`)
    offset = last.offset
  }
}

export const ended = ({ last }: FollowedJob): boolean => last.state === 'ended' || last.state === 'lost'

/** The texts of one kind. */
export function texts(job: FollowedJob, kind: JournalLine['kind']): string[] {
  return job.lines.filter((line) => line.kind === kind).map((line) => line.text)
}
