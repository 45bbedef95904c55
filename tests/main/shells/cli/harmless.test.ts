/** What hosts, plans and files say is shown on a terminal, and commands it nowhere. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { harmless, harmlessJson } from '../../../../main/shells/cli/harmless.ts'
import { rollout, scratch } from './rollout.ts'

// Everything but tab, line feed and what can be seen.
const commands = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

describe('text for a terminal', () => {
  test('shows the characters that command it, and keeps what can be read', () => {
    expect(harmless('to the clipboard \x1b]52;c;AAAA\x07 and clear \x1b[2J\x1b[H\x9b1A\x7f')).toBe(
      'to the clipboard ␛]52;c;AAAA␇ and clear ␛[2J␛[H\\u009b1A␡',
    )
    expect(harmless('exe.\u202egpj')).toBe('exe.\\u202egpj')
    expect(harmless('Übung\t漢字 🚀 "a"\nnext\r\nlast')).toBe('Übung\t漢字 🚀 "a"\nnext\nlast')
    expect(harmless('50 %\r100 %')).toBe('50 %␍100 %')
  })

  test('keeps our colours, and lets none go beyond its line', () => {
    expect(harmless('\x1b[31mfailed\x1b[0m: \x1b[1mHUB01\x1b[0m')).toBe('\x1b[31mfailed\x1b[0m: \x1b[1mHUB01\x1b[0m')
    expect(harmless('host: \x1b[32mall accepted\nnext')).toBe('host: \x1b[32mall accepted\x1b[0m\nnext')
    expect(harmless('\x1b[8mhidden\x1b[0m')).toBe('␛[8mhidden\x1b[0m')
  })

  test('of any text nothing that commands is left but our colours', () => {
    const unit = fc.oneof(fc.constantFrom('\x1b[31m', '\x1b[0m', '\x1b', '[', 'm', '8', '\x9b', '\u202e'), fc.string())
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        const shown = harmless(parts.join(''))
        expect(shown.replace(/\x1b\[(?:0|1|2|31|32|33|36)m/g, '')).not.toMatch(commands)
      }),
    )
  })

  test('JSON means the same afterwards', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = harmlessJson(JSON.stringify({ [text]: text }))
        expect(written).not.toMatch(commands)
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify({ [text]: text })))
      }),
    )
  })
})

test('a plan by mail cannot rewrite the terminal of who looks at it', async () => {
  const file = join(scratch(), 'site.json')
  expect((await rollout(['plan', 'new', '--layout', 'pilot', '--out', file])).code).toBe(0)
  const plan = JSON.parse(readFileSync(file, 'utf8')) as { name: string }
  writeFileSync(file, JSON.stringify({ ...plan, name: 'Site \x1b[2J\x1b]0;owned\x07\u202e end' }))
  for (const words of [
    ['plan', 'show', file],
    ['plan', 'show', file, '--json'],
  ]) {
    const { stdout, stderr } = await rollout(words)
    expect(stdout).toContain('owned')
    expect(stdout + stderr).not.toMatch(commands)
  }
})
