/**
 * Unsaved edits of a plan. They are kept in this window and in the application, so that a reload or a crash loses
 * nothing.
 */
import { z } from 'zod'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Client } from '../../client/client.ts'
import { forgetStored, readStored, writeStored } from '../../shared/browser-storage.ts'

export interface Unsaved {
  /** The hash of the revision that was edited. */
  readonly basedOn: string
  /** Milliseconds since 1970. */
  readonly keptAt: number
  /** The document; it may be invalid while somebody types. */
  readonly document: Plan
}

// The shape that the views rely on. The values of the fields may be invalid.
const thing = z.looseObject({})
const hostShape = z.looseObject({ name: z.string(), reach: z.looseObject({ kind: z.string() }) })
const installerShape = z.union([
  z.looseObject({
    mode: z.literal('by-hand'),
    instructions: z.array(z.string()),
    detect: thing,
    services: z.array(z.string()),
  }),
  z.looseObject({
    mode: z.literal('unattended'),
    artefact: thing,
    extra: z.array(thing),
    arguments: z.array(z.string()),
    environment: thing,
    exitCodes: thing,
    detect: thing,
    services: z.array(z.string()),
  }),
])
const shape = z.looseObject({
  site: thing,
  hosts: z.array(hostShape),
  placements: z.array(z.looseObject({ component: z.string(), host: z.string() })),
  hub: thing,
  database: thing,
  redis: thing,
  certificate: thing,
  environments: z.array(z.looseObject({ name: z.string() })),
  licence: thing,
  installers: z.record(z.string(), installerShape),
  rollout: z.looseObject({ waves: z.looseObject({ studio: thing, runner: thing }), stageConcurrency: thing }),
})
const Kept = z.strictObject({
  basedOn: z.string(),
  keptAt: z.number().default(0),
  document: z.custom<Plan>((value) => shape.safeParse(value).success),
})

/** The unsaved edits of one plan. */
export interface UnsavedEdits {
  /** Keeps the document in this window at once. */
  readonly keep: (unsaved: Omit<Unsaved, 'keptAt'>) => void
  /** Hands the edits of this window to the application; false if that failed. */
  readonly handOver: () => Promise<boolean>
  /** The newest edits; null if there are none that a view can show. */
  readonly read: () => Promise<Unsaved | null>
  /** Deletes the edits: they are saved, or the user dropped them. */
  readonly forget: () => void
}

/** The store of the unsaved edits of a plan. */
export function unsavedEdits(client: Client, planId: string): UnsavedEdits {
  const key = `rollout.unsaved.${planId}`
  let handedOver = false
  // One request at a time: a delete must not overtake a save.
  let last: Promise<unknown> = Promise.resolve()
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
  const inWindow = (): Unsaved | null => {
    const text = readStored(key)
    return text === null ? null : readable(() => JSON.parse(text))
  }
  return {
    keep: (unsaved) => {
      writeStored(key, JSON.stringify({ ...unsaved, keptAt: Date.now() }))
    },
    handOver: () => {
      const unsaved = inWindow()
      if (!unsaved) return Promise.resolve(true)
      handedOver = true
      const { basedOn, document } = unsaved
      return inOrder(() => client.call('plan.keepEdits', { planId, basedOn, document })).then(
        () => true,
        () => false,
      )
    },
    async read() {
      const { edits } = await client.call('plan.keptEdits', { planId })
      handedOver = edits !== null
      const there = edits && readable(() => edits)
      const here = inWindow()
      return here && there ? (here.keptAt >= there.keptAt ? here : there) : (here ?? there)
    },
    forget() {
      forgetStored(key)
      if (!handedOver) return
      handedOver = false
      void inOrder(() => client.call('plan.forgetEdits', { planId })).catch(() => {
        handedOver = true
      })
    },
  }
}

// Unreadable edits, perhaps of an older version, must not stop the plan from opening.
function readable(read: () => unknown): Unsaved | null {
  try {
    return Kept.parse(read())
  } catch {
    return null
  }
}
