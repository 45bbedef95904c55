/** The XML of WinRM, both ways: what is refused, only Failures are thrown, and texts arrive unchanged. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FailureError, toFailure } from '../../../../domain/base/failure.ts'
import { attributeOf, childOf, parseXml } from '../../../../main/transports/winrm/wsmv/xml.ts'
import { element } from '../../../../main/transports/winrm/wsmv/xml-writer.ts'
import { recording, recordedNames } from './recordings.ts'

function refusalOf(text: string, bounds?: { maxCharacters: number; maxDepth: number }): string | undefined {
  try {
    parseXml(text, bounds)
    return undefined
  } catch (error) {
    if (error instanceof FailureError) return `${error.failure.code}: ${error.failure.message}`
    throw error
  }
}

describe('XML from a host', () => {
  test.each([
    ['a document type', '<!DOCTYPE x><x/>', /document type/],
    ['entities by the way', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', /document type/],
    ['an entity nobody defined', '<x>&nbsp;</x>', /entity/],
    ['a processing instruction', '<?php x?><x/>', /processing instruction/],
    ['a prefix without a namespace', '<s:x/>', /unbound|namespace/],
    ['an end that is missing', '<x><y></x>', /./],
    ['nothing', '', /./],
    ['no XML', 'HTTP/1.1 200 OK', /./],
    ['an attribute twice', '<x a="1" a="2"/>', /duplicate/],
    ['a control character', '<x>\u0001</x>', /disallowed/],
  ])('with %s is refused', (_, text, why) => {
    expect(refusalOf(text)).toMatch(/^bad-xml: /)
    expect(refusalOf(text)).toMatch(why)
  })

  test('rung 2: a recorded answer that is cut off anywhere is a lost link, not a fault of the host', () => {
    const answers = recordedNames()
      .flatMap((name) => recording(name).map(({ response }) => response))
      .filter((one) => one.startsWith('<') && one.length < 6_000)
    fc.assert(
      fc.property(fc.constantFrom(...answers), fc.nat(), (answer, at) => {
        const cut = answer.slice(0, 1 + (at % (answer.trimEnd().length - 1)))
        expect(refusalOf(cut)).toMatch(/^link-lost: .*ends in the middle/)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is bounded in length and depth', () => {
    const bounds = { maxCharacters: 100, maxDepth: 4 }
    expect(refusalOf(`<x>${'y'.repeat(100)}</x>`, bounds)).toMatch(/longer than 100/)
    expect(refusalOf('<a><a><a><a><a/></a></a></a></a>', bounds)).toMatch(/4 elements deep/)
    expect(refusalOf('<a><a><a><a/></a></a></a>', bounds)).toBeUndefined()
  })

  test('is matched by namespace, whatever the prefix', () => {
    for (const text of ['<p:a xmlns:p="urn:x"><p:b/></p:a>', '<a xmlns="urn:x"><q:b xmlns:q="urn:x"/></a>'])
      expect(childOf(parseXml(text), 'urn:x', 'b')).toBeDefined()
    expect(childOf(parseXml('<a xmlns="urn:x"><b xmlns="urn:y"/></a>'), 'urn:x', 'b')).toBeUndefined()
  })

  test('throws nothing but a Failure, whatever it is', () => {
    const fragment = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      'a',
      ' x="1"',
      ' xmlns="urn:x"',
      ' xmlns:p="urn:y"',
      'p:',
      '&amp;',
      '&#0;',
      '&#x110000;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?xml version="1.0"?>',
      '<?x',
      '?>',
      '<!DOCTYPE',
      '\u0000',
      '\ud800',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(fragment, fc.string({ maxLength: 6 })), { maxLength: 20 }), (pieces) => {
        refusalOf(pieces.join(''))
      }),
      { numRuns: 5_000 },
    )
  })

  test('rung 2: a recorded answer with one character spoilt is read or refused, never worse', () => {
    const answers = recordedNames()
      .flatMap((name) => recording(name).map(({ response }) => response))
      .filter((one) => one.length < 6_000)
    fc.assert(
      fc.property(
        fc.constantFrom(...answers),
        fc.nat(),
        fc.string({ maxLength: 3 }),
        fc.nat(3),
        (answer, at, put, cut) => {
          const where = at % answer.length
          refusalOf(answer.slice(0, where) + put + answer.slice(where + cut))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('XML to a host', () => {
  test('carries every text that XML can carry, in elements and attributes', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\t', '\n', '\r', '<', '>', '&', '"', "'", ']]>', 'ö', '漢', '\u{1f680}', '\u0085', '\u2028'),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
      maxLength: 20,
    })
    fc.assert(
      fc.property(text, text, (inner, value) => {
        const read = parseXml(element('x', { value }, element('y', {}, inner)).xml)
        expect([attributeOf(read, 'value'), read.children[0]?.text]).toEqual([value, inner])
      }),
      { numRuns: 2_000 },
    )
  })

  test.each(['\u0000', 'a\u0008b', '\u001b', '\ufffe', '\ud800', 'x\udc00'])(
    'refuses what XML cannot carry: %j',
    (text) => {
      for (const write of [() => element('x', {}, text), () => element('x', { a: text })]) {
        try {
          write()
          expect.unreachable()
        } catch (error) {
          expect(toFailure(error)).toMatchObject({ kind: 'bug', code: 'not-xml' })
        }
      }
    },
  )
})
