/** The laws of the lines between us and a resident PowerShell. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bootstrapCommand, bootstrapLine } from '../../../../main/transports/powershell/bootstrap.ts'
import { lineSplitter, parseLine, runLine } from '../../../../main/transports/powershell/frames.ts'
import { readValue } from './fake-peer.ts'
import { scriptOf } from '../../../../main/transports/powershell/scripts.ts'

const nonce = 'abcdef0123456789abcdef0123456789'

describe('frames', () => {
  test('however a stream is cut, the same lines come out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text))),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
          const seen: string[] = []
          const splitter = lineSplitter((line) => seen.push(line))
          for (let from = 0, i = 0; from < bytes.length; i++) {
            const length = cuts[i % Math.max(1, cuts.length)] ?? 5
            splitter.push(bytes.subarray(from, from + length))
            from += length
          }
          splitter.end()
          expect(seen).toEqual(lines)
        },
      ),
    )
  })

  test('a line without end is given out in pieces', () => {
    const seen: number[] = []
    const splitter = lineSplitter((line) => seen.push(line.length), 100)
    for (let i = 0; i < 25; i++) splitter.push('x'.repeat(10))
    splitter.end()
    expect(seen).toEqual([100, 100, 50])
  })

  test('no text without the nonce is a frame, and none that bears it is lost', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, payload) => {
        fc.pre(!before.includes(nonce) && !/[\r\n]/.test(before))
        expect(parseLine(before, nonce).every((received) => received.kind === 'stray')).toBe(true)
        const frames = parseLine(`${before}${nonce} 7 data ${Buffer.from(payload).toString('base64')}`, nonce)
        expect(frames.at(-1)).toEqual({ kind: 'frame', id: 7, frame: 'data', payload: Buffer.from(payload) })
      }),
    )
  })

  test('a request is one line of ASCII, whatever it carries', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.oneof(
            fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\0', 'ö', '漢', '🚀', '"') }),
            fc.integer(),
            fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
          ),
          { maxKeys: 4 },
        ),
        (params) => {
          const line = runLine(1, 10, scriptOf('x'), params)
          expect(line).toMatch(/^[\x20-\x7e]+\n$/)
          expect(readValue(line.trimEnd().split(' ').slice(4))).toEqual(params)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('the command line is short, and passes any shell unchanged', () => {
    expect(bootstrapCommand('powershell.exe').length).toBeLessThan(4_000)
    expect(bootstrapCommand('powershell.exe')).toMatch(/^[A-Za-z0-9.+/= -]+$/)
    expect(bootstrapLine).toMatch(/^[\x20-\x7e]+$/)
    // Named, it would make PowerShell read standard input before we do.
    expect(bootstrapLine).not.toMatch(/\$input/i)
  })
})
