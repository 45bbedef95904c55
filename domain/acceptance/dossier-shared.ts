/** Parts of the acceptance summary that both of its versions share. */
import { z } from 'zod'
import { Approval } from '../plan/approval.ts'
import { Confirmation } from '../run/confirmation.ts'
import { choices } from '../run/event.ts'
import { severities } from '../base/finding.ts'
import { componentNames, Sha256, stageNames } from '../base/ids.ts'
import { WaiverText } from '../checks/waiver.ts'

/** Milliseconds since 1970, UTC. */
export const moment = z.number()
export const ofHost = { host: z.string(), component: z.enum(componentNames) }
export const match = z.enum(['yes', 'exception', 'unproven'])
export const byPerson = z.strictObject({ by: z.string(), why: z.string() })

/** A name under the summary. `signedAt` null: a line to be signed on paper. `sha256`: the seal of what was signed. */
export const Signature = z.strictObject({
  number: z.int(),
  name: z.string(),
  role: z.string(),
  by: z.string().describe('the account that wrote it'),
  signedAt: moment.nullable(),
  sha256: Sha256,
})
export type Signature = z.infer<typeof Signature>

/** The name of the format; the same in both versions. */
export const dossierFormat = z.literal('exekra-rollout-dossier')

export const decision = {
  at: moment,
  host: z.string(),
  step: z.string(),
  choice: z.enum(choices),
  by: z.string(),
  why: z.string(),
}

export const stepOfRun = {
  host: z.string(),
  stage: z.enum(stageNames),
  title: z.string(),
  attempts: z.int(),
  startedAt: moment.nullable(),
  endedAt: moment.nullable(),
}

export const attemptOfInstaller = {
  ...ofHost,
  attempt: z.int(),
  exitCode: z.int().nullable(),
  startedAt: moment,
  endedAt: moment,
}

export const hostOfRun = { host: z.string(), address: z.string(), excluded: byPerson.nullable() }

/** The fields that both versions write alike. */
export const sharedShape = {
  plan: z.strictObject({
    id: z.string(),
    name: z.string(),
    site: z.string(),
    revision: z.int(),
    hash: z.string(),
    lockedBy: z.string(),
    lockedAt: moment,
    practice: z.boolean(),
  }),
  run: z.strictObject({
    id: z.string(),
    outcome: z.enum(['accepted', 'accepted-with-exceptions', 'cancelled']),
    graphHash: z.string(),
    startedBy: z.string(),
    startedAt: moment,
    endedAt: moment,
    atGatesMs: z.number(),
    events: z.int().describe('the length of the log this was made of'),
  }),
  steps: z.strictObject({
    total: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    nothingToDo: z.int(),
    skippedByPerson: z.int(),
    notDone: z.int(),
  }),
  media: z.array(
    z.strictObject({ file: z.string(), sha256: z.string(), evidence: z.array(z.string()), hosts: z.array(z.string()) }),
  ),
  paths: z.array(
    z.strictObject({ host: z.string(), title: z.string(), evidence: z.array(z.string()), at: moment.nullable() }),
  ),
  approvals: z
    .array(Approval)
    .optional()
    .describe('the approvals of the revision when the run began; left out where nobody had approved it'),
  waivers: z.array(WaiverText),
  findings: z
    .array(z.strictObject({ host: z.string(), check: z.string(), severity: z.enum(severities), message: z.string() }))
    .describe('what the last check of each host found, passes left out'),
  gates: z.array(
    z.strictObject({
      title: z.string(),
      checklist: z.array(z.string()),
      raisedAt: moment,
      openedAt: moment,
      by: z.string(),
      why: z.string(),
      confirmed: z
        .array(Confirmation)
        .describe('item by item, with files of evidence; empty where the gate was opened with a reason alone'),
    }),
  ),
  stages: z.array(
    z.strictObject({
      stage: z.enum(stageNames),
      hosts: z.int(),
      steps: z.int(),
      startedAt: moment.nullable(),
      endedAt: moment.nullable(),
    }),
  ),
  audit: z
    .strictObject({ rows: z.int(), head: z.string() })
    .nullable()
    .describe('the end of the audit when this was made; null where the audit was changed outside Rollout'),
  sealed: z.strictObject({
    sha256: Sha256.describe('of this document without audit and sealed, as JSON with sorted keys and no white space'),
    signatures: z.array(Signature),
  }),
}
