/** The inputs that many methods share. */
import { z } from 'zod'

export const nothing = z.strictObject({})
export const id = z.string().min(1).max(200)
export const path = z.string().min(1).max(4096)
export const revision = z.int().min(1)
export const why = z.string().max(2000)
/** A document that may not be a plan yet: it is read and refused with problems, never trusted. */
export const document = z.unknown()
export const ofRun = { runId: id }
export const ofRevision = { planId: id, revision }
