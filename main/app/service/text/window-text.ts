/** Titles and reasons that a window shows as they are. */

/** What needs a person, on the first screen and in the notices of the system. */
export const attentionText = {
  decision: 'Failed: a decision is needed',
  byHand: 'Work by hand',
  paused: 'Paused',
  interrupted: 'Interrupted: no process is running this rollout',
} as const

/** Why the operating system does not keep the vault. */
export const vaultText = {
  namedByVariable: 'The variable ROLLOUT_VAULT names a vault with a passphrase. Rollout uses it.',
  fileExists: 'This workstation already has a vault with a passphrase. Rollout uses it.',
} as const

/** Why control was given, as the audit records it. */
export const controlText = {
  noAnswer: 'The request was not answered in time.',
} as const
