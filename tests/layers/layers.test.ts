/** Shows that every rule of the layers catches its offence, in a scratch project with this project's own settings, and lets innocent files be. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { accomplices, importOffences, innocent, lintOffences, typeOffences, type Offence } from './offences.ts'
import { createScratch, type Scratch } from './scratch.ts'
import { checkTypes, type TypeCheck } from './types.ts'

const Cruise = z.object({
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), rule: z.object({ name: z.string() }), comment: z.string().optional() }),
    ),
  }),
})
const Lint = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(z.object({ ruleId: z.string().nullable(), message: z.string() })),
  }),
)
const Knip = z.object({
  issues: z.array(
    z.object({
      file: z.string(),
      files: z.array(z.unknown()).optional(),
      exports: z.array(z.object({ name: z.string() })).optional(),
    }),
  ),
})

const folders = ['domain', 'main', 'preload', 'renderer']
const planted = [...importOffences, ...lintOffences, ...typeOffences]
const unused = { 'main/app/unused.ts': 'export const nobody = 1\n' }

let scratch: Scratch
let cruised: string[]
let linted: string[]
let types: TypeCheck[]
let dead: z.infer<typeof Knip>['issues']

/** How a caught offence is written down here. */
const caught = (rule: string, file: string): string => `${rule} in ${file}`

beforeAll(async () => {
  scratch = createScratch({
    ...innocent,
    ...accomplices,
    ...unused,
    ...Object.fromEntries(planted.map(([, file, text]) => [file, text])),
  })
  const [cruise, lint, knip] = await Promise.all([
    scratch.tool('dependency-cruiser/bin/dependency-cruiser.mjs', [
      '--config',
      'tests/layers/dependency-cruiser.cjs',
      '--output-type',
      'json',
      ...folders,
    ]),
    scratch.tool('eslint/bin/eslint.js', [
      '--config',
      'tests/layers/eslint.config.js',
      '--format',
      'json',
      ...folders,
      'tests',
    ]),
    scratch.tool('knip/bin/knip.js', ['--config', 'tests/layers/knip.json', '--reporter', 'json', '--no-config-hints']),
  ])
  // Electron's types bring Node's along: the file that names it, refused above, would hide what the compiler refuses by itself.
  scratch.write('domain/of-electron.ts', 'export {}\n')
  types = await checkTypes(scratch.root, folders)
  cruised = Cruise.parse(JSON.parse(cruise)).summary.violations.map(({ rule, from }) => caught(rule.name, from))
  linted = Lint.parse(JSON.parse(lint)).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId }) =>
      caught(ruleId ?? 'nothing it can read', filePath.slice(scratch.root.length + 1).replaceAll('\\', '/')),
    ),
  )
  dead = Knip.parse(JSON.parse(knip)).issues
  // Four tools at once: seconds where the machine is free, a minute where it is not.
}, 240_000)

afterAll(() => {
  scratch.remove()
})

describe('who may import whom', () => {
  it.each(importOffences)('%s: %s is refused', (rule, file) => {
    expect(cruised).toContain(caught(rule, file))
  })

  it('lets every import be that the architecture allows', () => {
    expect(cruised.filter((line) => isInnocent(line))).toEqual([])
  })
})

describe('what ESLint holds every file to', () => {
  it.each(lintOffences)('%s: %s is refused', (rule, file) => {
    expect(linted).toContain(caught(rule, file))
  })

  it('lets the doors be that the architecture opens', () => {
    expect(linted.filter((line) => isInnocent(line) && /no-restricted|no-console/.test(line))).toEqual([])
  })
})

describe('what a folder may see', () => {
  it.each(typeOffences)('the compiler of %s refuses %s', (folder, file) => {
    expect(complaintOf(folder)).toContain(`${file}(`)
  })

  it('lets the screen have the document and main/ have Node', () => {
    expect(complaintOf('renderer')).not.toContain('renderer/view.ts')
    expect(complaintOf('main')).not.toContain('main/store/store.ts')
  })
})

describe('dead code', () => {
  it('a file that nothing uses is found', () => {
    expect(dead.filter(({ files }) => files !== undefined && files.length > 0).map(({ file }) => file)).toContain(
      'main/app/unused.ts',
    )
  })

  it('an export that nothing uses is found', () => {
    expect(dead.flatMap(({ exports }) => exports ?? []).map(({ name }) => name)).toContain('limit')
  })
})

function complaintOf(folder: string): string {
  return types.find((check) => check.folder === folder)?.complaint ?? ''
}

function isInnocent(line: string): boolean {
  const offenders = new Set(planted.map(([, file]: Offence) => file))
  return Object.keys(innocent).some((file) => !offenders.has(file) && line.endsWith(` in ${file}`))
}
