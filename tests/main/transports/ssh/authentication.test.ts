import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Credential } from '../../../../main/engine/ports.ts'
import { agentSocketOf } from '../../../../main/transports/ssh/authentication.ts'
import { openLink } from '../../../../main/transports/ssh/transport.ts'
import { failureOf, hostAt, memoryTrust, patient } from './reach.ts'
import { fingerprintOf, needsSshd, newKey, skipWithoutSshd, startSshd, type Sshd } from './sshd.ts'

describe('the agent of a workstation', () => {
  test('is the one that the environment names, on Windows else that of its own service, elsewhere none', () => {
    expect(agentSocketOf({ SSH_AUTH_SOCK: '/run/agent' }, 'linux')).toBe('/run/agent')
    expect(agentSocketOf({ SSH_AUTH_SOCK: '/run/agent' }, 'win32')).toBe('/run/agent')
    expect(agentSocketOf({}, 'win32')).toBe('\\\\.\\pipe\\openssh-ssh-agent')
    expect(agentSocketOf({}, 'linux')).toBeUndefined()
  })
})

describe.skipIf(skipWithoutSshd)(needsSshd('rung 2: signing in to a real OpenSSH server'), () => {
  let sshd: Sshd
  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterAll(async () => {
    await sshd.stop()
  })

  const signIn = async (credential: Credential | undefined, agentSocket?: string, server = sshd) => {
    const link = await openLink(
      hostAt(server.port),
      credential,
      { trust: memoryTrust(), ...(agentSocket !== undefined && { agentSocket }) },
      patient(),
    )
    await link.close()
  }
  const keyOf = (name: string, ...of: Parameters<typeof newKey> extends [string, ...infer Rest] ? Rest : never) => {
    const file = join(sshd.folder, name)
    newKey(file, ...of)
    return { file, privateKey: readFileSync(file, 'utf8'), publicKey: readFileSync(`${file}.pub`, 'utf8') }
  }

  /** What the server wrote of the keys that it let in since. */
  const letIn = (since: number, server = sshd) =>
    [
      ...server
        .log()
        .slice(since)
        .matchAll(/Accepted publickey for (\S+) .*: (\S+) (SHA256:\S+)/g),
    ].map(([, user, type, fingerprint]) => ({ user, type, fingerprint }))

  test('Ed25519, ECDSA and RSA keys let us in, each by itself', async () => {
    for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
      const key = keyOf(`user_${type}`, type)
      sshd.allow(key.publicKey)
      const before = sshd.log().length
      await signIn({ kind: 'key', user: sshd.user, privateKey: key.privateKey })
      expect(letIn(before)).toEqual([
        { user: sshd.user, type: type.toUpperCase(), fingerprint: fingerprintOf(`${key.file}.pub`) },
      ])
    }
  })

  test('an RSA key signs with SHA-2 and never with SHA-1', async () => {
    const key = keyOf('user_sha2', 'rsa')
    for (const [algorithm, accepted] of [
      ['rsa-sha2-256', 1],
      ['ssh-rsa', 0],
    ] as const) {
      const picky = await startSshd({ settings: [`PubkeyAcceptedAlgorithms ${algorithm}`] })
      try {
        picky.allow(key.publicKey)
        const signingIn = signIn({ kind: 'key', user: picky.user, privateKey: key.privateKey }, undefined, picky)
        if (accepted === 0) expect(await failureOf(signingIn)).toMatchObject({ code: 'not-let-in' })
        else await signingIn
        expect(letIn(0, picky), algorithm).toHaveLength(accepted)
      } finally {
        await picky.stop()
      }
    }
  })

  test('a key under a passphrase lets us in with it, and is refused here without it or with a wrong one', async () => {
    const key = keyOf('user_locked', 'ed25519', 'open sesame')
    sshd.allow(key.publicKey)
    await signIn({ kind: 'key', user: sshd.user, privateKey: key.privateKey, passphrase: 'open sesame' })
    const before = sshd.log()
    for (const passphrase of [undefined, 'wrong']) {
      const failure = await failureOf(
        signIn({
          kind: 'key',
          user: sshd.user,
          privateKey: key.privateKey,
          ...(passphrase !== undefined && { passphrase }),
        }),
      )
      expect(failure).toMatchObject({ kind: 'credential', code: 'key-passphrase', retry: 'never' })
    }
    expect(sshd.log().slice(before.length)).not.toContain('Failed')
  })

  test('a key the host does not know is refused, and never tried twice', async () => {
    const key = keyOf('stranger', 'ed25519')
    const before = sshd.log().length
    const failure = await failureOf(signIn({ kind: 'key', user: sshd.user, privateKey: key.privateKey }))
    expect(failure).toMatchObject({ kind: 'credential', code: 'not-let-in', retry: 'never' })
    expect(failure.hint).toContain('administrators_authorized_keys')
    expect(
      sshd
        .log()
        .slice(before)
        .match(/Failed publickey/g),
    ).toHaveLength(1)
  })

  test('a host that hangs up at the first wrong key has refused it: that is no lost link, after which it would be shown again', async () => {
    const strict = await startSshd({ settings: ['MaxAuthTries 1'] })
    try {
      const stranger = keyOf('stranger_once', 'ed25519')
      const failure = await failureOf(
        openLink(
          hostAt(strict.port),
          { kind: 'key', user: strict.user, privateKey: stranger.privateKey },
          { trust: memoryTrust() },
          patient(),
        ),
      )
      expect(failure).toMatchObject({ kind: 'credential', code: 'not-let-in', retry: 'never' })
      expect(strict.log().match(/Failed publickey/g)).toHaveLength(1)
    } finally {
      await strict.stop()
    }
  })

  test('text that is no private key is refused before anything is sent', async () => {
    expect(
      await failureOf(signIn({ kind: 'key', user: sshd.user, privateKey: 'PuTTY-User-Key-File-3: nonsense' })),
    ).toMatchObject({ kind: 'credential', code: 'key-unreadable' })
    expect(
      await failureOf(
        signIn({ kind: 'key', user: sshd.user, privateKey: readFileSync(join(sshd.folder, 'user.pub'), 'utf8') }),
      ),
    ).toMatchObject({ code: 'key-public' })
  })

  test('an agent lets us in with a key it holds; one without the key, or none at all, does not', async () => {
    const socket = join(sshd.folder, 'agent')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      await new Promise((resolve) => agent.stdout.once('data', resolve))
      expect(await failureOf(signIn({ kind: 'agent', user: sshd.user }, socket))).toMatchObject({
        kind: 'credential',
        code: 'not-let-in',
      })
      execFileSync('ssh-add', ['-q', join(sshd.folder, 'user')], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
        stdio: 'ignore',
      })
      await signIn({ kind: 'agent', user: sshd.user }, socket)
      await signIn({ kind: 'agent', user: sshd.user, socket })
    } finally {
      agent.kill()
    }
    expect(await failureOf(signIn({ kind: 'agent', user: sshd.user }, join(sshd.folder, 'nobody')))).toMatchObject({
      kind: 'credential',
      code: 'agent-failed',
    })
  })

  test('a password where the host takes only keys says what the host offers', async () => {
    const failure = await failureOf(signIn({ kind: 'password', user: sshd.user, password: 'secret-canary' }))
    expect(failure).toMatchObject({ kind: 'credential', code: 'way-not-offered' })
    expect(failure.message).toContain('publickey')
    expect(JSON.stringify(failure)).not.toContain('secret-canary')
  })

  test('a host without a credential is refused with what to do', async () => {
    expect(await failureOf(signIn(undefined))).toMatchObject({ kind: 'credential', code: 'no-credential' })
  })
})
