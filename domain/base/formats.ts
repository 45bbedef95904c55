/** Format and version of every JSON document that Rollout prints or exports, so that a reader knows what it has. */

/** Raised when a field changes its meaning or goes; a new field does not raise it. */
export const formatVersions = {
  audit: 1,
  backup: 1,
  diagnosis: 1,
  dossier: 2,
  'dossier-file': 1,
  error: 1,
  event: 1,
  findings: 1,
  'graph-summary': 1,
  help: 1,
  'host-keys': 1,
  'host-keys-imported': 1,
  'host-key-removed': 1,
  'plan-file': 1,
  'plan-lock': 1,
  'plan-summary': 1,
  'practice-site': 1,
  'program-version': 1,
  request: 1,
  run: 1,
  runs: 1,
  'step-output': 1,
  survey: 1,
  'vault-entries': 1,
  'vault-change': 1,
} as const
export type FormatName = keyof typeof formatVersions

/**
 * The document with its format and version before its fields. Fields of the document win: a document that has a format
 * of its own keeps it.
 */
export function withFormat(name: FormatName, value: object): object {
  return { format: `exekra-rollout-${name}`, version: formatVersions[name], ...value }
}
