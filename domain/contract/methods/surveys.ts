/** The methods about surveys of a revision. */
import { z } from 'zod'
import { Failure } from '../../base/failure.ts'
import { change, query } from '../define.ts'
import { SeenHost } from '../shapes.ts'
import { nothing, id, path, ofRevision } from './inputs.ts'

export const surveyMethods = {
  'survey.start': change(
    'Starts a survey of the hosts of a revision; changes nothing on them. With `hosts`, only these are surveyed ' +
      'again; else the survey replaces an earlier one of that revision.',
    z.strictObject({
      ...ofRevision,
      folder: path.nullable().default(null),
      hosts: z.array(z.string().min(1).max(63)).min(1).max(20_000).optional(),
    }),
    z.strictObject({ surveyId: z.string() }),
  ),
  'survey.stop': change('Stops a survey; answers so far are kept.', z.strictObject({ surveyId: id }), nothing),
  'survey.result': query(
    'Returns the newest survey of a revision, whoever started it; null if there is none.',
    z.strictObject({
      ...ofRevision,
      after: z.int().min(0).default(0).describe('the number of the last answer that the caller has'),
    }),
    z
      .strictObject({
        surveyId: z.string(),
        status: z
          .enum(['running', 'done', 'stopped', 'failed', 'unended'])
          .describe('unended: another process started it and never recorded its end'),
        by: z.string(),
        startedAt: z.number(),
        endedAt: z.number().nullable(),
        failure: Failure.nullable(),
        planChanged: z.boolean().describe('the revision has been edited since'),
        total: z.int().describe('managed hosts of the revision'),
        visiting: z.array(z.string()),
        hosts: z.array(SeenHost).describe('in the order in which they answered'),
      })
      .nullable(),
  ),
} as const
