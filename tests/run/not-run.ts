/** Why a test did not run: the reason is in its name, or was given when it skipped itself. */
import type { NotRun } from './part.ts'

const reasonInName = /\s*(?:\[(needs [^\]]+)\]|\((?:skipped|not run): (.+?)\)(?= >|$))/
const unexplained = 'it gives no reason: write it in its name as [needs THING: what is missing]'

/**
 * Says why a skipped test did not run. `fullName` is its name with those of the describes around it, of which any may end in
 * `[needs sshd: /usr/sbin/sshd is missing]` or `(skipped: no OpenSSH server here)`. `note` is what it passed to skip(), if it did:
 * a test that finds out while it runs that there is nothing to see ("programs are not run there") lacks nothing, unless its
 * note begins with "needs".
 */
export function whyNotRun(fullName: string, note: string | undefined): NotRun {
  const said = reasonInName.exec(fullName)
  const why = said?.[1] ?? said?.[2] ?? note ?? unexplained
  return { what: fullName.replace(reasonInName, ''), why, lacking: why !== note || note.startsWith('needs ') }
}
