/** What the help prints beside the pages of the guide. */
import { commandName } from '../../../../domain/base/command-name.ts'

export const helpText = {
  summary: 'Prints a page of the guide, or lists the commands and the topics.',
  usage: '[TOPIC] [--json]',
  example: `${commandName} help getting-started`,
  product: 'Exekra Rollout: plans an Exekra site, proves the plan, rolls it out.',
  everyCommand: 'Every command has --help with an example, and --json.',
  exitCodes:
    'Exit codes: 0 done, 1 failed, 2 a finding blocks the plan, 3 invalid command, 4 waiting for you, 5 cancelled, 6 busy, 70 a defect.',
  topics: `Topics of the guide, printed by ${commandName} help TOPIC:`,
  noTopic: (topic: string, near: string | undefined) =>
    near === undefined
      ? `There is no topic "${topic}". List the topics with: ${commandName} help`
      : `There is no topic "${topic}". Did you mean ${near}? Print it with: ${commandName} help ${near}`,
} as const
