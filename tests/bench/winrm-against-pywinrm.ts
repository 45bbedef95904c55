/**
 * Benchmark of WinRM over sealed NTLM, ours and pywinrm in turn at the same endpoint: requests per second that need
 * nothing of the host (the wire alone), commands per second to a lab host (both wait for Wine), and how long 100 MB
 * take, fetched by the host and sent through the session. Prints; judges nothing.
 * Run: node tests/bench/winrm-against-pywinrm.ts [ROUNDS] [MEGABYTES].
 */
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Host } from '../../domain/plan/host.ts'
import { connectByHttp } from '../../main/transports/winrm/connection-settings.ts'
import { openExchange } from '../../main/transports/winrm/http/exchange.ts'
import { standardExchangeLimits } from '../../main/transports/winrm/http/limits.ts'
import { createWinrmTransport } from '../../main/transports/winrm/transport.ts'
import { guid } from '../../main/transports/winrm/wsmv/client.ts'
import { writeRequest } from '../../main/transports/winrm/wsmv/envelope.ts'
import { configRequest } from '../../main/transports/winrm/wsmv/operations.ts'
import { downLab, labUnavailable, upLab } from '../lab/lab.ts'
import { startWinrm, winrmUser } from '../lab/winrm/endpoint.ts'
import { gssMissing } from '../main/transports/winrm/http/gss-server.ts'
import { memoryTrust, patient } from '../main/transports/winrm/http/reach.ts'

const run = promisify(execFile)
const rounds = Number(process.argv[2] ?? 3)
const megabytes = Number(process.argv[3] ?? 100)
const user = `${winrmUser.domain}\\${winrmUser.user}`
// The same question, asked the way each is meant to be used: run_ps starts a shell and a PowerShell for it, a session of ours keeps one.
const foreign = `
import sys, time, winrm
session = winrm.Session("http://%s/wsman" % sys.argv[1], auth=(sys.argv[2], sys.stdin.read()), transport="ntlm", message_encryption="always", read_timeout_sec=120, operation_timeout_sec=60)
def script(count):
    for _ in range(count):
        assert session.run_ps("[Console]::Out.Write([IO.File]::Exists('C:\\\\\\\\none'))").status_code == 0
def bare(count):
    # One shell for all, as its protocol class allows: what is left is the way there and the start of cmd.exe.
    protocol = session.protocol
    shell = protocol.open_shell()
    for _ in range(count):
        command = protocol.run_command(shell, "ver")
        assert protocol.get_command_output(shell, command)[2] == 0
        protocol.cleanup_command(shell, command)
    protocol.close_shell(shell)
def wire(count):
    for _ in range(count):
        session.protocol.transport.send_message(open(sys.argv[3]).read())
for what, count in ((wire, 300),) if sys.argv[3:] else ((script, 3), (bare, 10)):
    start = time.monotonic()
    what(count)
    print(count / (time.monotonic() - start))
`
const missing =
  labUnavailable() ??
  gssMissing ??
  (existsSync('/usr/lib/python3/dist-packages/winrm') ? undefined : 'python3-winrm is missing')

if (missing === undefined) await main()
else console.log(`WinRM against pywinrm: not run: ${missing}`)

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rollout-bench-'))
  // Python's md4 comes with OpenSSL's legacy provider only.
  await writeFile(
    join(folder, 'openssl.cnf'),
    'openssl_conf = start\n[start]\nproviders = all\n[all]\ndefault = on\nlegacy = on\n[on]\nactivate = 1\n',
  )
  await writeFile(join(folder, 'foreign.py'), foreign)
  const site = await upLab({ dir: join(folder, 'site'), hosts: [{ name: 'BENCH01', roles: ['runner'] }] })
  try {
    const [lab] = site.hosts
    if (!lab) throw new Error('the lab has no host')
    const service = await startWinrm(lab)
    try {
      const host = Host.parse({ name: lab.name, address: lab.address, reach: { kind: 'winrm', tls: false } })
      await wire(host, folder)
      await commands(host, folder)
      await files(host, folder)
    } finally {
      await service.stop()
    }
  } finally {
    await downLab(join(folder, 'site'))
    await rm(folder, { recursive: true, force: true })
  }
}

