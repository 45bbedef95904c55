/** Checks that no secret is written into the plan, where it would reach logs and process lists. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { mediaText } from '../text/media.ts'
import { installerTexts, type InstallerText } from '../../plan/installer-text.ts'

// Bounded repeats only: a plan may hold very long texts, and these run over every one of them.
const secretWord =
  /(?:password|passwd|passphrase|secret|token|api[-_]?key|private[-_]?key|pwd|(?<!by|com|sur|tres)pass)$/i
const assigned =
  /(?:password|passwd|passphrase|secret|token|api[-_]?key|private[-_]?key|pwd|(?<!by|com|sur|tres)pass)\s{0,3}[=:]\s{0,3}["']?[^\s"'{};]/i
const credentialsInUrl = /:\/\/[^\s:/@]{0,200}:[^\s/@{][^\s@]{0,200}@/

const text = mediaText.secret

export const secretsSpelledOut = defineCheck({
  id: 'secrets-spelled-out',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan }, say) {
    for (const written of installerTexts(plan)) {
      // The value is not repeated: findings are printed, stored and sent around.
      if (looksSecret(written)) say.block(written.owner, text.found(written.where), written.field)
    }
    return text.pass
  },
})

function looksSecret({ kind, text: written, label }: InstallerText): boolean {
  if (written === '' || kind === 'detection') return false
  if (credentialsInUrl.test(written)) return true
  switch (kind) {
    case 'environment':
      return secretWord.test(label) || assigned.test(written)
    case 'argument':
      // `--password hunter2` may come as two arguments.
      return assigned.test(written) || (/^[-/]/.test(label) && secretWord.test(label) && !/^[-/]/.test(written))
    case 'instruction':
      // "Enter the password: see the vault" is what an instruction should say; only `password=...` is a value.
      return assigned.test(written.replaceAll(':', ' '))
  }
}
