/** `npm test`: runs the parts in order, cheap ones side by side, and ends with the line `N passed, N failed`. */
import { parseArgs } from 'node:util'
import type { Ended, Part } from './run/part.ts'
import { parts } from './run/parts.ts'
import { summary, totals } from './run/summary.ts'

const help = `npm test [-- --only PART,PART]

Runs ${parts.map((part) => part.name).join(', ')}, in this order. Ends with the line "N passed, N failed" and exit code 1 when
anything failed. What cannot run on this machine is named with its reason; with CI=true in the environment it counts as failed.
`

async function main(): Promise<number> {
  const chosen = choose(process.argv.slice(2))
  if (typeof chosen === 'string') {
    process.stderr.write(chosen)
    return 2
  }
  const strict = !['', '0', 'false'].includes(process.env['CI'] ?? '')
  const ended: Ended[] = []
  for (const group of groups(chosen)) {
    // Side by side, each part's words are held until it ends; alone, they are seen as they come.
    ended.push(...(await Promise.all(group.map((part) => runPart(part, chosen, group.length > 1)))))
  }
  process.stdout.write(summary(ended, strict))
  return totals(ended, strict).failed === 0 ? 0 : 1
}

/** The parts in their order; neighbours that may run beside each other are one group. */
function groups(chosen: readonly Part[]): Part[][] {
  const made: Part[][] = []
  for (const part of chosen) {
    const last = made.at(-1)
    if (part.beside && last?.[0]?.beside) last.push(part)
    else made.push([part])
  }
  return made
}

async function runPart(part: Part, chosen: readonly Part[], held: boolean): Promise<Ended> {
  let words = `\n[${chosen.indexOf(part) + 1}/${chosen.length}] ${part.name}: ${part.about}\n`
  if (!held) process.stdout.write(words)
  const start = performance.now()
  const tally = await part.run(
    held
      ? (text) => {
          words += text
        }
      : undefined,
  )
  const seconds = (performance.now() - start) / 1000
  process.stdout.write(
    `${held ? words : ''}${part.name}: ${tally.passed} passed, ${tally.failed.length} failed, ${tally.notRun.length} not run, ${seconds.toFixed(1)} s\n`,
  )
  return { ...tally, name: part.name, seconds }
}

/** The parts asked for, in their own order; a text to show when the command line cannot be understood. */
function choose(args: string[]): readonly Part[] | string {
  const only = readOnly(args)
  if (only === undefined) return help
  const unknown = only.filter((name) => !parts.some((part) => part.name === name))
  if (unknown.length > 0) return `There is no part ${unknown.join(', ')}.\n\n${help}`
  return only.length === 0 ? parts : parts.filter((part) => only.includes(part.name))
}

function readOnly(args: string[]): string[] | undefined {
  try {
    const { values } = parseArgs({ args, options: { only: { type: 'string', multiple: true } } })
    return (values.only ?? [])
      .flatMap((names) => names.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '')
  } catch {
    return undefined
  }
}

process.exitCode = await main()
