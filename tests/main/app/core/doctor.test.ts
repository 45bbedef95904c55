/** The doctor against real sockets on loopback: peers that are closed, silent, not WinRM, or WinRM with a fault. */
import { writeFileSync } from 'node:fs'
import { createServer as listen, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Host } from '../../../../domain/plan/host.ts'
import { Plan } from '../../../../domain/plan/plan.ts'
import type { Credential, Session, Transports } from '../../../../main/engine/ports.ts'
import type { WholeVault } from '../../../../main/vault/layered-vault.ts'
import { createAppService } from '../../../../main/app/service/app-service.ts'
import { windowVault } from '../../../../main/app/service/vault.ts'
import { openStore } from '../../../../main/store/store.ts'
import { graphOf } from '../../../builders/graph.ts'
import { pilotPlan } from '../../../builders/plan.ts'
import { createApp } from '../../../../main/app/core/app.ts'
import { failed } from '../../../../domain/base/failure.ts'
import { pilotDocument } from '../../../builders/plan.ts'
import { encodeChallenge } from '../../transports/winrm/auth/ntlm-peer.ts'
import {
  httpAnswer,
  makeCertificate,
  patient,
  startScripted,
  type CertificateWish,
} from '../../transports/winrm/http/reach.ts'
import { rollout, scratch } from '../../shells/cli/rollout.ts'

type Script = Parameters<typeof startScripted>[0]
const challenge = `WWW-Authenticate: Negotiate ${encodeChallenge({ flags: 0xe28a8235, serverChallenge: Buffer.alloc(8, 7), attributes: [{ id: 7, value: Buffer.alloc(8, 1) }] }).toString('base64')}`
const bare = httpAnswer(401, [
  'Server: Microsoft-HTTPAPI/2.0',
  'WWW-Authenticate: Negotiate',
  'WWW-Authenticate: Basic realm="WSMAN"',
  `Date: ${new Date().toUTCString()}`,
])

async function peer(script: Script): Promise<number> {
  const server = await startScripted(script)
  onTestFinished(() => server.stop())
  return server.port
}

async function tlsPeer(script: Script, wish: CertificateWish = {}): Promise<number> {
  const own = makeCertificate(wish)
  const server = await startScripted(script, (onSocket) =>
    createServer({ cert: own.certificate, key: own.key }, onSocket),
  )
  onTestFinished(() => server.stop())
  return server.port
}

const vault: WholeVault = {
  credential: (ref): Promise<Credential> =>
    ref === 'admin'
      ? Promise.resolve({ kind: 'password', user: '.\\installer', password: 'canary-password' })
      : Promise.reject(failed('credential', 'unknown', `There is no entry ${ref}.`, 'Store it.')),
  secret: () => Promise.reject(new Error('not asked for')),
  entries: () => Promise.reject(new Error('not asked for')),
}

async function examined(
  reach: Record<string, unknown>,
  more: { readonly credential?: string; readonly address?: string } = {},
) {
  const app = createApp({ dbFile: join(scratch(), 'doctor.db'), by: 'tester', vault })
  try {
    const host = Host.parse({
      name: 'RUN001',
      address: '127.0.0.1',
      reach: { kind: 'winrm', ...reach },
      credential: 'admin',
      ...more,
    })
    const all = await app.examine(host, { signal: patient(), waitMs: 1_500 })
    expect(JSON.stringify(all)).not.toContain('canary')
    return all
  } finally {
    app.close()
  }
}
test('a window asks about a host of its run, and is told the cause, or why nothing can be looked for', async () => {
  const folder = scratch()
  const dbFile = join(folder, 'run.db')
  const store = openStore(dbFile)
  const document = pilotPlan()
  const plan = Plan.parse({
    ...document,
    hosts: document.hosts.map((host, i) => ({
      ...host,
      address: '127.0.0.1',
      reach: i === 0 ? { kind: 'winrm', tls: true, port: 1, auth: 'ntlm' } : { kind: 'local' },
    })),
  })
  const { planId, revision } = store.plans.lock('pilot', plan, { by: 'tester', at: 1 })
  const { runId } = store.runs.createRun({
    planId,
    revision,
    graph: graphOf(plan),
    baseDir: folder,
    by: 'tester',
    at: 1,
  })
  store.close()
  const service = createAppService({
    dbFile,
    by: 'tester',
    vault: windowVault(join(folder, 'vault.json')),
    dataFolder: folder,
    version: '0',
    pollMs: 10,
  })
  onTestFinished(() => service.close())
  const [first, second] = plan.hosts
  expect(await service.api['run.examine']({ runId, host: first?.name ?? '' })).toMatchObject({
    port: 1,
    by: 'WinRM',
    signedIn: false,
    diagnosis: { cause: 'port-closed' },
  })
  await expect(service.api['run.examine']({ runId, host: second?.name ?? '' })).rejects.toMatchObject({
    failure: { kind: 'request' },
  })
  await expect(service.api['run.examine']({ runId, host: 'NOBODY' })).rejects.toMatchObject({
    failure: { code: 'unknown-host' },
  })
})

