/** The behavioural suite of every transport: what is true of a host is true however it is reached. */
import { afterAll, beforeAll, describe, test } from 'vitest'
import { everyChapter, suiteChapters, type SuiteChapter } from './transport/chapters.ts'
import { ask, type HostUnderTest } from './transport/host-under-test.ts'

export interface TransportSuite {
  readonly name: string
  /** The rung of evidence it stands on, for example "rung 3". */
  readonly rung: string
  open(): Promise<HostUnderTest>
  /** Undoes what `open` did on this machine. */
  close?(): Promise<void>
  /** What is asked; everything unless told otherwise. */
  readonly parts?: readonly SuiteChapter[]
  /** Why it cannot be run here; everything is then skipped, and says so. */
  readonly unavailable?: string
}

/** Registers the suite: read-only parts first, then files, jobs and changes; at the end the work folder is gone. */
export function transportSuite(suite: TransportSuite): void {
  describe(
    `${suite.rung}: ${suite.name}${suite.unavailable === undefined ? '' : ` (not run: ${suite.unavailable})`}`,
    { skip: suite.unavailable !== undefined },
    () => {
      let host: HostUnderTest
      beforeAll(async () => {
        host = await suite.open()
      }, 120_000)
      afterAll(async () => {
        await host.session.close()
        await suite.close?.()
      })
      for (const chapter of suite.parts ?? everyChapter) {
        describe(chapter, () => {
          for (const part of suiteChapters[chapter]) {
            test(
              part.name,
              async (context) => {
                const reason = part.leftOut?.(host)
                if (reason !== undefined) return context.skip(reason)
                await part.run(host)
              },
              part.limitMs ?? 60_000,
            )
          }
        })
      }
      test('leaves nothing behind', async () => {
        const session = await host.reopen()
        const root = host.workFolder.slice(
          0,
          Math.max(host.workFolder.lastIndexOf('/'), host.workFolder.lastIndexOf('\\')),
        )
        await ask(session, 'Remove-WorkFolder', { Root: root, Path: host.workFolder })
        await session.close()
      })
    },
  )
}
