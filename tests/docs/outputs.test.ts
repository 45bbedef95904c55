/** Shows that the output that documents print is what the program prints today. Rung 1: practice sites, in virtual time. */
import { expect, test } from 'vitest'
import { stageTitles } from '../../domain/base/titles.ts'
import { eventText } from '../../main/shells/cli/text/runs.ts'
import { rollout, scratch } from '../main/shells/cli/rollout.ts'
import { documents, outputsOf } from './documents.ts'

const all = documents()

/** A document by its name. Throws where there is none. */
function documentNamed(file: string) {
  const found = all.find((one) => one.file === file)
  if (!found) throw new Error(`there is no document ${file}`)
  return found
}

/** Runs the commands in a fresh folder, each as it is typed, and returns all that they print. */
async function printed(commands: readonly string[]): Promise<string> {
  const cwd = scratch()
  let text = ''
  for (const command of commands) {
    const { stdout, stderr } = await rollout(command.split(' '), { cwd })
    text += `${stdout}${stderr}`
  }
  return text
}

/** The lines without what differs from run to run: times, ids, the person, the file of the database. */
function lasting(text: string): string[] {
  return text
    .replace(/\b\d\d:\d\d:\d\d\b/g, 'TIME')
    .replace(/\brun-\d{8}-\w{6}\b/g, 'RUN')
    .replace(/\bby \S+@[^\s:]+/g, 'by PERSON')
    .replace(/ --db \S+/g, ' --db FILE')
    .replace(/\bevent \d+/g, 'event N')
    .replace(/"at":\d+/g, '"at":0')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && line.trim() !== '...')
}

const practice = 'practice --out practice --virtual'
const db = '--db practice/practice.db'
const run = `run practice/site.json ${db}`

const samples: readonly (readonly [file: string, commands: readonly string[]])[] = [
  [
    'docs/guide/getting-started.md',
    [
      practice,
      'plan check practice/site.json',
      `survey practice/site.json ${db}`,
      run,
      `decide last gate:hub open ${db}`,
      `resume last --yes ${db}`,
      `dossier last ${db} --out acceptance.html`,
    ],
  ],
  ['docs/guide/firewall-matrix.md', [practice, 'plan show practice/site.json']],
  ['docs/guide/gates-and-decisions.md', [`${practice} --fault exit-1603@RUN002`, `${run} --yes`]],
  ['docs/guide/doctor.md', ['doctor winrms://127.0.0.1:1']],
  ['docs/guide/json-and-events.md', [practice, `${run} --yes --json`]],
  ['README.md', [`${practice} --runners 12`, `${run} --yes`]],
]

test.each(samples)(
  '%s shows lines that the program prints',
  async (file, commands) => {
    const shown = outputsOf(documentNamed(file)).map(withoutPicture).flatMap(lasting)
    expect(shown.length).toBeGreaterThan(0)
    const lines = new Set(lasting(await printed(commands)))
    expect(shown.filter((line) => !lines.has(line))).toEqual([])
  },
  60_000,
)

test('every page that shows output is checked, or shows the state of a run alone', () => {
  const checked = new Set(samples.map(([file]) => file))
  const pages = all.filter(({ file }) => file.startsWith('docs/guide/') && !checked.has(file))
  const unchecked = pages.filter((page) => outputsOf(page).map(withoutPicture).flatMap(lasting).length > 0)
  expect(unchecked.map(({ file }) => file)).toEqual([])
})

test.each(['README.md', 'docs/guide/rollout.md'])(
  '%s draws the state of a run as a terminal does, with the steps that its plan has',
  async (file) => {
    const [stages = '', progress = '', ...lanes] = outputsOf(documentNamed(file)).flatMap(pictureOf)
    const graph = await printed([`${practice} --runners 12`, 'graph practice/site.json'])
    const steps = graph.split('\n').filter((line) => /^ {2}\S+ +\S/.test(line))
    expect(stages.replace(/ \d+\/\d+/, '').split(/ *[✓●○] /)).toEqual(['', ...Object.values(stageTitles)])
    const [, settled, total, elapsed = '', running] = /^(\d+) of (\d+) .* (\d+:\d\d) .* (\d+) /.exec(progress) ?? []
    expect(progress).toBe(eventText.progress(Number(settled), Number(total), elapsed, Number(running)))
    expect(Number(total)).toBe(steps.length)
    for (const lane of lanes) {
      const shown = lane
        .replace(/(?:, attempt \d+)? {2}[\d:]+$/, '')
        .trim()
        .split(/\s+/)
      expect(steps.map((line) => line.trim().split(/\s+/))).toContainEqual(shown)
    }
  },
  60_000,
)

/** The lines below the rule that a terminal draws; none where there is no rule. */
function pictureOf(output: string): string[] {
  return output.split(/^─+\n/m)[1]?.trimEnd().split('\n') ?? []
}

function withoutPicture(output: string): string {
  return output.split(/^─+$/m)[0] ?? ''
}
