/** Owns making known, before a run goes on, what must never be written: every secret that the plan names. */
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Vault } from '../../engine/ports.ts'

// Practice hosts let everybody in, and this machine's own PowerShell runs as whoever runs Rollout.
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

/** Does a rollout of this plan use anything of the vault? */
export function namesSecrets(plan: Plan): boolean {
  const { credentials, secrets } = entriesOf(plan)
  return credentials.size + secrets.size > 0
}

/**
 * Asks the vault for each secret the run will use, so that the redactor behind it knows them all from the first event on: a person may type one into a
 * reason before its host was reached. What the vault does not have is left to the step that needs it, which says so on its lane.
 */
export async function learnSecrets(plan: Plan, vault: Vault): Promise<void> {
  const { credentials, secrets } = entriesOf(plan)
  // One after the other: a locked vault asks for its passphrase once.
  for (const ref of credentials) await vault.credential(ref).catch(() => undefined)
  for (const ref of secrets) await vault.secret(ref).catch(() => undefined)
}

/** Sees that the vault opens and holds every entry the plan names, before a run begins that would fail on each host for the same reason. Throws the vault's FailureError. */
export async function proveSecrets(plan: Plan, vault: Vault): Promise<void> {
  const { credentials, secrets } = entriesOf(plan)
  for (const ref of credentials) await vault.credential(ref)
  for (const ref of secrets) await vault.secret(ref)
}
