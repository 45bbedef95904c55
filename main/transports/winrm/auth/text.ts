/** What the sign-in to WinRM tells a person beside its failures. */
import { plural } from '../../../../domain/base/plural.ts'

export const authText = {
  correctPassword:
    'Correct the user or the password in the vault. Rollout does not try it again by itself, so that the account is not locked.',
  otherKerberos: 'another package is installed under this name',
  signatureLength: (bytes: number) => `its signature has ${plural(bytes, 'byte')} instead of 16`,
  signatureWrong: 'its signature is not that of the next message',
} as const

/** What was decoded, and what is wrong with it. */
export const formatText = {
  ntlmChallenge: 'an NTLM challenge',
  negotiateToken: 'a Negotiate token',
  certificate: 'a certificate',
  sealedMessage: 'an encrypted message',
  tooManyParts: 'it has too many parts',
  noTagOrLength: 'one of its parts has no tag or length',
  unusableLength: 'one of its parts has an invalid length',
  partTooLong: 'one of its parts is longer than the whole',
  noPart: (tag: number) => `the part 0x${tag.toString(16)} is missing`,
  noEndOfAttributes: 'its list of attributes has no end',
  attributeTooLong: 'an attribute is longer than the list',
  tooManyAttributes: (most: number) => `it has more than ${plural(most, 'attribute')}`,
  length: (bytes: number) => `it has ${plural(bytes, 'byte')}`,
  wrongStart: 'it does not begin as one',
  otherMessage: (number: number) => `it is message ${number} of NTLM instead of 2`,
  attributesOutside: 'its list of attributes lies outside of it',
  noFirstBoundary: 'it does not begin with its boundary',
  noFirstPartEnd: 'its first part has no end',
  noLength: 'its length is missing',
  notBytes: 'its second part is not binary',
  signatureSize: (bytes: number) => `its signature does not have ${plural(bytes, 'byte')}`,
  noLastBoundary: 'it does not end with its boundary',
  noLineEnd: 'a line of its header has no end',
} as const
