/** The behavioural suite of the steps: a step does the same over every way to reach a host. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stepHandlers } from '../../main/engine/steps/index.ts'
import { stepChapters } from './steps/chapters.ts'
import type { SiteUnderSteps } from './steps/site-under-steps.ts'
import { stepHelpFor } from './steps/step-help.ts'

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
      let site: SiteUnderSteps
      let made: ReturnType<typeof stepHelpFor>
      beforeAll(async () => {
        site = await suite.open()
        made = stepHelpFor(site)
      }, 120_000)
      afterAll(async () => {
        await made.close()
        await suite.close?.()
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
                await part.run(site, made.help)
              },
              90_000,
            )
          }
        })
      }
    },
  )
}
