/** The order of the parts of the suite of steps; restarts come last. */
import { fileParts } from './files.ts'
import { installerParts } from './installers.ts'
import { lookingParts } from './looking.ts'
import { securityParts } from './security.ts'
import type { StepPart } from './site-under-steps.ts'
import { waitingParts } from './waiting.ts'

export const stepChapters: Readonly<Record<string, readonly StepPart[]>> = {
  looking: lookingParts,
  files: fileParts,
  installers: installerParts,
  'firewall and trust': securityParts,
  waiting: waitingParts,
}
