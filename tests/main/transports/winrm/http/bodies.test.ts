import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../../../domain/base/failure.ts'
import { offersOf, tokenOf } from '../../../../../main/transports/winrm/http/challenges.ts'
import {
  decodeSealed,
  encodeSealed,
  isSealed,
  sealedContentType,
} from '../../../../../main/transports/winrm/http/sealed-body.ts'

const header = Buffer.alloc(16, 0xab)

describe('the body of a sealed message', () => {
  test('what is written is read again, whatever the sealed bytes look like', () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 500 }).map((value) => Buffer.from(value)),
      fc.constant(Buffer.from('\r\n--Encrypted Boundary--\r\n--Encrypted Boundary\r\n')),
    )
    fc.assert(
      fc.property(body, (body) => {
        expect(decodeSealed(encodeSealed({ header, body }, body.length))).toEqual({ header, body })
      }),
    )
  })

  test('as Windows writes it (tabs), as Exchange does (a blank in the boundary), as OMI does (a line end more)', () => {
    const written = encodeSealed({ header, body: Buffer.from('sealed') }, 6).toString('latin1')
    for (const other of [
      written.replaceAll('\r\nContent-Type', '\r\n\tContent-Type').replace('OriginalContent', '\tOriginalContent'),
      written.replaceAll('--Encrypted', '-- Encrypted'),
      `${written}\r\n`,
    ])
      expect(decodeSealed(Buffer.from(other, 'latin1')).body.toString()).toBe('sealed')
  })

  test('any damage ends in a failure or in bytes that the seal will refuse, never in anything else', () => {
    const good = encodeSealed({ header, body: Buffer.alloc(40, 1) }, 40)
    const damaged = fc.tuple(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length)).map(([at, value, length]) => {
      const copy = Buffer.from(good)
      copy[at] = value
      return copy.subarray(0, length)
    })
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          fc.uint8Array({ maxLength: 300 }).map((value) => Buffer.from(value)),
        ),
        (bytes) => {
          try {
            expect(decodeSealed(bytes).body.length).toBeLessThanOrEqual(bytes.length)
          } catch (error) {
            if (!(error instanceof FailureError)) throw error
            expect(['bad-answer', 'link-lost']).toContain(error.failure.code)
          }
        },
      ),
      { numRuns: 3_000 },
    )
  })

  test('lengths that lie are refused', () => {
    for (const length of [41, 39, 999_999_999])
      expect(() => decodeSealed(encodeSealed({ header, body: Buffer.alloc(40, 1) }, length))).toThrow(FailureError)
    expect(() => decodeSealed(encodeSealed({ header: Buffer.alloc(60), body: Buffer.alloc(40) }, 40))).toThrow(
      FailureError,
    )
  })

  test('only multipart/encrypted is sealed', () => {
    expect([sealedContentType, 'Multipart/Encrypted', 'multipart/encrypted ; x=y'].map(isSealed)).toEqual([
      true,
      true,
      true,
    ])
    expect(['application/soap+xml', 'multipart/encryptedness', undefined, ''].map(isSealed)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})

describe('WWW-Authenticate', () => {
  test('headers one by one or joined, parameters and quoted commas among them', () => {
    const offers = offersOf([
      'Server',
      'Negotiate aaaa',
      'WWW-Authenticate',
      'Kerberos',
      'www-authenticate',
      'Negotiate TlRMTVNTUAA=, Basic realm="a, \\"b\\" c", charset="UTF-8"',
    ])
    expect(offers).toEqual([
      { scheme: 'Kerberos' },
      { scheme: 'Negotiate', token: 'TlRMTVNTUAA=' },
      { scheme: 'Basic' },
    ])
    expect(tokenOf(offers, 'negotiate')?.toString('latin1')).toBe('NTLMSSP\0')
    expect(tokenOf(offers, 'Kerberos')).toBeUndefined()
  })

  test('any text gives offers, quickly', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (value) => {
        expect(Array.isArray(offersOf(['WWW-Authenticate', value]))).toBe(true)
      }),
    )
    for (const piece of ['"', ',', '\\"', 'a ', 'a="', '" '])
      expect(offersOf(['WWW-Authenticate', piece.repeat(40_000)]).length).toBeLessThanOrEqual(40_000)
  })
})
