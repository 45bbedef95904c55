/** Owns the words of a person that will be written down: no secret of the vault may stand in them. */
import { failed, FailureError } from '../../../domain/base/failure.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { RunRequest } from '../../../domain/run/request.ts'
import { teach, type WholeVault } from '../../vault/layered-vault.ts'
import { createRedactor } from '../../vault/redaction.ts'
import { namesSecrets, proveSecrets } from './plan-secrets.ts'

export interface ReasonContext {
  /** The plan they are about; without one the whole vault is looked into, whatever it is for. */
  readonly plan?: Plan
  /** An entry that the plan names and the vault does not hold: refused, since another process may know it; or left, where this process is the one that would use it. */
  readonly missing: 'refused' | 'left'
}

/**
 * The words with everything secret struck out: what the vault holds, and its passphrase. The vault is opened only where the plan names entries.
 * Throws the vault's FailureError, with what follows for the words, where it cannot be opened: unknown secrets cannot be struck out.
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

/** A request with the person's own words cleaned: its reason, notes and names of files. What comes from the plan stays as it is. */
export async function redactRequest(
  request: RunRequest,
  clean: (words: string) => Promise<string>,
): Promise<RunRequest> {
  const why = await clean(request.why)
  if (request.kind !== 'decide' || request.confirmed === undefined) return { ...request, why }
  const confirmed = await Promise.all(
    request.confirmed.map(async (one) => ({
      ...one,
      note: await clean(one.note),
      files: await Promise.all(one.files.map(async (file) => ({ ...file, name: await clean(file.name) }))),
    })),
  )
  return { ...request, why, confirmed }
}

function notWritten({ kind, code, message, hint, retry, evidence }: FailureError['failure']): FailureError {
  const why = `Nothing was done: the reason might hold a secret, and what is secret here cannot be known. ${message}`
  return failed(kind, code, why, `${hint} Or leave the reason out, where none is needed.`, retry, evidence)
}
