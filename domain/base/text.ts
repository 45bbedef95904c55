/** Rules of names and addresses, and the failure of an unknown error. */

const vaultCharacters = '1 to 100 letters, digits, dots, dashes, underscores, @ or /, starting with a letter or digit'

export const idText = {
  hostName: 'must be 1 to 63 letters, digits, dots, dashes or underscores, the first and the last a letter or digit',
  address: 'must be a DNS name or an IP address, without scheme, port or path',
  port: 'must be a whole number from 1 to 65535',
  sha256: 'must be the 64 hexadecimal digits of a SHA-256',
  credential: `must be the name of a vault entry: ${vaultCharacters}`,
} as const

export const unexpectedText = {
  message: (error: string) => `Rollout met an unexpected error: ${error}`,
  hint: 'This is a defect of Rollout. Report it with the evidence.',
} as const