const causeAt = async (...how: Parameters<typeof examined>) => (await examined(...how)).diagnosis?.cause
const unsigned = /^POST \/wsman HTTP\/1\.1\r\n(?!.*authorization)/is

describe('one cause, in the order in which a host is reached', () => {
  test('a name that does not resolve', async () => {
    expect(await causeAt({}, { address: 'run001.invalid' })).toBe('name-unresolved')
  })

  test('where the plan leaves the way open and none answers, the best way shows why', async () => {
    expect(await examined({ kind: 'auto' }, { address: 'run001.invalid' })).toMatchObject({
      port: 5986,
      by: 'WinRM',
      diagnosis: { cause: 'name-unresolved' },
    })
  })

  test('a closed port, by either way', async () => {
    const server = await startScripted(() => undefined)
    await server.stop()
    expect(await causeAt({ port: server.port })).toBe('port-closed')
    expect(await causeAt({ kind: 'ssh', port: server.port })).toBe('port-closed')
  })

  test('a port that takes connections and says nothing, with and without TLS', async () => {
    const port = await peer(() => undefined)
    expect(await causeAt({ port })).toBe('port-silent')
    expect(await causeAt({ port, tls: false })).toBe('port-silent')
  })

  test('no TLS where it should be', async () => {
    expect(await causeAt({ port: await plainGreeter() })).toBe('not-tls')
  })

  test('a certificate that is expired, not valid yet, not for servers, or another than the one recorded or planned', async () => {
    const seen: string[] = []
    const script: Script = (socket, request) => {
      seen.push(request)
      socket.write(bare)
    }
    expect(await causeAt({ port: await tlsPeer(script, { from: '20200101000000Z', to: '20210101000000Z' }) })).toBe(
      'certificate-expired',
    )
    expect(await causeAt({ port: await tlsPeer(script, { from: '20900101000000Z', to: '20910101000000Z' }) })).toBe(
      'certificate-not-yet-valid',
    )
    expect(await causeAt({ port: await tlsPeer(script, { usage: 'clientAuth' }) })).toBe('certificate-usage')
    expect(await causeAt({ port: await tlsPeer(script), certificate: 'a'.repeat(64) })).toBe('certificate-changed')
    expect(seen).toEqual([])
  })

  test('a certificate that was recorded and is another one now', async () => {
    const port = await tlsPeer((socket) => socket.write(bare))
    const app = createApp({ dbFile: join(scratch(), 'doctor.db'), by: 'tester', vault })
    onTestFinished(() => {
      app.close()
    })
    app.store.pins.add({ address: '127.0.0.1', port, fingerprint: `SHA256:${'A'.repeat(43)}`, at: 1, by: 'tester' })
    const { diagnosis } = await app.examine(
      Host.parse({ name: 'RUN001', address: '127.0.0.1', reach: { kind: 'winrm', port }, credential: 'admin' }),
      { signal: patient(), waitMs: 1_500 },
    )
    expect(diagnosis).toMatchObject({ cause: 'certificate-changed', remedy: { undo: null } })
  })

  test('a plain web server, a proxy, a stopped service', async () => {
    const answering = (answer: string) => peer((socket) => socket.write(answer))
    expect(
      await causeAt({ tls: false, port: await answering(httpAnswer(200, ['Server: nginx'], '<html>Welcome</html>')) }),
    ).toBe('not-winrm')
    expect(await causeAt({ tls: false, port: await answering('SSH-2.0-OpenSSH_9.2\r\n') })).toBe('not-winrm')
    expect(
      await causeAt({ tls: false, port: await answering(httpAnswer(407, ['Proxy-Authenticate: Basic realm="gate"'])) }),
    ).toBe('proxy')
    expect(
      await causeAt({
        tls: false,
        port: await answering(httpAnswer(401, ['Via: 1.1 gate', 'WWW-Authenticate: Negotiate'])),
      }),
    ).toBe('proxy')
    expect(await causeAt({ tls: false, port: await answering(httpAnswer(503)) })).toBe('winrm-stopped')
  })

  test('ways to sign in that are not offered: no credential is shown', async () => {
    const seen: string[] = []
    const offering =
      (...headers: string[]): Script =>
      (socket, request) => {
        seen.push(request)
        socket.write(httpAnswer(401, headers))
      }
    expect(await causeAt({ tls: false, port: await peer(offering('WWW-Authenticate: Kerberos')) })).toBe(
      'ntlm-not-offered',
    )
    expect(await causeAt({ auth: 'basic', port: await tlsPeer(offering('WWW-Authenticate: Negotiate')) })).toBe(
      'basic-off',
    )
    expect(
      await causeAt({ auth: 'kerberos', port: await tlsPeer(offering('WWW-Authenticate: Basic realm="WSMAN"')) }),
    ).toBe('kerberos-not-offered')
    for (const request of seen) expect(request).toMatch(unsigned)
  })

  test('NTLM that is offered and not answered, and a password that is refused once', async () => {
    const requests: string[] = []
    const ntlm =
      (then: string): Script =>
      (socket, request) => {
        requests.push(request)
        if (unsigned.test(request)) socket.write(bare)
        else socket.write(httpAnswer(401, [then]))
      }
    expect(await causeAt({ tls: false, port: await peer(ntlm('WWW-Authenticate: Negotiate')) })).toBe('ntlm-refused')
    requests.length = 0
    const { diagnosis, well } = await examined({ tls: false, port: await peer(ntlm(challenge)) })
    expect(diagnosis).toMatchObject({
      cause: 'password-refused',
      notes: [expect.stringContaining('LocalAccountTokenFilterPolicy')],
    })
    expect(well).toEqual([
      expect.stringContaining('answers on port'),
      'WinRM asks for a sign-in and offers Negotiate, Basic',
    ])
    // Without a credential, the first token, and the password once.
    expect(requests).toHaveLength(3)
  })

  test('access denied to a local account, and remote shells that are switched off', async () => {
    const fault =
      (code: number): Script =>
      (socket, request) => {
        if (unsigned.test(request)) {
          socket.write(bare)
          return
        }
        const id = /MessageID[^>]*>([^<]+)</.exec(request)?.[1] ?? ''
        const spaces =
          'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"'
        const soap = `<s:Envelope ${spaces}><s:Header><a:RelatesTo>${id}</a:RelatesTo></s:Header><s:Body><s:Fault><s:Detail><f:WSManFault Code="${code}"/></s:Detail></s:Fault></s:Body></s:Envelope>`
        socket.write(httpAnswer(500, ['Content-Type: application/soap+xml;charset=UTF-8'], soap))
      }
    expect(await examined({ auth: 'basic', port: await tlsPeer(fault(5)) })).toMatchObject({
      signedIn: false,
      diagnosis: {
        cause: 'token-filter',
        remedy: { script: expect.stringContaining('LocalAccountTokenFilterPolicy') as string },
      },
    })
    expect(await causeAt({ auth: 'basic', port: await tlsPeer(fault(2150859180)) })).toBe('remote-shells-off')
  })

  test('a vault without the entry; and a clock that is off, where nobody signs in', async () => {
    expect(
      await causeAt({ tls: false, port: await peer((socket) => socket.write(bare)) }, { credential: 'nobody' }),
    ).toBe('credential-unusable')
    const app = createApp({ dbFile: join(scratch(), 'doctor.db'), by: 'tester', vault })
    onTestFinished(() => {
      app.close()
    })
    const early = httpAnswer(401, [
      'WWW-Authenticate: Negotiate',
      `Date: ${new Date(Date.now() - 3_600_000).toUTCString()}`,
    ])
    const host = (port: number) =>
      Host.parse({ name: 'RUN001', address: '127.0.0.1', reach: { kind: 'winrm', tls: false, port } })
    expect(
      await app.examine(host(await peer((socket) => socket.write(early))), { signal: patient(), waitMs: 1_500 }),
    ).toMatchObject({ diagnosis: { cause: 'clock' } })
    expect(
      await app.examine(host(await peer((socket) => socket.write(bare))), { signal: patient(), waitMs: 1_500 }),
    ).toMatchObject({ diagnosis: null, signedIn: false })
  })
})