async function asForeign(folder: string, at: string, ...more: string[]): Promise<number[]> {
  const running = run('/usr/bin/python3', [join(folder, 'foreign.py'), at, user, ...more], {
    env: { ...process.env, OPENSSL_CONF: join(folder, 'openssl.cnf'), PYTHONUTF8: '1' },
  })
  running.child.stdin?.end(winrmUser.password)
  return (await running).stdout.trim().split('\n').map(Number)
}

async function wire({ address }: Host, folder: string): Promise<void> {
  const soap = writeRequest(
    { to: `http://${address}:5985/wsman`, sessionId: guid(), maxEnvelopeBytes: 153_600, operationMs: 20_000 },
    guid(),
    configRequest(),
  )
  await writeFile(join(folder, 'request.xml'), soap)
  const exchange = await openExchange(
    { host: address, port: 5985, tls: false },
    { kind: 'ntlm', user, password: winrmUser.password },
    { kind: 'system' },
    standardExchangeLimits,
    patient(),
  )
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const count = 1_000
    const since = performance.now()
    for (let n = 0; n < count; n++) await exchange.send(soap, { signal: patient(), timeoutMs: 10_000 })
    ours.push(count / ((performance.now() - since) / 1_000))
    theirs.push((await asForeign(folder, `${address}:5985`, join(folder, 'request.xml')))[0] ?? Number.NaN)
  }
  exchange.close()
  console.log(
    `requests a second over sealed NTLM, median of ${rounds} rounds by turns: ours ${median(ours).toFixed(0)}, pywinrm ${median(theirs).toFixed(0)}; ours is ${(median(ours) / median(theirs)).toFixed(1)} times as fast`,
  )
}

function open(host: Host) {
  return createWinrmTransport({ connect: connectByHttp(memoryTrust()) }).open(
    host,
    { kind: 'password', user, password: winrmUser.password },
    patient(),
  )
}

async function commands(host: Host, folder: string): Promise<void> {
  const session = await open(host)
  const ours: number[] = []
  const theirs: { readonly script: number; readonly bare: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const count = 50
    const since = performance.now()
    for (let n = 0; n < count; n++)
      await session.run('Get-FileState', { Path: 'C:\\none', Hash: false, Signature: false }, { signal: patient() })
    ours.push(count / ((performance.now() - since) / 1_000))
    const [script, bare] = await asForeign(folder, `${host.address}:5985`)
    theirs.push({ script: script ?? Number.NaN, bare: bare ?? Number.NaN })
  }
  await session.close()
  const our = median(ours)
  const [script, bare] = [median(theirs.map((one) => one.script)), median(theirs.map((one) => one.bare))]
  console.log(
    `commands a second over sealed NTLM, median of ${rounds} rounds by turns: ours ${our.toFixed(1)} (a verb), pywinrm ${script.toFixed(2)} (run_ps), ${bare.toFixed(2)} (ver in a shell that is open)`,
  )
  console.log(`ours is ${(our / script).toFixed(0)} and ${(our / bare).toFixed(0)} times as fast`)
}

async function files(host: Host, folder: string): Promise<void> {
  const bytes = randomBytes(megabytes * 1_000_000)
  const localPath = join(folder, 'large.bin')
  await writeFile(localPath, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  for (const by of ['pull', 'session'] as const) {
    const session = await open(Host.parse({ ...host, largeFiles: { by } }))
    const notes: string[] = []
    const since = performance.now()
    await session.put(
      { localPath, remotePath: `C:\\ProgramData\\ExekraRollout\\${by}.bin`, sha256, size: bytes.length },
      { signal: patient(), onNote: (note) => notes.push(note) },
    )
    const seconds = (performance.now() - since) / 1_000
    await session.close()
    console.log(
      `${megabytes} MB ${by === 'pull' ? 'fetched by the host' : 'through the session'}: ${seconds.toFixed(1)} s, ${(megabytes / seconds).toFixed(1)} MB/s, hashed and published${notes.length === 0 ? '' : ` (${notes.join(' ')})`}`,
    )
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
