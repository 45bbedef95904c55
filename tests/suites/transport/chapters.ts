/** The order of the transport suite's parts; free of vitest, so that a command can run them against an owner's host. */
import { changeParts } from './changes.ts'
import { fileParts } from './files.ts'
import type { SuitePart } from './host-under-test.ts'
import { jobParts } from './jobs.ts'
import { readOnlyParts } from './read-only.ts'

/** The first chapter only looks and may be run against any host; the others change what lies in the work folder, or is named after the suite. */
export const suiteChapters = {
  'only looking': readOnlyParts,
  'files and folders': fileParts,
  jobs: jobParts,
  changes: changeParts,
} as const satisfies Record<string, readonly SuitePart[]>
export type SuiteChapter = keyof typeof suiteChapters
export const everyChapter = Object.keys(suiteChapters) as readonly SuiteChapter[]