test('where the sign-in is good, the session is asked for its rights and its clock, and closed', async () => {
  const port = await peer((socket) => socket.write(bare))
  let closed = 0
  const asked = async (administrator: boolean, clock: Date) => {
    const session = {
      run: () => Promise.resolve({ administrator, clock: clock.toISOString() }),
      close: () => {
        closed++
        return Promise.resolve()
      },
    } as unknown as Session
    const transports: Transports = {
      for: () => ({ open: () => Promise.resolve(session) }),
      close: () => {
        closed++
        return Promise.resolve()
      },
    }
    const app = createApp({
      dbFile: join(scratch(), 'doctor.db'),
      by: 'tester',
      vault,
      reach: () => Promise.resolve(transports),
    })
    onTestFinished(() => {
      app.close()
    })
    return app.examine(
      Host.parse({
        name: 'RUN001',
        address: '127.0.0.1',
        reach: { kind: 'winrm', tls: false, port },
        credential: 'admin',
      }),
      { signal: patient(), waitMs: 1_500 },
    )
  }
  expect(await asked(true, new Date())).toMatchObject({
    signedIn: true,
    diagnosis: null,
    well: expect.arrayContaining(['.\\installer can sign in, and PowerShell answers']) as unknown,
  })
  expect(await asked(false, new Date())).toMatchObject({ signedIn: true, diagnosis: { cause: 'token-filter' } })
  expect(await asked(true, new Date(Date.now() + 600_000))).toMatchObject({
    diagnosis: { cause: 'clock', evidence: ["the host's clock is 10 minutes ahead of this workstation's"] },
  })
  expect(closed).toBe(6)
})

