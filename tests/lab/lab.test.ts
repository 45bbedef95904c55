/** Rung 3, one lab host: real SSH in, real installers, a restart, and nothing left behind. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { Client } from 'ssh2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { namespaceOf } from './network.ts'
import { type LabHost, type LabSite, downLab, labUnavailable, upLab } from './lab.ts'

const unavailable = labUnavailable()
const lab = unavailable === undefined || process.env['CI'] ? test : test.skip
const why = unavailable === undefined ? '' : ` (skipped: ${unavailable})`
let folder = ''
let site: LabSite
let hub: LabHost
let runner: LabHost

beforeAll(async () => {
  if (unavailable !== undefined && !process.env['CI']) return
  folder = await mkdtemp(join(tmpdir(), 'rollout-lab-'))
  site = await upLab({
    dir: join(folder, 'site'),
    hosts: [
      { name: 'hub01', roles: ['hub'] },
      { name: 'runner01', roles: ['runner'] },
    ],
  })
  hub = site.hosts[0]!
  runner = site.hosts[1]!
}, 400_000)

afterAll(async () => {
  if (folder === '') return
  await downLab(join(folder, 'site'))
  await rm(folder, { recursive: true, force: true })
}, 120_000)

/** Refuses any host but the one that was announced, as the product does. */
async function session<T>(host: LabHost, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client()
  const privateKey = await readFile(host.privateKeyPath)
  await new Promise<void>((resolve, reject) => {
    client
      .once('ready', resolve)
      .once('error', reject)
      .connect({
        sock: connect({ host: host.address, port: host.port, noDelay: true }),
        username: host.user,
        privateKey,
        hostVerifier: (key: Buffer) =>
          `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}` === host.hostKey.fingerprint,
      })
  })
  try {
    return await use(client)
  } finally {
    client.end()
  }
}

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(host: LabHost, command: string, input = ''): Promise<Ran> {
  return session(
    host,
    (client) =>
      new Promise((resolve, reject) => {
        client.exec(command, (problem, channel) => {
          if (problem) {
            reject(problem)
            return
          }
          let [stdout, stderr, code] = ['', '', null as number | null]
          // Whatever hangs must say what it was.
          const timer = setTimeout(() => {
            client.destroy()
            reject(new Error(`The session did not end within 40 s: ${command.slice(0, 300)} said ${stdout}${stderr}`))
          }, 40_000)
          client.once('close', () => {
            clearTimeout(timer)
            resolve({ code, stdout, stderr })
          })
          channel.on('data', (piece: Buffer) => {
            stdout += piece.toString()
          })
          channel.stderr.on('data', (piece: Buffer) => {
            stderr += piece.toString()
          })
          channel.on('exit', (number: number) => {
            code = number
          })
          channel.on('close', () => {
            clearTimeout(timer)
            resolve({ code, stdout, stderr })
          })
          channel.end(input)
        })
      }),
  )
}

const script = (host: LabHost, text: string): Promise<Ran> =>
  run(
    host,
    `powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${Buffer.from(text, 'utf16le').toString('base64')}`,
  )

function put(host: LabHost, from: string, to: string): Promise<void> {
  return session(
    host,
    (client) =>
      new Promise((resolve, reject) => {
        client.sftp((problem, sftp) => {
          if (problem) {
            reject(problem)
            return
          }
          sftp.fastPut(from, to, (failed) => {
            if (failed) reject(failed)
            else resolve()
          })
        })
      }),
  )
}

/** Starts an installer the way the product's worker does, and answers with its true exit code. */
async function install(host: LabHost, words: string, program = ''): Promise<number> {
  const file = program === '' ? 'C:\\windows\\system32\\msiexec.exe' : program
  const ran = await script(
    host,
    `$env:LAB_HUB_PFX_PASSWORD = 'sesame'; $p = [Diagnostics.Process]::Start('${file}', '${words}'); $p.WaitForExit(); Write-Output $p.ExitCode`,
  )
  return Number(ran.stdout.trim())
}

