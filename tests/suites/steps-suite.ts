/** The behavioural suite of the steps: a step does the same over every way to reach a host. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepSessions } from '../../main/engine/sessions.ts'
import { stepHandlers } from '../../main/engine/steps/index.ts'
import { stepChapters } from './steps/chapters.ts'
import { lanesOver } from './steps/lane-under-test.ts'
import type { SiteUnderSteps, StepHelp } from './steps/site-under-steps.ts'

export interface StepsSuite {
  readonly name: string
  /** The rung of evidence it stands on, for example "rung 3". */
  readonly rung: string
  open(): Promise<SiteUnderSteps>
  /** Undoes what `open` did on this machine. */
  close?(): Promise<void>
  /** Why it cannot be run here; everything is then skipped, and says so. */
  readonly unavailable?: string
}

/** Registers the suite. Every step goes through the engine's own attempt: observe, apply, observe. */
export function stepsSuite(suite: StepsSuite): void {
  describe(
    `${suite.rung}: steps over ${suite.name}${suite.unavailable === undefined ? '' : ` (not run: ${suite.unavailable})`}`,
    { skip: suite.unavailable !== undefined },
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'rollout-steps-'))
      let site: SiteUnderSteps
      let help: StepHelp
      let files = 0
      beforeAll(async () => {
        site = await suite.open()
        const sessions = keepSessions(site.transports, site.vault, site.plan.defaultCredential)
        help = {
          lanes: lanesOver(site, sessions, (file) => file),
          file(name, bytes) {
            const path = join(folder, `${++files}-${name}`)
            writeFileSync(path, bytes)
            return { path, sha256: createHash('sha256').update(bytes).digest('hex') }
          },
        }
      }, 120_000)
      afterAll(async () => {
        await help.lanes.sessions.closeAll()
        await site.transports.close()
        await site.close?.()
        await suite.close?.()
        rmSync(folder, { recursive: true, force: true })
      })
      test('asks for every kind of step', () => {
        const names = Object.values(stepChapters)
          .flat()
          .map(({ name }) => name)
        expect(Object.keys(stepHandlers).filter((kind) => !names.some((name) => name.includes(kind)))).toEqual([])
      })
      for (const [chapter, parts] of Object.entries(stepChapters)) {
        describe(chapter, () => {
          for (const part of parts) {
            test(
              part.name,
              async (context) => {
                const reason = part.leftOut?.(site)
                if (reason !== undefined) return context.skip(reason)
                await part.run(site, help)
              },
              90_000,
            )
          }
        })
      }
    },
  )
}
