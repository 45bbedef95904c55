/** The command that prints the guide: the list of commands and topics, or one page. */
import { guidePage, guideTopics } from '../../../app/workstation/guide-files.ts'
import type { Command } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { nearest } from '../nearest.ts'
import { plainPage } from '../plain-page.ts'
import { helpText } from '../text/help.ts'

/** The command; `overview` gives the lines that list all commands. */
export function helpCommand(overview: () => readonly string[]): Command {
  return {
    name: 'help',
    summary: helpText.summary,
    usage: helpText.usage,
    example: helpText.example,
    options: {},
    positionals: [0, 1],
    run(words, terminal) {
      const [topic] = words.positionals
      const topics = guideTopics()
      if (topic === undefined) {
        const lines = [...overview(), '', helpText.topics, ...plainPage(`${topics.join(', ')}.`).map((l) => `  ${l}`)]
        terminal.emit('help', { topics, help: lines.join('\n') })
        for (const line of lines) terminal.say(line)
        return exitCodes.done
      }
      const page = guidePage(topic)
      if (page === undefined)
        throw new CommandEnd(exitCodes.invalid, helpText.noTopic(topic, nearest(topic, topics)), { topics })
      const lines = plainPage(page)
      terminal.emit('help', { topic, help: lines.join('\n') })
      for (const line of lines) terminal.say(line)
      return exitCodes.done
    },
  }
}
