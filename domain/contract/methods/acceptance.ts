/** The methods about evidence of gates and the acceptance summary. */
import { z } from 'zod'
import { EvidenceFile, GivenName, mostEvidenceBytes } from '../../run/confirmation.ts'
import { Dossier } from '../../acceptance/dossier.ts'
import { Sha256 } from '../../base/ids.ts'
import { change, query } from '../define.ts'
import { nothing, ofRun } from './inputs.ts'

export const acceptanceMethods = {
  'evidence.put': change(
    'Stores a file (base64) as evidence for a gate of the run, and returns the entry that goes into the log. ' +
      'Refused: file-too-large, file-empty, evidence-full, secret-in-evidence.',
    z.strictObject({ ...ofRun, name: GivenName, base64: z.string().max(Math.ceil(mostEvidenceBytes / 3) * 4) }),
    EvidenceFile,
  ),
  'evidence.read': query(
    'Returns a stored evidence file.',
    z.strictObject({ ...ofRun, sha256: Sha256 }),
    z.strictObject({ base64: z.string() }),
  ),
  'evidence.remove': change(
    'Deletes an evidence file that no opened gate refers to.',
    z.strictObject({ ...ofRun, sha256: Sha256 }),
    nothing,
  ),
  'dossier.read': query(
    'Returns the acceptance summary of a run, built from its log; null while the run has not finished.',
    z.strictObject(ofRun),
    z.strictObject({ dossier: Dossier.nullable() }),
  ),
  'dossier.write': query(
    'Returns the acceptance summary as a file to save.',
    z.strictObject({
      ...ofRun,
      format: z.enum(['json', 'html']),
      everyStep: z.boolean().describe('whether HTML includes the table of every step; JSON always does'),
    }),
    z.strictObject({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  ),
  'dossier.sign': change(
    'Adds a signature to the summary with the seal `seen`: signed here by the user, or as a line to sign on ' +
      'paper. Refused: run-unfinished, summary-changed, signed-already.',
    z.strictObject({
      ...ofRun,
      name: z.string().trim().min(1).max(120),
      role: z.string().trim().min(1).max(120),
      seen: Sha256,
      here: z.boolean(),
    }),
    z.strictObject({ dossier: Dossier }),
  ),
  'dossier.removeLine': change(
    'Removes a signature line that nobody has signed.',
    z.strictObject({ ...ofRun, number: z.int().min(1) }),
    z.strictObject({ dossier: Dossier }),
  ),
} as const
