/** Event: a fact of a run in the past tense, and the shape every event must have to enter the log. */
import { z } from 'zod'
import { Confirmation } from './confirmation.ts'
import { Facts } from '../remote/facts.ts'
import { Failure } from '../base/failure.ts'
import { Finding } from '../base/finding.ts'
import { DoorReach } from '../plan/host.ts'
import { Sha256, stageNames, Moment } from '../base/ids.ts'

const who = { by: z.string().min(1), why: z.string() }
const exitCode = z.int().describe('with which the installer ended; left out where no installer did')
const attempt = { step: z.string(), attempt: z.int().min(1) }

export const observations = ['satisfied', 'absent', 'partial', 'unknown'] as const
export type ObservationState = (typeof observations)[number]

export const choices = ['retry', 'fixed', 'skip', 'exclude', 'abort'] as const
export type Choice = (typeof choices)[number]

/** What a step found out that later steps need; known keys only. */
const learned = z.strictObject({
  bootId: z.string().optional(),
  hubCertificate: z.strictObject({ sha256: z.string(), der: z.string() }).optional(),
})
export type Learned = z.infer<typeof learned>

/** The version of the logs that are written now. Version 1 had exit codes and hashes in sentences only. */
export const logVersion = 2

/** An event before the store has given it its place. */
export const NewEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('run.created'),
    planId: z.string(),
    revision: z.int(),
    planHash: z.string(),
    graphHash: z.string(),
    by: z.string(),
    approvals: z
      .int()
      .min(1)
      .optional()
      .describe('how many words about approval of the revision had been written down; left out for none'),
    logVersion: z.int().min(2).optional().describe('the version of this log; left out in version 1'),
  }),
  z.strictObject({ type: z.literal('run.started'), by: z.string() }),
  z.strictObject({ type: z.literal('run.paused'), ...who }),
  z.strictObject({ type: z.literal('run.resumed'), ...who }),
  z.strictObject({ type: z.literal('run.cancel-requested'), ...who }),
  z.strictObject({
    type: z.literal('run.window-set'),
    closesAt: Moment.nullable().describe(
      'when the planned change window closes, milliseconds since 1970; null for none',
    ),
    by: z.string().min(1),
  }),
  z.strictObject({
    type: z.literal('run.finished'),
    outcome: z.enum(['accepted', 'accepted-with-exceptions', 'cancelled']),
  }),
  z.strictObject({ type: z.literal('wave.opened'), stage: z.enum(stageNames), wave: z.int() }),
  z.strictObject({ type: z.literal('gate.raised'), gate: z.string() }),
  z.strictObject({
    type: z.literal('gate.opened'),
    gate: z.string(),
    ...who,
    confirmed: z.array(Confirmation).optional().describe('item by item, where the person was asked that way'),
  }),
  z.strictObject({ type: z.literal('step.attempted'), ...attempt, mode: z.enum(['normal', 'prove']) }),
  z.strictObject({
    type: z.literal('step.observed'),
    ...attempt,
    phase: z.enum(['before', 'after']),
    observation: z.enum(observations),
    evidence: z.array(z.string()),
  }),
  z.strictObject({
    type: z.literal('step.applying'),
    ...attempt,
    ticket: z.string().nullable().describe('the job on the host, for long installs'),
  }),
  z.strictObject({
    type: z.literal('step.succeeded'),
    ...attempt,
    changed: z.boolean(),
    rebootWanted: z.boolean(),
    learned: learned.nullable(),
    exitCode: exitCode.optional(),
    sha256: Sha256.optional().describe('of the file that was verified on the host'),
  }),
  z.strictObject({ type: z.literal('step.failed'), ...attempt, failure: Failure, exitCode: exitCode.optional() }),
  z.strictObject({ type: z.literal('step.interrupted'), ...attempt, reason: z.string() }),
  z.strictObject({ type: z.literal('step.skipped'), step: z.string(), reason: z.string(), by: z.string().nullable() }),
  z.strictObject({ type: z.literal('host.unreachable'), host: z.string(), failure: Failure, nextTryAt: z.number() }),
  z.strictObject({ type: z.literal('host.reached'), host: z.string() }),
  z
    .strictObject({ type: z.literal('reach.chosen'), host: z.string(), reach: DoorReach, why: z.string() })
    .describe('for a host whose reach is auto; kept for the whole run'),
  z.strictObject({ type: z.literal('facts.collected'), host: z.string(), facts: Facts }),
  z.strictObject({ type: z.literal('findings.recorded'), host: z.string(), findings: z.array(Finding) }),
  z.strictObject({ type: z.literal('decision.made'), step: z.string(), choice: z.enum(choices), ...who }),
])
export type NewEvent = z.infer<typeof NewEvent>

/** An event of the log: `seq` counts from 1 within its run without gaps, `at` is milliseconds since 1970, UTC. */
export type Event = NewEvent & { readonly seq: number; readonly at: number }
