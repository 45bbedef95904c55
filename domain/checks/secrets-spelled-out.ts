/** Checks that no secret is written into the plan, where it would reach logs and process lists. */
import { rolloutSource } from '../finding.ts'
import { defineCheck } from '../check-context.ts'
import { installerTexts, type InstallerText } from '../installer-text.ts'

const secretWord = /(?:^|[^a-z])(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|private[-_]?key)$/i
const assigned = /(?:^|[^a-z])(?:\w*(?:password|passwd|passphrase|secret)|pass|pwd|\w*token|\w*api[-_]?key|private[-_]?key)\s*[=:]\s*["']?[^\s"'{};]/i
const credentialsInUrl = /[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:[^\s/@{][^\s@]*@/i

export const secretsSpelledOut = defineCheck({
  id: 'secrets-spelled-out', title: 'No secret written out', needs: 'plan', source: rolloutSource, waivable: false,
  judge({ plan }, say) {
    for (const one of installerTexts(plan)) {
      // The text itself is not repeated: findings are printed, stored and sent around.
      if (looksSecret(one)) say.block(one.owner, `${one.where} looks like a secret written out. A plan is read by many, and arguments show in process lists.`, 'Put it into the vault and give it to the installer as an environment value {"secret": "name of the vault entry"}.')
    }
    return 'No argument, environment value or instruction looks like a secret written out.'
  },
})

function looksSecret({ kind, text, label }: InstallerText): boolean {
  if (text === '' || kind === 'detection') return false
  if (assigned.test(text) || credentialsInUrl.test(text)) return true
  // `--password hunter2` as two arguments, or a variable such as PGPASSWORD.
  if (kind === 'environment') return secretWord.test(label) || /(?:password|passwd|secret|token)$/i.test(label)
  return kind === 'argument' && /^[-/]/.test(label) && secretWord.test(label) && !/^[-/]/.test(text)
}
