/** Owns the shape of the acceptance summary: what was planned and what was built, with everything a person decided on the way. */
import { z } from 'zod'
import { Approval } from '../plan/approval.ts'
import { Confirmation } from '../run/confirmation.ts'
import { choices } from '../run/event.ts'
import { severities } from '../base/finding.ts'
import { componentNames, Sha256, stageNames } from '../base/ids.ts'
import { WaiverText } from '../checks/waiver.ts'

/** Milliseconds since 1970, UTC. */
const moment = z.number()
const of = { host: z.string(), component: z.enum(componentNames) }

/** One component on one host. `exception`: somebody let a step of it pass or left the host out. `unproven`: nothing of the run shows it. */
export const BuiltPlacement = z.strictObject({
  ...of,
  planned: z.string(),
  built: z.array(z.string()),
  match: z.enum(['yes', 'exception', 'unproven']),
})
export type BuiltPlacement = z.infer<typeof BuiltPlacement>

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

export const Dossier = z.strictObject({
  format: z.literal('exekra-rollout-dossier'),
  version: z.literal(1),
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
  placements: z.array(BuiltPlacement),
  hosts: z.array(
    z.strictObject({
      host: z.string(),
      address: z.string(),
      system: z.string().nullable(),
      excluded: z.strictObject({ by: z.string(), why: z.string() }).nullable(),
    }),
  ),
  media: z.array(
    z.strictObject({ file: z.string(), sha256: z.string(), evidence: z.array(z.string()), hosts: z.array(z.string()) }),
  ),
  installers: z.array(
    z.strictObject({
      ...of,
      attempt: z.int(),
      exitCode: z.int().nullable(),
      said: z.string(),
      startedAt: moment,
      endedAt: moment,
    }),
  ),
  paths: z.array(
    z.strictObject({ host: z.string(), title: z.string(), evidence: z.array(z.string()), at: moment.nullable() }),
  ),
  approvals: z
    .array(Approval)
    .optional()
    .describe('those of the revision that stood when the run began; left out where nobody had approved it'),
  waivers: z.array(WaiverText),
  findings: z
    .array(z.strictObject({ host: z.string(), check: z.string(), severity: z.enum(severities), message: z.string() }))
    .describe('what the last look at each host found, passes left out'),
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
  decisions: z.array(
    z.strictObject({
      at: moment,
      host: z.string(),
      step: z.string(),
      choice: z.enum(choices),
      by: z.string(),
      why: z.string(),
      after: z.string().describe('the failure it answers'),
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
  everyStep: z.array(
    z.strictObject({
      host: z.string(),
      stage: z.enum(stageNames),
      title: z.string(),
      outcome: z.string(),
      attempts: z.int(),
      startedAt: moment.nullable(),
      endedAt: moment.nullable(),
    }),
  ),
  audit: z
    .strictObject({ rows: z.int(), head: z.string() })
    .nullable()
    .describe('the end of the audit when this was made; null where the audit is not what was written'),
  sealed: z.strictObject({
    sha256: Sha256.describe('of this document without audit and sealed, as JSON with sorted keys and no white space'),
    signatures: z.array(Signature),
  }),
})
export type Dossier = z.infer<typeof Dossier>

/** What is made of the log alone; who signs it is not part of it. */
export type DossierContent = Omit<Dossier, 'sealed'>

/** Placements that read alike, in the order of the first of each: 26 Runners are one row. */
export function alikePlacements(
  placements: readonly BuiltPlacement[],
): { readonly first: BuiltPlacement; readonly hosts: readonly string[] }[] {
  const rows = new Map<string, { first: BuiltPlacement; hosts: string[] }>()
  for (const placement of placements) {
    const key = JSON.stringify([placement.component, placement.planned, placement.built, placement.match])
    const row = rows.get(key)
    if (row) row.hosts.push(placement.host)
    else rows.set(key, { first: placement, hosts: [placement.host] })
  }
  return [...rows.values()]
}

/** The verdict in a few words. */
export function verdictOf({ run, waivers }: DossierContent): string {
  if (run.outcome === 'cancelled') return 'Cancelled: not accepted'
  const waived = waivers.length === 0 ? '' : ` with ${waivers.length === 1 ? '1 waiver' : `${waivers.length} waivers`}`
  return run.outcome === 'accepted'
    ? `Accepted${waived}`
    : `Accepted with exceptions${waived === '' ? '' : ` and${waived.slice(5)}`}`
}
