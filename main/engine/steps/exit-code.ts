/** Owns what an installer's exit code means. Codes that count as success are the plan's; the words are those of Windows Installer's published list. */
import type { Failure } from '../../../domain/base/failure.ts'

export interface ExitCodes {
  readonly success: readonly number[]
  readonly reboot: readonly number[]
  readonly rebooting: readonly number[]
  readonly retry: readonly number[]
}

export type ExitMeaning =
  | { readonly verdict: 'done' | 'reboot' | 'rebooting'; readonly text: string }
  | { readonly verdict: 'failed'; readonly text: string; readonly hint: string; readonly retry: Failure['retry'] }

// Microsoft's error codes of msiexec and Win32 that installers are seen to end with.
const known: Readonly<Record<number, readonly [text: string, hint: string]>> = {
  1: ['the installer failed without saying why', "Look at the output and at the installer's own log."],
  5: ['access was denied', 'Use a credential with administrator rights on the host.'],
  112: ['the disk is full', 'Free disk space on the host, then retry.'],
  1601: ['the Windows Installer service could not be reached', 'Start the service msiserver on the host, then retry.'],
  1602: ['the installation was cancelled', 'Make sure the unattended switches suppress every dialog.'],
  1603: [
    'a fatal error during installation',
    'Look for "Return value 3" in the output; the line above it names the action that failed.',
  ],
  1618: [
    'another installation is in progress',
    'Rollout tries again by itself a few times; after that see what else is being installed on the host, end it, and retry.',
  ],
  1619: ['the package could not be opened', 'Check the media file.'],
  1620: ['the package is not a valid Windows Installer package', 'Check the media file.'],
  1624: ['a transform could not be applied', 'Check the unattended arguments.'],
  1625: ['a system policy forbids the installation', 'Ask who owns the policy of the host.'],
  1633: ['the package is not for this kind of processor', 'Plan another host or another package.'],
  1638: ['another version of the product is installed already', 'Remove the other version, or plan an upgrade.'],
  1639: ['the command line is wrong', 'Check the unattended arguments in the plan.'],
  3017: ['a restart is required before the installation can go on', 'Rollout restarts the host, then tries again.'],
}

/** The meaning of an exit code, by the plan's lists first. */
export function meaningOf(exitCode: number, codes: ExitCodes): ExitMeaning {
  if (codes.success.includes(exitCode)) return { verdict: 'done', text: 'done' }
  if (codes.reboot.includes(exitCode)) return { verdict: 'reboot', text: 'done, a restart is wanted' }
  if (codes.rebooting.includes(exitCode)) return { verdict: 'rebooting', text: 'done, the installer restarts the host' }
  const [text, hint] = known[exitCode] ?? [
    'a code that Rollout does not know',
    "Look at the output and at the installer's own documentation.",
  ]
  const retry = codes.retry.includes(exitCode) ? 'backoff' : exitCode === 3017 ? 'after-reboot' : 'never'
  return { verdict: 'failed', text, hint, retry }
}
