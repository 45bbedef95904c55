/** CLIXML on standard error: every recorded document, in any pieces, among other text. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clixmlDecoder, unescaped, type ClixmlRecord } from '../../../../main/transports/winrm/clixml.ts'
import { recordedClixml, recordings } from './recordings.ts'

const withErrors = readFileSync(join(recordings, 'pypsrp/data/test_sanitise_clixml_with_error.xml'), 'utf8')
const withoutErrors = readFileSync(join(recordings, 'pypsrp/data/test_sanitise_clixml_with_no_errors.xml'), 'utf8')

function decode(pieces: Iterable<string>, maxCharacters?: number): ClixmlRecord[] {
  const decoder = clixmlDecoder(maxCharacters)
  const records = [...pieces].flatMap((piece) => decoder.push(piece))
  return whole([...records, ...decoder.end()])
}

// Text may be given out in pieces.
function whole(records: readonly ClixmlRecord[]): ClixmlRecord[] {
  const joined: { kind: ClixmlRecord['kind']; text: string }[] = []
  for (const record of records) {
    const before = joined.at(-1)
    if (before?.kind === 'text' && record.kind === 'text') before.text += record.text
    else joined.push({ ...record })
  }
  return joined
}

const errors = (records: readonly ClixmlRecord[]) =>
  records
    .filter(({ kind }) => kind === 'error')
    .map(({ text }) => text)
    .join('')

describe('rung 2: CLIXML as Windows wrote it', () => {
  test('the errors of a failed command, and progress apart from them', () => {
    const records = decode([withErrors])
    expect(records.slice(0, 2)).toEqual([
      { kind: 'progress', text: 'Preparing modules for first use.' },
      { kind: 'progress', text: 'Preparing modules for first use.' },
    ])
    expect(errors(records)).toBe(
      "fake : The term 'fake' is not recognized as the name of a cmdlet, function, script file, or operable program. Check \r\nthe spelling of the name, or if a path was included, verify that the path is correct and try again.\r\nAt line:1 char:1\r\n+ fake cmdlet\r\n+ ~~~~\r\n    + CategoryInfo          : ObjectNotFound: (fake:String) [], CommandNotFoundException\r\n    + FullyQualifiedErrorId : CommandNotFoundException\r\n \r\n",
    )
    expect(errors(decode([withoutErrors]))).toBe('')
  })

  test('the same wherever it is split in two', () => {
    const stream = `before ${withErrors}\r\nbetween${withoutErrors}<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><S S="warning">w</S></Objs>after`
    const expected = decode([stream])
    expect(expected.map(({ kind }) => kind)).toEqual([
      'text',
      'progress',
      'progress',
      ...Array<string>(8).fill('error'),
      'text',
      'progress',
      'progress',
      'warning',
      'text',
    ])
    for (let at = 0; at <= stream.length; at++)
      expect(decode([stream.slice(0, at), stream.slice(at)])).toEqual(expected)
    expect(decode(stream)).toEqual(expected)
  })

  test('every document of the recorded remoting traffic, split at every byte', () => {
    const documents = recordedClixml()
    expect(documents.length).toBeGreaterThan(200)
    for (const document of documents) {
      const stream = `#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${document}</Objs>`
      const records = decode([stream])
      expect(records).toHaveLength(1)
      expect(records[0]?.kind).not.toBe('text')
      expect(decode(stream)).toEqual(records)
    }
  })

  test('an error record tells its message, an information record what was said', () => {
    const record = readFileSync(join(recordings, 'WinRb/clixml/error_record.xml.erb'), 'utf8')
      .replace(/<\?xml.*?\?>/, '')
      .replace('<Obj RefId="0">', '<Obj S="Error" RefId="0">')
      .replaceAll('<%= error_message %>', 'It broke_x0021_')
      .replace(/<%=.*?%>/g, '1')
    const information =
      '<Obj S="information" RefId="1"><ToString>told</ToString><Props><S N="MessageData">told</S></Props></Obj>'
    expect(
      decode([
        `#< CLIXML\n<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04">${record}${information}</Objs>`,
      ]),
    ).toEqual([
      { kind: 'error', text: 'It broke!' },
      { kind: 'information', text: 'told' },
    ])
  })
})

describe('CLIXML, whatever comes', () => {
  test('escapes are taken out once', () => {
    expect(unescaped('a_x000D__x000A_b_x005F_x000D_c_xZZZZ_d_xD83D__xDE80_')).toBe('a\r\nb_x000D_c_xZZZZ_d\u{1f680}')
  })

  test('text that only looks like it is given out unchanged', () => {
    const lookalikes = [
      '#< CLIXML',
      '#< CLIXML\r\n',
      '#< CLIXML\r\nno',
      '#<',
      'x#< CLIXML\r\n<Objs',
      '#< CLIXML\r\n<Objs></Objs>',
      '#< CLIXML\r\n<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04"><S></Objs>',
      '#< CLIXML\r\n<!DOCTYPE x><Objs/>',
      '#< CLIXML#< CLIXML\r\n<Objsy>',
    ]
    for (const text of lookalikes)
      for (const pieces of [[text], text]) expect(decode(pieces)).toEqual([{ kind: 'text', text }])
  })

  test('nothing is thrown, and text outside of blocks is neither lost nor changed by where it is split', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '#< CLIXML',
        '\r\n',
        '<Objs',
        ' xmlns="http://schemas.microsoft.com/powershell/2004/04">',
        '</Objs>',
        '<S S="Error">e</S>',
        '#',
        '#< ',
        '<',
        '&x;',
        '<![CDATA[',
        '\u0000',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const stream = pieces.join('')
        const records = decode([stream])
        expect(decode(stream)).toEqual(records)
        expect(decode(pieces)).toEqual(records)
        // Where no block ends there is none, and all of it is text.
        if (!stream.includes('</Objs>')) expect(records).toEqual(stream === '' ? [] : [{ kind: 'text', text: stream }])
      }),
      { numRuns: 3_000 },
    )
  })

  test('text among blocks comes out whole, in its place, however the stream is cut', () => {
    const text = fc.stringMatching(/^[a-z#>&\r\n 1]{1,12}$/)
    const block = fc
      .array(
        fc.record({ kind: fc.constantFrom('error', 'warning', 'verbose'), text: fc.stringMatching(/^[a-z ]{1,8}$/) }),
        {
          maxLength: 3,
        },
      )
      .map((records) => ({ records }))
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, block), { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (parts, cuts) => {
          const stream = parts
            .map((part) =>
              typeof part === 'string'
                ? part
                : `#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${part.records.map(({ kind, text: said }) => `<S S="${kind}">${said}</S>`).join('')}</Objs>`,
            )
            .join('')
          const places = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b)
          const pieces = [0, ...places].map((from, i) => stream.slice(from, places[i]))
          const expected = parts.flatMap((part): ClixmlRecord[] =>
            typeof part === 'string'
              ? [{ kind: 'text', text: part }]
              : part.records.map((record) => record as ClixmlRecord),
          )
          expect(decode(pieces)).toEqual(whole(expected))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('a block that never ends is let go of', () => {
    const decoder = clixmlDecoder(10_000)
    const records = [
      '#< CLIXML\r\n<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04">',
      ...Array<string>(30).fill('x'.repeat(1_000)),
    ].flatMap((piece) => decoder.push(piece))
    expect(records.map(({ text }) => text).join('').length).toBeGreaterThan(29_000)
  })
})
