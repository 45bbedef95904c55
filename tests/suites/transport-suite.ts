/** Owns the one behavioural suite of every transport: what is true of a host must be true of it however it is reached. */
import { afterAll, beforeAll, describe, test } from 'vitest'
import { changeParts } from './transport/changes.ts'
import { fileParts } from './transport/files.ts'
import { ask, type HostUnderTest, type SuitePart } from './transport/host-under-test.ts'
import { jobParts } from './transport/jobs.ts'
import { readOnlyParts } from './transport/read-only.ts'

export interface TransportSuite {
  readonly name: string
  /** The rung of evidence it stands on, for example "rung 3". */
  readonly rung: string
  open(): Promise<HostUnderTest>
  /** Undoes what `open` did on this machine. */
  close?(): Promise<void>
  /** Why it cannot be run here; everything is then skipped, and says so. */
  readonly unavailable?: string
}

/** Registers the suite: read-only parts first, then files, jobs and changes; at the end the work folder is gone. */
export function transportSuite(suite: TransportSuite): void {
  describe(`${suite.rung}: ${suite.name}${suite.unavailable === undefined ? '' : ` (not run: ${suite.unavailable})`}`, { skip: suite.unavailable !== undefined }, () => {
    let host: HostUnderTest
    beforeAll(async () => { host = await suite.open() }, 120_000)
    afterAll(async () => { await host.session.close(); await suite.close?.() })
    const register = (title: string, parts: readonly SuitePart[]) => {
      describe(title, () => {
        for (const part of parts) {
          test(part.name, async (context) => {
            const reason = part.leftOut?.(host)
            if (reason !== undefined) return context.skip(reason)
            await part.run(host)
          }, part.limitMs ?? 60_000)
        }
      })
    }
    register('only looking', readOnlyParts)
    register('files and folders', fileParts)
    register('jobs', jobParts)
    register('changes', changeParts)
    test('leaves nothing behind', async () => {
      const session = await host.reopen()
      const root = host.workFolder.slice(0, Math.max(host.workFolder.lastIndexOf('/'), host.workFolder.lastIndexOf('\\')))
      await ask(session, 'Remove-WorkFolder', { Root: root, Path: host.workFolder })
      await session.close()
    })
  })
}
