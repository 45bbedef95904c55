/** Checks that no secret is written into the plan, where it would reach logs and process lists. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { installerTexts, type InstallerText } from '../../plan/installer-text.ts'

// Bounded repeats only: a plan may hold very long texts, and these run over every one of them.
const secretWord =
  /(?:password|passwd|passphrase|secret|token|api[-_]?key|private[-_]?key|pwd|(?<!by|com|sur|tres)pass)$/i
const assigned =
  /(?:password|passwd|passphrase|secret|token|api[-_]?key|private[-_]?key|pwd|(?<!by|com|sur|tres)pass)\s{0,3}[=:]\s{0,3}["']?[^\s"'{};]/i
const credentialsInUrl = /:\/\/[^\s:/@]{0,200}:[^\s/@{][^\s@]{0,200}@/

export const secretsSpelledOut = defineCheck({
  id: 'secrets-spelled-out',
  title: 'No secret written out',
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan }, say) {
    for (const one of installerTexts(plan)) {
      // The text itself is not repeated: findings are printed, stored and sent around.
      if (looksSecret(one))
        say.block(
          one.owner,
          `${one.where} looks like a secret written out. A plan is read by many, and arguments show in process lists.`,
          'Put it into the vault and give it to the installer as an environment value {"secret": "name of the vault entry"}.',
          one.field,
        )
    }
    return 'No argument, environment value or instruction looks like a secret written out.'
  },
})

function looksSecret({ kind, text, label }: InstallerText): boolean {
  if (text === '' || kind === 'detection') return false
  if (credentialsInUrl.test(text)) return true
  switch (kind) {
    case 'environment':
      return secretWord.test(label) || assigned.test(text)
    case 'argument':
      // `--password hunter2` may come as two arguments.
      return assigned.test(text) || (/^[-/]/.test(label) && secretWord.test(label) && !/^[-/]/.test(text))
    case 'instruction':
      // "Enter the password: see the vault" is what an instruction should say; only `password=...` is a value.
      return assigned.test(text.replaceAll(':', ' '))
  }
}
