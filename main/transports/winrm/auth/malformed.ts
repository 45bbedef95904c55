/** Owns the one failure of every decoder here: bytes from the network that are not what they should be. */
import { failed, type FailureError } from '../../../../domain/base/failure.ts'

/** Says what could not be read and why. Nothing of the bytes is quoted: they may hold what a credential was made of. */
export function malformed(what: string, why: string): FailureError {
  return failed(
    'link',
    'bad-answer',
    `The host answered with ${what} that cannot be read: ${why}.`,
    'Check that the port is that of WinRM and that no proxy or gateway between changes what is sent.',
    'backoff',
    [`${what}: ${why}`],
  )
}
