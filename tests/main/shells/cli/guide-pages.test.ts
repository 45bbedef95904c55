/** The pages of the guide on failures and exit codes say what the source says. */
import { expect, test } from 'vitest'
import { failureKinds } from '../../../../domain/base/failure.ts'
import { guidePage } from '../../../../main/app/workstation/guide-files.ts'
import { exceptions, exitCodeOf, exitCodes } from '../../../../main/shells/cli/exit-code.ts'
import { failuresOfSource } from './failure-codes.ts'

test('every failure that the source can produce is in the page, with its kinds and exit codes, and no other', () => {
  const expected = new Map<string, { kinds: Set<string>; exits: Set<number> }>()
  for (const failure of failuresOfSource()) {
    const entry = expected.get(failure.code) ?? { kinds: new Set(), exits: new Set() }
    entry.kinds.add(failure.kind)
    entry.exits.add(exitCodeOf(failure))
    expected.set(failure.code, entry)
  }
  const entry =
    /^### `(\S+)`\n\nKinds?: ([^.]+)\. Exit codes?: ([^.]+)\.\n\n\S[^\n]+\n\n- Check: \S[^\n]+\n- Remedy: \S/gm
  const page = guidePage('failures') ?? ''
  const written = [...page.matchAll(entry)].map(([, code, kinds, exits]) => [code, kinds, exits])
  expect(written.map(([code]) => code).sort()).toEqual([...expected.keys()].sort())
  expect([...page.matchAll(/^### /gm)]).toHaveLength(written.length)
  for (const [code, kinds, exits] of written) {
    const { kinds: ofSource, exits: ofExits } = expected.get(code ?? '') ?? {
      kinds: new Set(),
      exits: new Set<number>(),
    }
    expect([code, kinds, exits]).toEqual([
      code,
      [...ofSource].sort().join(', '),
      [...ofExits].sort((a, b) => a - b).join(', '),
    ])
  }
}, 60_000)

test('the page of exit codes has every code, every kind and every exception as the program has them', () => {
  const page = guidePage('exit-codes') ?? ''
  const rows = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, name, code]) => [name, Number(code)])
  expect([...page.matchAll(/^\| (\d+) +\| ([a-z]+) /gm)].map(([, code, name]) => [name, Number(code)])).toEqual(
    Object.entries(exitCodes),
  )
  expect(rows(/^\| `([a-z-]+)` +\| (\d+) +\|$/gm)).toEqual(
    failureKinds.map((kind) => [kind, exitCodeOf({ kind, code: 'any' })]),
  )
  expect(rows(/^\| `([a-z-]+)` +\| (\d+) +\| \S/gm)).toEqual([...exceptions])
})
