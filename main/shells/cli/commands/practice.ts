/** Owns the command that makes a practice site. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { join } from 'node:path'
import { pasteable } from '../../../../domain/base/shell-quote.ts'
import { makePracticeSite } from '../../../app/practice/practice.ts'
import type { Command } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'

export const practice: Command = {
  name: 'practice',
  summary:
    'Makes a practice site: a plan, its media, and simulated hosts with faults. No machine is needed or touched.',
  usage:
    '--out DIR [--layout pilot|enterprise] [--runners N] [--studios N] [--seed S] [--fault KIND@HOST[:STEP]]... [--speed X] [--virtual]',
  example: `${commandName} practice --out practice --runners 12 --fault exit-1603@RUN004`,
  options: {
    out: { type: 'string', value: 'DIR', help: 'the folder to make' },
    layout: { type: 'string', value: 'LAYOUT', help: 'enterprise (default) or pilot' },
    runners: { type: 'string', value: 'N', help: 'how many Runners (default 5)' },
    studios: { type: 'string', value: 'N', help: 'how many Studio hosts (default: what the layout has)' },
    seed: { type: 'string', value: 'S', help: 'the same seed gives the same site (default 1)' },
    fault: {
      type: 'string',
      multiple: true,
      value: 'KIND@HOST[:STEP]',
      help: 'a fault to meet, as often as wanted; without any, a restart and a broken link',
    },
    speed: { type: 'string', value: 'X', help: 'how many times faster than real time the site lives (default 20)' },
    virtual: { type: 'boolean', help: 'let time jump: a whole rollout in a second' },
  },
  positionals: [0, 0],
  run(words, terminal) {
    const dir = words.required('out')
    const layout = words.text('layout') ?? 'enterprise'
    if (layout !== 'enterprise' && layout !== 'pilot')
      throw new CommandEnd(exitCodes.invalid, `--layout must be pilot or enterprise; "${layout}" is neither.`)
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
    terminal.say(
      `Practice site in ${dir}: ${site.plan.hosts.length} simulated hosts. Faults: ${site.faults.join(', ') || 'none'}`,
    )
    terminal.say(
      `Roll it out with: ${commandName} run ${pasteable(site.planFile, process.platform)} --db ${pasteable(join(dir, 'practice.db'), process.platform)}`,
    )
    return exitCodes.done
  },
}
