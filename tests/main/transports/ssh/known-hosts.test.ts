import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readKnownHosts } from '../../../../main/transports/ssh/known-hosts.ts'

const blob = (type: string, seed: string) => {
  const parts = [Buffer.from(type), createHash('sha256').update(seed).digest()]
  return Buffer.concat(parts.flatMap((part) => [Buffer.from([0, 0, 0, part.length]), part]))
}
const key = (type: string, seed: string) => `${type} ${blob(type, seed).toString('base64')}`
const fingerprint = (type: string, seed: string) =>
  `SHA256:${createHash('sha256').update(blob(type, seed)).digest('base64').replace(/=+$/, '')}`
const hashed = (name: string) =>
  `|1|${Buffer.from('salt').toString('base64')}|${createHmac('sha1', 'salt').update(name).digest('base64')}`

describe('reading known_hosts', () => {
  test('names, ports, lists, wildcards and negations say which host a key belongs to', () => {
    const known = readKnownHosts(
      [
        `hub01.example.net,10.20.0.10 ${key('ssh-ed25519', 'hub')} a comment`,
        `[run001]:2222 ${key('ssh-ed25519', 'run')}`,
        `*.lab.example.net,!old.lab.example.net ${key('ssh-ed25519', 'lab')}`,
      ].join('\r\n'),
    )
    const at = (address: string, port = 22) => known.keysOf(address, port).map((seen) => seen.fingerprint)
    expect(at('HUB01.example.net')).toEqual([fingerprint('ssh-ed25519', 'hub')])
    expect(at('10.20.0.10')).toEqual([fingerprint('ssh-ed25519', 'hub')])
    expect(at('10.20.0.10', 2222)).toEqual([])
    expect(at('run001', 2222)).toEqual([fingerprint('ssh-ed25519', 'run')])
    expect(at('RUN001', 2222)).toEqual([fingerprint('ssh-ed25519', 'run')])
    expect(at('run001')).toEqual([])
    expect(at('a.lab.example.net')).toEqual([fingerprint('ssh-ed25519', 'lab')])
    expect(at('old.lab.example.net')).toEqual([])
    expect(at('hub01xexample.net')).toEqual([])
  })

  test('of several keys the type asked for first is the pin, and a revoked key never is', () => {
    const known = readKnownHosts(
      [
        `hub ${key('ssh-rsa', 'r')}`,
        `hub ${key('ecdsa-sha2-nistp256', 'e')}`,
        `hub ${key('ssh-ed25519', 'bad')}`,
        `@revoked * ${key('ssh-ed25519', 'bad')}`,
      ].join('\n'),
    )
    expect(known.pinsFor([{ address: 'hub', port: 22 }])).toEqual([
      {
        address: 'hub',
        port: 22,
        keyType: 'ecdsa-sha2-nistp256',
        fingerprint: fingerprint('ecdsa-sha2-nistp256', 'e'),
      },
    ])
    expect([...known.revoked]).toEqual([fingerprint('ssh-ed25519', 'bad')])
  })

  test('what cannot be used is told with its line, and the rest is read', () => {
    const known = readKnownHosts(
      [
        '# a comment',
        '',
        `@cert-authority *.example.net ${key('ssh-ed25519', 'ca')}`,
        'hub',
        `hub ssh-rsa ${blob('ssh-ed25519', 'x').toString('base64')}`,
        `hub ${key('ssh-dss', 'd')}`,
        `@new hub ${key('ssh-ed25519', 'n')}`,
        `hub ${key('ssh-ed25519', 'good')}`,
      ].join('\n'),
    )
    expect(known.keysOf('hub', 22)).toHaveLength(1)
    expect(known.notes.map((note) => note.split(':')[0])).toEqual(['line 3', 'line 4', 'line 5', 'line 6', 'line 7'])
    expect(known.notes[0]).toContain('certificate authorities')
  })

  test('a hashed name is found by exactly the address and port it was made of', () => {
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65535 }), fc.domain(), (name, port, other) => {
        fc.pre(other.toLowerCase() !== name.toLowerCase())
        const known = readKnownHosts(
          `${hashed(port === 22 ? name.toLowerCase() : `[${name.toLowerCase()}]:${port}`)} ${key('ssh-ed25519', 'k')}`,
        )
        expect(known.keysOf(name, port)).toHaveLength(1)
        expect(known.keysOf(other, port)).toHaveLength(0)
        expect(known.keysOf(name, port === 22 ? 23 : 22)).toHaveLength(0)
      }),
    )
  })

  test('stars and question marks match as they always did', () => {
    const letters = (choice: readonly string[]) =>
      fc.string({ unit: fc.constantFrom(...choice), minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(letters(['a', 'b', '*', '?']), letters(['a', 'b']), (pattern, name) => {
        const known = readKnownHosts(`${pattern} ${key('ssh-ed25519', 'hub')}`)
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name)
        expect(known.keysOf(name, 22).length > 0).toBe(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  test('a line of many stars, with which a RegExp would work for hours, is read at once', () => {
    const known = readKnownHosts(`${'*a'.repeat(40)}b ${key('ssh-ed25519', 'hub')}`)
    expect(known.keysOf('a'.repeat(60), 22)).toEqual([])
    expect(known.keysOf(`${'a'.repeat(60)}b`, 22)).toHaveLength(1)
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        readKnownHosts(lines.join('\n')).keysOf('hub', 22)
      }),
    )
    fc.assert(
      fc.property(fc.string(), fc.string(), (names, name) => {
        readKnownHosts(`${names} ${key('ssh-ed25519', 'k')}`).keysOf(name, 22)
      }),
    )
  })
})
