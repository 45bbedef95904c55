/** The secrets a plan names: taught to the redactor before a run, and checked for. */
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Vault } from '../../engine/ports.ts'

// Practice hosts need no sign-in, and this machine's own PowerShell runs as the user of Rollout.
const withoutCredential: ReadonlySet<string> = new Set(['simulated', 'local', 'unmanaged'])

/** The vault entries a plan's rollout uses, each once: for signing in, and for the installers' environment. */
function entriesOf(plan: Plan): { readonly credentials: ReadonlySet<string>; readonly secrets: ReadonlySet<string> } {
  const credentials = new Set(
    plan.hosts.flatMap((host) =>
      withoutCredential.has(host.reach.kind) ? [] : [host.credential ?? plan.defaultCredential ?? []].flat(),
    ),
  )
  const secrets = new Set(
    Object.values(plan.installers).flatMap((installer) =>
      installer.mode === 'unattended'
        ? Object.values(installer.environment).flatMap((value) => ('secret' in value ? [value.secret] : []))
        : [],
    ),
  )
  return { credentials, secrets }
}

/** Whether a rollout of this plan uses any entry of the vault. */
export function namesSecrets(plan: Plan): boolean {
  const { credentials, secrets } = entriesOf(plan)
  return credentials.size + secrets.size > 0
}

/**
 * Reads each secret the run will use, so that the redactor knows them all from the first event on: a person may type
 * one into a reason before its host was reached. A missing entry is left to the step that needs it, which reports it.
 */
export async function learnSecrets(plan: Plan, vault: Vault): Promise<void> {
  const { credentials, secrets } = entriesOf(plan)
  // In turn: a locked vault then asks for its passphrase once.
  for (const ref of credentials) await vault.credential(ref).catch(() => undefined)
  for (const ref of secrets) await vault.secret(ref).catch(() => undefined)
}

/**
 * Checks that the vault opens and has every entry the plan names, before a run would fail on each host for the same
 * reason. Throws the vault's FailureError.
 */
export async function proveSecrets(plan: Plan, vault: Vault): Promise<void> {
  const { credentials, secrets } = entriesOf(plan)
  for (const ref of credentials) await vault.credential(ref)
  for (const ref of secrets) await vault.secret(ref)
}
