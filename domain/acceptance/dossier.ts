/**
 * The acceptance summary: what was planned and what was built, with everything a person decided on the way.
 * People read "acceptance summary"; code and commands call it `dossier`, because a run has another summary.
 */
import { z } from 'zod'
import { DossierV1 } from './dossier-version-1.ts'
import { DossierV2 } from './dossier-version-2.ts'

/**
 * The version follows from the log: runs that version 0.1 created keep version 1, so that anybody can compute their
 * seal again at any time.
 */
export const Dossier = z.discriminatedUnion('version', [DossierV1, DossierV2])
export type Dossier = z.infer<typeof Dossier>

/** What is made of the log alone; who signs it is not part of it. */
export type DossierContent = Omit<DossierV1, 'sealed'> | Omit<DossierV2, 'sealed'>
