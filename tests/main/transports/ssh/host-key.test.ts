import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readKnownHosts } from '../../../../main/transports/ssh/known-hosts.ts'
import { openLink, type SshTransportOptions } from '../../../../main/transports/ssh/transport.ts'
import { failureOf, hostAt, memoryTrust, patient } from './reach.ts'
import { needsSshd, skipWithoutSshd, startSshd, type Sshd, type SshdOptions } from './sshd.ts'

describe.skipIf(skipWithoutSshd)(needsSshd('rung 2: the identity of a real OpenSSH server'), () => {
  let sshd: Sshd
  afterEach(async () => {
    await sshd.stop()
  })
  const start = async (options?: SshdOptions) => (sshd = await startSshd(options))
  const reach = async (options: SshTransportOptions, changes: Parameters<typeof hostAt>[1] = {}) => {
    const link = await openLink(
      hostAt(sshd.port, changes),
      { kind: 'key', user: sshd.user, privateKey: sshd.privateKey },
      options,
      patient(),
    )
    await link.close()
  }

  test('the first sight is told, recorded before the credential is shown, and held', async () => {
    await start()
    const trust = memoryTrust()
    const seen: string[] = []
    const onFirstSight: SshTransportOptions['onFirstSight'] = (host, key) =>
      seen.push(`${host.name} ${key.fingerprint} ${key.keyType} ${String(sshd.log().includes('Accepted'))}`)
    await reach({ trust, onFirstSight })
    await reach({ trust, onFirstSight })
    expect(seen).toEqual([`H1 ${sshd.fingerprint('ed25519')} ssh-ed25519 false`])
    expect([...trust.pins.values()]).toEqual([sshd.fingerprint('ed25519')])
  })

  test('a changed key is refused with both fingerprints, and the host never sees the credential', async () => {
    await start()
    const trust = memoryTrust()
    await reach({ trust })
    const before = sshd.fingerprint('ed25519')
    await sshd.restart({ newHostKeys: true })
    const failure = await failureOf(reach({ trust }))
    expect(failure).toMatchObject({ kind: 'trust', code: 'host-key-changed', retry: 'never' })
    expect(failure.message).toContain(before)
    expect(failure.message).toContain(sshd.fingerprint('ed25519'))
    expect(sshd.log()).not.toMatch(/Accepted|Failed/)
    expect([...trust.pins.values()]).toEqual([before])
  })

  test("the plan's fingerprint wins over the record", async () => {
    await start()
    const trust = memoryTrust()
    trust.pin('127.0.0.1', sshd.port, `SHA256:${'A'.repeat(43)}`)
    await reach({ trust }, { hostKey: sshd.fingerprint('ed25519') })
    const failure = await failureOf(reach({ trust: memoryTrust() }, { hostKey: `SHA256:${'B'.repeat(43)}` }))
    expect(failure).toMatchObject({ kind: 'trust', code: 'host-key-changed' })
    expect(failure.hint).toContain('plan')
  })

  test('a server with keys of several types is known by any of them, and has changed only when none is the pinned one', async () => {
    await start({ hostKeys: ['rsa', 'ecdsa', 'ed25519'] })
    const trust = memoryTrust()
    for (const type of ['rsa', 'ecdsa', 'ed25519'] as const) await reach({ trust }, { hostKey: sshd.fingerprint(type) })
    await reach({ trust })
    expect([...trust.pins.values()]).toEqual([sshd.fingerprint('ed25519')])
    const failure = await failureOf(reach({ trust }, { hostKey: `SHA256:${'C'.repeat(43)}` }))
    expect(failure.code).toBe('host-key-changed')
    for (const type of ['rsa', 'ecdsa', 'ed25519'] as const) expect(failure.message).toContain(sshd.fingerprint(type))
  })

  test('an old server with nothing but an RSA key is reached with a SHA-2 signature', async () => {
    await start({ hostKeys: ['rsa'] })
    const trust = memoryTrust()
    await reach({ trust })
    expect([...trust.pins.values()]).toEqual([sshd.fingerprint('rsa')])
  })

  test('a revoked key is refused at first sight and when it is pinned', async () => {
    await start()
    const revoked = new Set([sshd.fingerprint('ed25519')])
    expect(await failureOf(reach({ trust: memoryTrust(), revoked }))).toMatchObject({
      kind: 'trust',
      code: 'host-key-revoked',
    })
    expect(
      await failureOf(reach({ trust: memoryTrust(), revoked }, { hostKey: sshd.fingerprint('ed25519') })),
    ).toMatchObject({ code: 'host-key-revoked' })
  })

  test('a known_hosts file written by ssh-keyscan and hashed by ssh-keygen becomes pins that hold', async () => {
    await start({ hostKeys: ['rsa', 'ed25519'] })
    const scanned = execFileSync('ssh-keyscan', ['-p', String(sshd.port), '127.0.0.1'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const file = join(sshd.folder, 'known_hosts')
    writeFileSync(file, scanned)
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    const hashed = execFileSync('cat', [file], { encoding: 'utf8' })
    expect(hashed).not.toContain('127.0.0.1')
    for (const text of [scanned, hashed]) {
      const pins = readKnownHosts(text).pinsFor([
        { address: '127.0.0.1', port: sshd.port },
        { address: '127.0.0.2', port: sshd.port },
      ])
      expect(pins).toEqual([
        { address: '127.0.0.1', port: sshd.port, fingerprint: sshd.fingerprint('ed25519'), keyType: 'ssh-ed25519' },
      ])
      await reach({ trust: memoryTrust() }, { hostKey: pins[0]?.fingerprint ?? '' })
    }
  })
})
