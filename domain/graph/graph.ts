/** Graph: a plan compiled to steps, waves, stages and gates; frozen with the run. */
import { z } from 'zod'
import { stageNames } from '../base/ids.ts'
import { Step } from './step.ts'

export const Gate = z.strictObject({
  id: z.string().describe('gate:STAGE, the stage that it opens'),
  opens: z.enum(stageNames),
  title: z.string(),
  checklist: z.array(z.string()).describe('what a person confirms, because nothing documented can be observed'),
})
export type Gate = z.infer<typeof Gate>

export const Stage = z.strictObject({
  name: z.enum(stageNames),
  gate: Gate.nullable().describe('the gate before this stage; none before the first'),
  canary: z.boolean().describe('wave 1 must settle completely before any other host begins'),
  waves: z.array(z.strictObject({ number: z.int().min(1), id: z.string(), hosts: z.array(z.string()) })),
})
export type Stage = z.infer<typeof Stage>

export const GraphPolicy = z.strictObject({
  concurrency: z.int(),
  stageConcurrency: z.partialRecord(z.enum(stageNames), z.int()),
  stopAtFailedPercent: z.int(),
})

export const Graph = z.strictObject({
  format: z.literal('exekra-rollout-graph'),
  version: z.literal(1),
  planName: z.string(),
  stages: z.array(Stage),
  steps: z.array(Step),
  policy: GraphPolicy,
})
export type Graph = z.infer<typeof Graph>
