/** The command `practice`: makes a practice site. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { join } from 'node:path'
import { pasteable } from '../../../../domain/base/shell-quote.ts'
import { makePracticeSite } from '../../../app/practice/practice.ts'
import type { Command } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { commandText } from '../text/common.ts'
import { practiceText } from '../text/practice.ts'

export const practice: Command = {
  name: 'practice',
  summary: practiceText.summary,
  usage:
    '--out DIR [--layout pilot|enterprise] [--runners N] [--studios N] [--seed S] [--fault KIND@HOST[:STEP]]... ' +
    '[--speed X] [--virtual]',
  example: `${commandName} practice --out practice --runners 12 --fault exit-1603@RUN004`,
  options: {
    out: { type: 'string', value: 'DIR', help: practiceText.outOption },
    layout: { type: 'string', value: 'LAYOUT', help: practiceText.layoutOption },
    runners: { type: 'string', value: 'N', help: practiceText.runnersOption },
    studios: { type: 'string', value: 'N', help: practiceText.studiosOption },
    seed: { type: 'string', value: 'S', help: practiceText.seedOption },
    fault: {
      type: 'string',
      multiple: true,
      value: 'KIND@HOST[:STEP]',
      help: practiceText.faultOption,
    },
    speed: { type: 'string', value: 'X', help: practiceText.speedOption },
    virtual: { type: 'boolean', help: practiceText.virtualOption },
  },
  positionals: [0, 0],
  run(words, terminal) {
    const dir = words.required('out')
    const layout = words.text('layout') ?? 'enterprise'
    if (layout !== 'enterprise' && layout !== 'pilot')
      throw new CommandEnd(exitCodes.invalid, commandText.neither('layout', practiceText.layouts, layout))
    const most = { min: 0, max: 20_000 }
    const faults = words.texts('fault')
    const site = makePracticeSite({
      dir,
      layout,
      runners: words.number('runners', { ...most, otherwise: 5 }),
      seed: words.number('seed', { min: 0, max: 2 ** 31, otherwise: 1 }),
      speed: words.number('speed', { min: 1, max: 1000, otherwise: 20 }),
      virtual: words.flag('virtual'),
      ...(words.text('studios') === undefined ? {} : { studios: words.number('studios', { ...most, otherwise: 1 }) }),
      ...(faults.length === 0 ? {} : { faults }),
    })
    terminal.emit('practice-site', { plan: site.planFile, site: site.siteFile, faults: site.faults })
    terminal.say(practiceText.made(dir, site.plan.hosts.length, site.faults))
    terminal.say(
      practiceText.next(
        pasteable(site.planFile, process.platform),
        pasteable(join(dir, 'practice.db'), process.platform),
      ),
    )
    return exitCodes.done
  },
}
