/** The methods about surveys of a revision. */
import { z } from 'zod'
import { Failure } from '../../base/failure.ts'
import { change, query } from '../define.ts'
import { SeenHost } from '../shapes.ts'
import { nothing, id, path, ofRevision } from './inputs.ts'

export const surveyMethods = {
  'survey.start': change(
    'Begins to visit the hosts of a revision, changing nothing on them. Named hosts are asked again and the answers of others stay; else an earlier survey of that revision is forgotten.',
    z.strictObject({
      ...ofRevision,
      folder: path.nullable().default(null),
      hosts: z.array(z.string().min(1).max(63)).min(1).max(20_000).optional(),
    }),
    z.strictObject({ surveyId: z.string() }),
  ),
  'survey.stop': change('Ends a survey; what was seen stays.', z.strictObject({ surveyId: id }), nothing),
  'survey.result': query(
    'What the newest survey of a revision has seen so far, whoever made it; null where there is none.',
    z.strictObject({
      ...ofRevision,
      after: z.int().min(0).default(0).describe('the number of the last answer that the caller has of this survey'),
    }),
    z
      .strictObject({
        surveyId: z.string(),
        status: z
          .enum(['running', 'done', 'stopped', 'failed', 'unended'])
          .describe('unended: begun by another process that has not said how it ended'),
        by: z.string(),
        startedAt: z.number(),
        endedAt: z.number().nullable(),
        failure: Failure.nullable(),
        planChanged: z.boolean().describe('the revision has been edited since'),
        total: z.int().describe('hosts of the revision that are visited'),
        visiting: z.array(z.string()),
        hosts: z.array(SeenHost).describe('in the order in which they were seen'),
      })
      .nullable(),
  ),
} as const
