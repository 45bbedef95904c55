/** Owns edits of a plan that the database does not have yet: kept on this computer until it does, so that a reload or a crash loses nothing. */
import { z } from 'zod'
import type { Plan } from '../../domain/plan.ts'
import { forgetKept, readKept, writeKept } from './kept.ts'

export interface Unsaved {
  /** The hash of the revision that was edited. */
  readonly basedOn: string
  /** May be no plan yet: half of it may be typed. */
  readonly document: Plan
}

// As much of a plan's shape as a view must be able to rely on; what its fields hold is the person's, right or wrong.
const thing = z.looseObject({})
const hostShape = z.looseObject({ name: z.string(), reach: z.looseObject({ kind: z.string() }) })
const installerShape = z.union([z.looseObject({ mode: z.literal('by-hand'), instructions: z.array(z.string()), detect: thing, services: z.array(z.string()) }),
  z.looseObject({ mode: z.literal('unattended'), artefact: thing, extra: z.array(thing), arguments: z.array(z.string()), environment: thing, exitCodes: thing, detect: thing, services: z.array(z.string()) })])
const shape = z.looseObject({
  site: thing, hosts: z.array(hostShape), placements: z.array(z.looseObject({ component: z.string(), host: z.string() })), hub: thing, database: thing, redis: thing, certificate: thing,
  environments: z.array(z.looseObject({ name: z.string() })), licence: thing, installers: z.record(z.string(), installerShape), rollout: z.looseObject({ waves: z.looseObject({ studio: thing, runner: thing }), stageConcurrency: thing }),
})
const Kept = z.strictObject({ basedOn: z.string(), document: z.custom<Plan>((value) => shape.safeParse(value).success) })

const keyOf = (planId: string): string => `rollout.unsaved.${planId}`

/** Keeps the document as it stands. */
export function keepUnsaved(planId: string, unsaved: Unsaved): void {
  writeKept(keyOf(planId), JSON.stringify(unsaved))
}

/** The document that the database has not got; null where there is none. */
export function readUnsaved(planId: string): Unsaved | null {
  const text = readKept(keyOf(planId))
  if (text === null) return null
  try {
    return Kept.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** The database has everything, or the person gave it up. */
export function forgetUnsaved(planId: string): void {
  forgetKept(keyOf(planId))
}
