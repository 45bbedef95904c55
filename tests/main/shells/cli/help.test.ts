/** The help of the command line: every page of the guide as plain text, and the topic that a mistyped word means. */
import { describe, expect, test } from 'vitest'
import { guidePage, guideTopics } from '../../../../main/app/workstation/guide-files.ts'
import { nearest } from '../../../../main/shells/cli/nearest.ts'
import { plainPage } from '../../../../main/shells/cli/plain-page.ts'
import { rollout } from './rollout.ts'

describe('a page as plain text', () => {
  test.each(guideTopics())('%s has no line over 80 columns but code and long words, and no markup', (topic) => {
    const markdown = guidePage(topic) ?? ''
    const lines = plainPage(markdown)
    expect(lines[0]).toBe(/^# (.*)$/m.exec(markdown)?.[1])
    const code = new Set(markdown.split('\n').map((line) => `  ${line}`.trimEnd()))
    for (const line of lines.filter((one) => !code.has(one))) {
      expect(line).not.toMatch(/\*\*|`|\]\(|^\||^#/)
      if (/\S\s+\S/.test(line)) expect(line.length, line).toBeLessThanOrEqual(80)
    }
  })

  test('wraps paragraphs and items, draws tables to the width, and leaves code as it is', () => {
    const page = [
      '# Title',
      '',
      'One sentence.',
      'Another `word` with [a link](vault.md) and [an address](https://example.org/).',
      '',
      '- an item that is **long**',
      '  and goes on',
      '',
      '| name | meaning |',
      '| ---- | ------- |',
      '| `a \\| b` | words that do not fit |',
      '',
      '```',
      'code   stays as it is, however wide',
      '```',
    ]
    expect(plainPage(page.join('\n'), 24)).toEqual([
      'Title',
      '=====',
      '',
      'One sentence. Another',
      'word with a link and an',
      'address',
      '(https://example.org/).',
      '',
      '- an item that is long',
      '  and goes on',
      '',
      'name   meaning',
      '-----  -----------------',
      'a | b  words that do not',
      '       fit',
      '',
      '  code   stays as it is, however wide',
    ])
  })
})

test('a mistyped topic leads to the one that is meant; a strange word to none', () => {
  expect(['getting-startd', 'kerberus', 'wimrm', 'json'].map((typed) => nearest(typed, guideTopics()))).toEqual([
    'getting-started',
    'kerberos',
    'winrm',
    'json-and-events',
  ])
  expect(nearest('quarterly-report', guideTopics())).toBeUndefined()
})

test('help lists commands and topics; help TOPIC prints the page; an unknown topic ends with 3 and a suggestion', async () => {
  const all = await rollout(['help'])
  expect(all).toMatchObject({ code: 0, stderr: '' })
  for (const topic of guideTopics()) expect(all.stdout).toContain(topic)
  const vault = await rollout(['help', 'vault'])
  expect(vault).toMatchObject({ code: 0, stderr: '' })
  expect(vault.stdout).toBe(`${plainPage(guidePage('vault') ?? '').join('\n')}\n`)
  expect(await rollout(['help', 'vualt'])).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringContaining('Did you mean vault?') as string,
  })
}, 60_000)
