/** What the commands about a plan print before anything runs: plan new, check, show, and graph. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { plural } from '../../../../domain/base/plural.ts'

export const planText = {
  newSummary: 'Writes a new plan to start from. The command plan check lists what you must still fill in.',
  layoutOption: 'pilot (one server, about 5 Runners) or enterprise',
  outOption: 'the file to write',
  nameOption: 'the name of the plan',
  layouts: 'pilot or enterprise',
  badName: (length: number) => `--name must have 1 to 80 characters, not ${length}.`,
  written: (file: string, pasteable: string) =>
    `Wrote ${file}. Next: fill in your hosts, then ${commandName} plan check ${pasteable}`,
  checkSummary: 'Checks a plan. Each finding has its reason, its source and what to do.',
  checkExample: `${commandName} plan check site.json`,
  showSummary: 'Shows the hosts, the placements and the firewall matrix of a plan.',
  showExample: `${commandName} plan show site.json`,
  title: (name: string, layout: string, site: string) => `${name} (${layout}), site ${site}`,
  hostColumns: ['HOST', 'ADDRESS', 'REACH', 'COMPONENTS'],
  flowColumns: ['FROM', 'TO', 'PORT', 'VERDICT', 'WHY'],
  openFlow: (from: string, to: string, question: string) => `Open: ${from} to ${to}. ${question}`,
  graphSummary: 'Shows every stage, wave and step of a plan before anything runs.',
  gate: (title: string) => `Gate: ${title}`,
  stage: (title: string, waves: number) => `${title}: ${plural(waves, 'wave')}`,
} as const

/** Problems of a plan file, and the findings of a plan. */
export const planInputText = {
  notAPlan: (file: string) => `${file} is not a plan:`,
  startOne: (file: string) => `Create a plan there with: ${commandName} plan new --layout enterprise --out ${file}`,
  planInFolder: (file: string) => `The folder contains a plan: ${file}`,
  block: 'Block  ',
  warning: 'Warning',
  counts: (block: number, warn: number, pass: number) =>
    `${plural(block, 'block')}, ${plural(warn, 'warning')}, ${pass} pass`,
  blocked: (count: number) =>
    count === 1
      ? 'One finding blocks this plan. Fix it, then try again.'
      : `${count} findings block this plan. Fix them, then try again.`,
} as const