describe('rollout doctor', () => {
  test('auto://: says of each port what was found there, and what is chosen; a host of a plan is examined the same way', async () => {
    const dir = scratch()
    // The ports are those of WinRM and SSH; whoever else runs tests on this machine has another address.
    const address = `127.${140 + (process.pid % 97)}.${(process.pid >> 8) % 250}.${1 + (process.pid % 250)}`
    const host = await startScripted((socket) => socket.write(bare), undefined, { address, port: 5985 })
    onTestFinished(() => host.stop())
    const say = (...words: string[]) => rollout(['doctor', ...words, '--db', join(dir, 'doctor.db'), '--wait', '2'])
    const found = ['Nothing listens on port 5986.', 'Port 5985 answers.', expect.stringMatching(/port 22/i) as string]
    const why =
      'WinRM over HTTP, encrypted by NTLM, port 5985 is chosen. Nothing listens on port 5986. Port 5985 answers.'
    const open = await say(`auto://${address}`, '--json')
    expect({ code: open.code, said: open.json()[0] }).toMatchObject({
      code: 0,
      said: { doors: found, port: 5985, by: 'WinRM', well: expect.arrayContaining([why]) as unknown, diagnosis: null },
    })
    writeFileSync(
      join(dir, 'site.json'),
      JSON.stringify({
        ...pilotDocument(),
        hosts: pilotDocument().hosts.map((one) => ({ ...one, address, reach: { kind: 'auto' } })),
      }),
    )
    const planned = await say('RUN001', '--plan', join(dir, 'site.json'))
    expect(planned).toMatchObject({ code: 0, stderr: '' })
    expect(planned.stdout).toMatch(
      /^Port {2}Nothing listens on port 5986\.\nPort {2}Port 5985 answers\.\nPort {2}.*port 22.*\nOK {5}.*port 5985 is chosen/i,
    )
    await host.stop()
    const shut = await say(`auto://${address}`, '--json')
    expect({ code: shut.code, said: shut.json()[0] }).toMatchObject({
      code: 1,
      said: {
        doors: ['Nothing listens on port 5986.', 'Nothing listens on port 5985.', expect.any(String)],
        diagnosis: { cause: 'port-closed' },
      },
    })
    for (const wrong of [[`auto://${address}:5986`], [`auto://${address}`, '--auth', 'basic']])
      expect(await say(...wrong)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('auto finds the port') as string,
      })
  }, 60_000)

  test('ends with 0 where WinRM answers, 1 with the cause, 3 for what is no host; JSON says the same', async () => {
    const db = join(scratch(), 'doctor.db')
    const say = (...words: string[]) => rollout(['doctor', ...words, '--db', db, '--wait', '2'])
    const port = await peer((socket) => socket.write(bare))
    const well = await say(`winrm://127.0.0.1:${port}`, '--json')
    expect({ code: well.code, json: well.json() }).toEqual({
      code: 0,
      json: [
        expect.objectContaining({ reachable: true, signedIn: false, diagnosis: null, by: 'WinRM', port }) as unknown,
      ],
    })
    const web = await peer((socket) => socket.write(httpAnswer(200)))
    const ill = await say(`winrm://127.0.0.1:${web}`, '--json')
    expect({ code: ill.code, json: ill.json() }).toMatchObject({
      code: 1,
      json: [{ reachable: false, diagnosis: { cause: 'not-winrm', evidence: expect.any(Array) as unknown } }],
    })
    const off = await say(
      `winrm://127.0.0.1:${await peer((socket) => socket.write(httpAnswer(401, ['WWW-Authenticate: Basic realm="x"'])))}`,
    )
    expect(off).toMatchObject({ code: 1, stderr: '' })
    expect(off.stdout).toMatch(
      /Cause {2}ntlm-not-offered: .*Set-Item WSMan:.*Or by Group Policy:.*Disallow Negotiate authentication: Disabled.*To undo the change:/s,
    )
    for (const words of [
      ['RUN001'],
      ['ftp://host'],
      ['winrm://u:secret@host'],
      ['winrm://host/path'],
      ['winrm://host:70000'],
      ['winrm://host', '--auth', 'basic'],
      ['winrm://someone@host'],
      ['ssh://host'],
      ['winrms://%zz@host'],
    ]) {
      const refused = await say(...words, '--json')
      expect({ words, code: refused.code, json: refused.json() }).toEqual({
        words,
        code: 3,
        json: [expect.objectContaining({ error: expect.any(String) as string }) as unknown],
      })
      expect(refused.stderr).not.toContain('secret')
    }
  }, 60_000)
})

