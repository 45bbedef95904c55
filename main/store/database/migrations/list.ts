/** The migrations in order: the first creates database version 1, the next version 2, and so on. Forward only. */
import { sql as log } from './001-log.ts'
import { sql as processes } from './002-processes.ts'
import { sql as surveys } from './003-surveys.ts'
import { sql as outputOrder } from './004-output-order.ts'
import { sql as evidence } from './005-evidence.ts'
import { sql as control } from './006-control.ts'
import { sql as approvals } from './007-approvals.ts'
import { sql as signatures } from './008-signatures.ts'
import { sql as revisionSeals } from './009-revision-seals.ts'
import { sql as logVersion2 } from './010-log-version-2.ts'

export const migrations: readonly string[] = [
  log,
  processes,
  surveys,
  outputOrder,
  evidence,
  control,
  approvals,
  signatures,
  revisionSeals,
  logVersion2,
]
