/** The methods about evidence of gates and the acceptance summary. */
import { z } from 'zod'
import { EvidenceFile, GivenName, mostEvidenceBytes } from '../../run/confirmation.ts'
import { Dossier } from '../../acceptance/dossier.ts'
import { Sha256 } from '../../base/ids.ts'
import { change, query } from '../define.ts'
import { nothing, ofRun } from './inputs.ts'

export const acceptanceMethods = {
  'evidence.put': change(
    'Keeps a file (base64) as evidence for a gate of the run, and says what of it goes into the log. Refused: file-too-large, file-empty, evidence-full, secret-in-evidence.',
    z.strictObject({ ...ofRun, name: GivenName, base64: z.string().max(Math.ceil(mostEvidenceBytes / 3) * 4) }),
    EvidenceFile,
  ),
  'evidence.read': query(
    'A file that was kept as evidence.',
    z.strictObject({ ...ofRun, sha256: Sha256 }),
    z.strictObject({ base64: z.string() }),
  ),
  'evidence.remove': change(
    'Forgets a file of evidence that no gate was opened with.',
    z.strictObject({ ...ofRun, sha256: Sha256 }),
    nothing,
  ),
  'dossier.read': query(
    'The acceptance summary of a run, made from its log; null while the run is not over.',
    z.strictObject(ofRun),
    z.strictObject({ dossier: Dossier.nullable() }),
  ),
  'dossier.write': query(
    'The acceptance summary as a file to be saved.',
    z.strictObject({
      ...ofRun,
      format: z.enum(['json', 'html']),
      everyStep: z
        .boolean()
        .describe('HTML with the table of every step, or without, as the page shows it; JSON is whole either way'),
    }),
    z.strictObject({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  ),
  'dossier.sign': change(
    'Puts a name under the summary whose seal was seen: signed here by the person at this window, or as a line to sign on paper. Refused: run-unfinished, summary-changed, signed-already.',
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
    'Takes a line away that nobody has signed.',
    z.strictObject({ ...ofRun, number: z.int().min(1) }),
    z.strictObject({ dossier: Dossier }),
  ),
} as const