/** Lets connections from everywhere in. */
const letIn = (host: LabHost, ...ports: readonly number[]): Promise<Ran> =>
  script(
    host,
    `$null = New-NetFirewallRule -DisplayName 'The lab tests itself' -Direction Inbound -Action Allow -Protocol TCP -LocalPort ${ports.join(',')}`,
  )

/** The ports that a host says somebody listens on. */
async function listening(host: LabHost): Promise<readonly number[]> {
  const { stdout } = await script(
    host,
    '[Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners() | ForEach-Object { $_.Port }',
  )
  return stdout.trim().split(/\s+/).map(Number)
}

/** After a boot services come up while sessions are taken already, as on Windows. */
async function pageWithin(host: LabHost, withinMs: number): Promise<{ status: number | undefined; subject: string }> {
  const deadline = Date.now() + withinMs
  for (;;) {
    try {
      return await page(host)
    } catch (problem) {
      if (Date.now() > deadline) throw problem
    }
  }
}

function page(host: LabHost): Promise<{ status: number | undefined; subject: string }> {
  return new Promise((resolve, reject) => {
    let subject = ''
    const request = get(
      { host: host.address, port: 4545, path: '/', rejectUnauthorized: false, agent: false },
      (answer) => {
        answer.resume().once('end', () => resolve({ status: answer.statusCode, subject }))
      },
    )
    request.setTimeout(20_000, () =>
      request.destroy(new Error(`The Hub on ${host.address} did not answer within 20 s`)),
    )
    request.once('error', reject).once('socket', (socket: TLSSocket) => {
      socket.once('secureConnect', () => {
        subject = String(socket.getPeerCertificate().subject.CN)
      })
    })
  })
}

lab(`a session runs PowerShell and cmd, with streams and exit codes apart${why}`, async () => {
  expect(
    await run(
      hub,
      'powershell.exe -NoProfile -Command "[Console]::In.ReadLine(); [Console]::Error.WriteLine(\'apart\'); exit 5"',
      'over\n',
    ),
  ).toMatchObject({ code: 5, stdout: 'over\r\n', stderr: expect.stringContaining('apart') as string })
  expect((await run(hub, 'echo one & exit 3')).stdout.trim()).toBe('one')
  expect(
    (await script(hub, '(Get-CimInstance -ClassName Win32_OperatingSystem).CSName; [Environment]::CurrentDirectory'))
      .stdout,
  ).toBe('HUB01\r\nC:\\\r\n')
})

lab(`SFTP puts a file on drive C, and the registry and services are to be seen${why}`, async () => {
  await writeFile(join(folder, 'up.txt'), 'put')
  await put(hub, join(folder, 'up.txt'), '/C:/ProgramData/up.txt')
  expect((await script(hub, "[IO.File]::ReadAllText('C:\\ProgramData\\up.txt')")).stdout.trim()).toBe('put')
  expect(await hub.registry('HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion')).toMatchObject({
    ProductName: 'Windows Server 2019 Standard',
  })
  expect(await hub.registry('HKLM\\Software\\Nothing')).toBeUndefined()
})