test('an issuer that this system trusts is enough: its certificate is accepted, and not recorded as seen for the first time', async () => {
  const authority = makeCertificate({ authority: true })
  const folder = scratch()
  const file = join(folder, 'system-store.pem')
  writeFileSync(file, authority.certificate)
  const port = await tlsPeer((socket) => socket.write(bare), { issuer: authority })
  const pinsAfter = async (env: Record<string, string>) => {
    const db = join(scratch(), 'doctor.db')
    expect(await rollout(['doctor', `winrms://127.0.0.1:${port}`, '--db', db, '--wait', '5'], { env })).toMatchObject({
      code: 0,
    })
    const app = createApp({ dbFile: db, by: 'tester', vault })
    try {
      return app.store.pins.list().length
    } finally {
      app.close()
    }
  }
  // OpenSSL's own name for the store of the system.
  expect([await pinsAfter({ SSL_CERT_FILE: file, SSL_CERT_DIR: folder }), await pinsAfter({})]).toEqual([0, 1])
}, 60_000)

// Says something that is not TLS as soon as somebody comes.
async function plainGreeter(): Promise<number> {
  const greeter = listen((socket: Socket) => {
    socket.on('error', () => undefined)
    socket.resume().end('220 mail.example ready\r\n')
  })
  await new Promise<void>((resolve) => {
    greeter.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(
    () =>
      new Promise((resolve) => {
        greeter.close(() => {
          resolve()
        })
      }),
  )
  const address = greeter.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
