/** The command `dossier`: writes the acceptance summary of a run. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { dossierMethods } from '../../../app/service/dossier.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { dbOption, runNamed, whoAmI, withApp } from '../open.ts'
import { commandText } from '../text/common.ts'
import { dossierText } from '../text/dossier.ts'
import { forceOption, writeNew } from '../write-new.ts'

export const dossier: Command = {
  name: 'dossier',
  summary: dossierText.summary,
  usage: 'RUN|last --db FILE [--out FILE] [--format html|json] [--force] [--json]',
  example: `${commandName} dossier last --db site.db --out acceptance.html`,
  options: {
    ...dbOption,
    out: { type: 'string', value: 'FILE', help: dossierText.outOption },
    format: {
      type: 'string',
      value: 'FORMAT',
      help: dossierText.formatOption,
    },
    ...forceOption,
  },
  positionals: [1, 1],
  run(words, terminal) {
    const out = words.text('out')
    const format = formatOf(words, out)
    if (out === undefined && format === 'html' && terminal.json)
      throw new CommandEnd(exitCodes.invalid, dossierText.pageNeedsFile)
    return withApp(words, { readonly: true, existing: true }, async (app) => {
      const { text } = await dossierMethods(app, whoAmI())['dossier.write']({
        runId: runNamed(app, words.positionals[0]),
        format,
        everyStep: true,
      })
      if (out === undefined) {
        if (terminal.json) terminal.emit('dossier', JSON.parse(text) as object)
        else terminal.say(text.trimEnd())
        return exitCodes.done
      }
      await writeNew(out, text, words.flag('force'))
      terminal.emit('dossier-file', { out, written: format })
      terminal.say(dossierText.written(out))
      return exitCodes.done
    })
  },
}

function formatOf(words: Words, out: string | undefined): 'html' | 'json' {
  const written = words.text('format')
  if (written === 'html' || written === 'json') return written
  if (written !== undefined)
    throw new CommandEnd(exitCodes.invalid, commandText.neither('format', dossierText.formats, written))
  return out === undefined ? (words.flag('json') ? 'json' : 'html') : /\.json$/i.test(out) ? 'json' : 'html'
}