lab(
  `the Hub installs, answers HTTPS with its certificate, survives a restart and hears its Runner${why}`,
  async () => {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        join(folder, 'k.pem'),
        '-out',
        join(folder, 'c.pem'),
        '-days',
        '2',
        '-subj',
        '/CN=hub01.lab',
      ],
      { stdio: 'ignore' },
    )
    execFileSync('openssl', [
      'pkcs12',
      '-export',
      '-inkey',
      join(folder, 'k.pem'),
      '-in',
      join(folder, 'c.pem'),
      '-out',
      join(folder, 'hub.pfx'),
      '-passout',
      'pass:sesame',
    ])
    await put(hub, join(folder, 'hub.pfx'), '/C:/hub.pfx')
    await put(hub, site.media.hub, '/C:/hub-setup.exe')
    await put(runner, site.media.runner, '/C:/runner-setup.msi')

    await letIn(hub, 4545)
    expect(await install(hub, '/S /EXIT=1618', 'C:\\hub-setup.exe')).toBe(1618)
    expect(await install(hub, '/S /PORT=4545 /PFX=C:\\hub.pfx /REDIS=6380 /EXIT=3010', 'C:\\hub-setup.exe')).toBe(3010)
    expect(await pageWithin(hub, 20_000)).toEqual({ status: 200, subject: 'hub01.lab' })
    expect(
      await hub.registry('HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\ExekraHub'),
    ).toMatchObject({ DisplayName: 'Exekra Hub', DisplayVersion: '1.4.2' })
    expect(await hub.services()).toEqual(
      expect.arrayContaining([
        { name: 'ExekraHubService', status: 'Running', startType: 'Automatic' },
        { name: 'ExekraHubRedis', status: 'Running', startType: 'Automatic' },
      ]),
    )

    expect(await install(runner, `/i C:\\runner-setup.msi /qn /norestart HUB=https://${hub.address}:4545`)).toBe(0)
    expect(await listening(hub)).toEqual(expect.arrayContaining([4545, 6380]))
    expect(await listening(runner)).not.toContain(4545)
    const product = join(hub.driveC, 'Program Files', 'Exekra', 'Hub')
    expect(await readdir(product)).not.toContain('after-restart.txt')
    await Promise.all([script(hub, 'Restart-Computer -Force').catch(() => undefined), hub.booted(2)])
    expect(await readdir(product)).toContain('after-restart.txt')
    expect(await pageWithin(hub, 20_000)).toEqual({ status: 200, subject: 'hub01.lab' })
    expect(await hub.starts()).toEqual({ hub: 2 })
    expect(await runner.starts()).toEqual({ runner: 1 })
    expect(await readFile(join(hub.driveC, 'LabState', 'hub-runners.log'), 'utf8')).toMatch(/ RUNNER01\r?\n/)
  },
  120_000,
)

lab(`what is detached outlives its session, what is not does not${why}`, async () => {
  const listen = (port: number): string =>
    `$l = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Parse(''${runner.address}''), ${port}); $l.Start(); while ($true) { $l.AcceptTcpClient().Close() }`
  await letIn(runner, 7001, 7002)
  await script(
    runner,
    [
      `Set-Content -LiteralPath C:\\kept.ps1 -Value '${listen(7001)}'`,
      `Set-Content -LiteralPath C:\\lost.ps1 -Value '${listen(7002)}'`,
      "$null = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = 'powershell.exe -NoProfile -File C:\\kept.ps1' }",
      "$null = [Diagnostics.Process]::Start('powershell.exe', '-NoProfile -File C:\\lost.ps1')",
      `foreach ($port in 7001, 7002) { $until = [DateTime]::UtcNow.AddSeconds(20); while ($true) { $c = [Net.Sockets.TcpClient]::new(); try { $c.Connect('${runner.address}', $port); break } catch { if ([DateTime]::UtcNow -gt $until) { throw } } } }`,
    ].join('\n'),
  )
  const open = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host: runner.address, port })
      socket
        .once('connect', () => {
          socket.destroy()
          resolve(true)
        })
        .once('error', () => resolve(false))
    })
  expect([await open(7001), await open(7002)]).toEqual([true, false])
})

lab(
  `taking the lab down leaves no process, no mount and no address${why}`,
  async () => {
    const dir = site.dir
    await downLab(dir)
    expect(await readFile('/proc/mounts', 'utf8')).not.toContain(dir)
    const left: string[] = []
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const told =
        (await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')) +
        (await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => ''))
      if (told.includes(dir)) left.push(pid)
    }
    expect(left).toEqual([])
    expect((await readdir(folder)).includes('site')).toBe(false)
    const lab = namespaceOf(Number(hub.address.split('.')[2]))
    expect((await readdir('/run/netns')).filter((name) => name === lab || name.startsWith(`${lab}-`))).toEqual([])
  },
  60_000,
)
