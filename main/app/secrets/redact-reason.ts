/** Redaction of a person's words before they are stored. */
import { failed, FailureError } from '../../../domain/base/failure.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { RunRequest } from '../../../domain/run/request.ts'
import { teach, type WholeVault } from '../../vault/layered-vault.ts'
import { createRedactor } from '../../vault/redaction.ts'
import { namesSecrets, proveSecrets } from './plan-secrets.ts'
import { reasonText } from './text.ts'

export interface ReasonContext {
  /** The plan the words are about; without one the whole vault is used. */
  readonly plan?: Plan
  /**
   * For an entry that the plan names and the vault lacks: `refused`, since another process may know it; `left`, where
   * this process is the one that would use it.
   */
  readonly missing: 'refused' | 'left'
}

/**
 * The words with every secret of the vault redacted, its passphrase included. The vault is opened only where the plan
 * names entries. Throws the vault's FailureError, saying that nothing was done, where it cannot be opened.
 */
export async function redactReason(
  vault: WholeVault,
  words: string,
  { plan, missing }: ReasonContext,
): Promise<string> {
  if (words.trim() === '' || (plan && !namesSecrets(plan))) return words
  const redactor = createRedactor()
  try {
    if (plan && missing === 'refused') await proveSecrets(plan, vault)
    for (const entry of await vault.entries()) teach(redactor, entry)
  } catch (thrown) {
    throw thrown instanceof FailureError ? notWritten(thrown.failure) : thrown
  }
  return redactor.redact(words)
}

/** A request with the person's own words redacted: reason, notes and file names. Names of the plan stay. */
export async function redactRequest(
  request: RunRequest,
  clean: (words: string) => Promise<string>,
): Promise<RunRequest> {
  const why = await clean(request.why)
  if (request.kind !== 'decide' || request.confirmed === undefined) return { ...request, why }
  const confirmed = await Promise.all(
    request.confirmed.map(async (item) => ({
      ...item,
      note: await clean(item.note),
      files: await Promise.all(item.files.map(async (file) => ({ ...file, name: await clean(file.name) }))),
    })),
  )
  return { ...request, why, confirmed }
}

function notWritten({ kind, code, message, hint, retry, evidence }: FailureError['failure']): FailureError {
  return failed(kind, code, reasonText.notWritten(message), reasonText.orLeaveOut(hint), retry, evidence)
}
