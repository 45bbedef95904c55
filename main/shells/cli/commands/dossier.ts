/** Owns the command that writes the acceptance summary of a run. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { dossierMethods } from '../../../app/service/dossier.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { dbOption, runNamed, whoAmI, withApp } from '../open.ts'
import { forceOption, writeNew } from '../write-new.ts'

export const dossier: Command = {
  name: 'dossier',
  summary:
    'Writes the acceptance summary of a run that is over: a page for people, or JSON that its seal can be made from again.',
  usage: 'RUN|last --db FILE [--out FILE] [--format html|json] [--force] [--json]',
  example: `${commandName} dossier last --db site.db --out acceptance.html`,
  options: {
    ...dbOption,
    out: { type: 'string', value: 'FILE', help: 'where to write it (default: standard output)' },
    format: {
      type: 'string',
      value: 'FORMAT',
      help: 'html or json (default: what FILE ends in; without FILE html, with --json json)',
    },
    ...forceOption,
  },
  positionals: [1, 1],
  run(words, terminal) {
    const out = words.text('out')
    const format = formatOf(words, out)
    if (out === undefined && format === 'html' && terminal.json)
      throw new CommandEnd(
        exitCodes.invalid,
        'With --json standard output is JSON: name the file of the page with --out, or leave --format out.',
      )
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
      terminal.say(`Wrote ${out}.`)
      return exitCodes.done
    })
  },
}

function formatOf(words: Words, out: string | undefined): 'html' | 'json' {
  const written = words.text('format')
  if (written === 'html' || written === 'json') return written
  if (written !== undefined)
    throw new CommandEnd(exitCodes.invalid, `--format must be html or json; "${written}" is neither.`)
  return out === undefined ? (words.flag('json') ? 'json' : 'html') : /\.json$/i.test(out) ? 'json' : 'html'
}
