/** What each verb answers on a practice host, in the shapes of domain/remote/verb.ts. */
import { describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { JournalLine, type Verb, verbs, type VerbParams } from '../../../../domain/remote/verb.ts'
import { failureOf, folder, localFile, practiceWorld, start } from './practice-world.ts'
import { inspectWorld } from '../../../../main/transports/simulated/verbs/inspect.ts'

const never = new AbortController().signal

describe('rung 1: a practice host answers', () => {
  test('every verb with a result of its documented shape', async () => {
    const world = practiceWorld()
    const hub = world.on('HUB01')
    const root = readFileSync(join(world.dir, 'media/practice-root.cer'))
    const rootSha = createHash('sha256').update(root).digest('hex')
    const { bootId } = await hub.ask('Get-BootId', {})
    const file = await hub.put('hub')
    const questions: { [V in Verb]: VerbParams<V> } = {
      'Get-HostFacts': {},
      'Get-BootId': {},
      'Get-ServiceState': { Name: ['EventLog', 'nothing'] },
      'Get-FileState': { Path: file, Hash: true, Signature: true },
      'Get-ProductState': {
        Detect: { uninstallName: 'Practice hub (stand-in)', file: 'C:\\x.exe', service: 'ExekraHubService' },
      },
      'Get-FirewallRule': { Name: 'rollout-4545' },
      'Get-CertificateTrust': { Sha256: rootSha },
      'Test-NetworkPath': { Address: '10.20.0.20', Port: 5432, TimeoutMs: 2000 },
      'Test-Endpoint': { Address: '10.20.0.10', Port: 4545, TimeoutMs: 2000 },
      'New-WorkFolder': { Path: folder },
      'Read-HostJob': { Folder: folder, Ticket: 't1', Offset: 0, MaxBytes: 1000 },
      'Start-HostJob': {
        Folder: folder,
        Ticket: 't1',
        File: file,
        Arguments: [],
        Environment: {},
        TimeoutSeconds: 600,
      },
      'Start-HostService': { Name: 'EventLog', TimeoutMs: 2000 },
      'Publish-File': { PartPath: `${file}.part`, Path: file, Sha256: '0'.repeat(64) },
      'Write-FilePart': { PartPath: `${folder}\\x.part`, Offset: 0, Base64: 'aGVsbG8=' },
      'Read-FilePart': { Path: `${folder}\\x.part`, Offset: 1, MaxBytes: 3 },
      'Receive-File': {
        Address: '10.20.0.1',
        Port: 25986,
        Path: '/x',
        CertificateSha256: '0'.repeat(64),
        From: '',
        PartPath: `${folder}\\x.part`,
        Offset: 1,
        Length: 3,
        ConnectMs: 1000,
        MaxMs: 1000,
      },
      'Remove-WorkFolder': { Root: 'C:\\ProgramData\\ExekraRollout', Path: 'C:\\ProgramData\\ExekraRollout\\other' },
      'Set-FirewallRule': { Name: 'rollout-4545', DisplayName: 'Hub', Port: 4545, RemoteAddresses: ['10.21.0.0/16'] },
      'Add-TrustedCertificate': { Der: root.toString('base64'), Sha256: rootSha },
      'Restart-Host': { BootId: bootId, Reason: 'test' },
    }
    for (const [verb, params] of Object.entries(questions) as [Verb, never][]) {
      const result = await hub.ask(verb, params)
      expect(verbs[verb].result.safeParse(result).error, verb).toBeUndefined()
    }
    expect(Object.keys(questions).toSorted()).toEqual(Object.keys(verbs).toSorted())
  })

  test('an installation from the file sent to the service that runs', async () => {
    const world = practiceWorld()
    const hub = world.on('HUB01')
    const path = await hub.put('hub')
    expect(await hub.ask('Get-FileState', { Path: path.toUpperCase(), Hash: true, Signature: true })).toMatchObject({
      exists: true,
      length: 524288,
      signature: { status: 'Valid' },
    })
    expect(await hub.install('hub')).toEqual({ started: true, alreadyStarted: false })
    expect((await hub.read()).state).toBe('starting')
    await world.clock.sleep(500)
    expect((await hub.read()).state).toBe('running')
    expect(await hub.ask('Get-ProductState', { Detect: { uninstallName: 'Practice hub (stand-in)' } })).toMatchObject({
      uninstall: null,
    })
    const ended = await hub.await()
    expect(ended).toMatchObject({ state: 'ended', exitCode: 0, error: null })
    const lines = Buffer.from(ended.journal, 'base64')
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JournalLine.parse(JSON.parse(line)))
    expect(lines.map((line) => line.at)).toEqual(lines.map((line) => line.at).toSorted())
    expect(lines.at(0)?.kind).toBe('started')
    expect(lines.at(-1)?.kind).toBe('ended')
    expect(new Set(lines.map((line) => line.at)).size).toBeGreaterThan(6)
    expect(Buffer.from(ended.journal, 'base64').toString()).not.toContain('canary-secret')
    await world.clock.sleep(10_000)
    expect((await hub.ask('Get-ServiceState', { Name: ['exekrahubservice'] })).services[0]).toEqual({
      name: 'ExekraHubService',
      exists: true,
      status: 'running',
      startType: 'automatic',
    })
    expect((await hub.ask('Get-HostFacts', {})).listening).toEqual([135, 445, 4545])
    expect(inspectWorld(world.site.siteFile).hosts['HUB01']?.starts).toEqual({ 'practice-hub-installer': 1 })
  })

  test('a journal read piece by piece as read at once, whole lines only', async () => {
    const world = practiceWorld()
    const runner = world.on('RUN001')
    await runner.put('runner')
    await runner.install('runner')
    let pieces = ''
    for (let offset = 0; ;) {
      const part = await runner.ask('Read-HostJob', { Folder: folder, Ticket: 't1', Offset: offset, MaxBytes: 150 })
      const text = Buffer.from(part.journal, 'base64').toString()
      expect(text === '' || text.endsWith('\n')).toBe(true)
      pieces += text
      offset = part.offset
      if (text === '' && part.state === 'ended') break
      await world.clock.sleep(700)
    }
    expect(pieces).toBe(Buffer.from((await runner.read()).journal, 'base64').toString())
  })

  test('two sessions that ask for the same ticket at the same time with one start', async () => {
    const world = practiceWorld()
    const [one, other] = [world.on('RUN001'), world.on('RUN001')]
    await one.put('runner')
    const answers = await Promise.all([one.install('runner'), other.install('runner')])
    expect(answers.map((answer) => answer.started).toSorted()).toEqual([false, true])
    expect(await Promise.all([one.install('runner', 't2'), one.await('t1')])).toMatchObject([
      { started: true },
      { exitCode: 0 },
    ])
    // A second installer beside a running one is told to come again, as Windows Installer tells it.
    expect(await other.await('t2')).toMatchObject({ state: 'ended', exitCode: 1618 })
    expect(inspectWorld(world.site.siteFile).hosts['RUN001']?.startedTwice).toEqual([])
  })

  test('a restart with a new boot id, a lost link, and services of type automatic that run again', async () => {
    const world = practiceWorld()
    const database = world.on('DB01')
    await database.put('postgresql')
    await database.install('postgresql')
    await database.await()
    const session = await world.open('DB01')
    const before = await database.ask('Get-BootId', {})
    expect(await database.ask('Restart-Host', { BootId: before.bootId, Reason: 'test' })).toEqual({
      requested: true,
      bootId: before.bootId,
    })
    await world.clock.sleep(5000)
    expect(await failureOf(session.run('Get-BootId', {}, { signal: never }))).toMatchObject({
      kind: 'link',
      code: 'link-lost',
      retry: 'backoff',
    })
    expect(await failureOf(world.open('DB01'))).toMatchObject({ kind: 'link', code: 'unreachable', retry: 'backoff' })
    await world.clock.sleep(90_000)
    await failureOf(database.ask('Get-BootId', {}))
    const after = await database.ask('Get-BootId', {})
    expect(after.bootId).not.toBe(before.bootId)
    expect(Date.parse(after.bootTime)).toBeGreaterThan(start)
    expect((await database.ask('Get-ServiceState', { Name: ['practice-postgresql'] })).services[0]?.status).toBe(
      'running',
    )
    expect(await database.ask('Restart-Host', { BootId: before.bootId, Reason: 'again' })).toEqual({
      requested: false,
      bootId: after.bootId,
    })
  })

  test('a path and an endpoint as the other host, its firewall and its service stand', async () => {
    const world = practiceWorld()
    const [hub, runner] = [world.on('HUB01'), world.on('RUN001')]
    const path = async () =>
      (await runner.ask('Test-NetworkPath', { Address: '10.20.0.10', Port: 4545, TimeoutMs: 1000 })).outcome
    expect(
      (await runner.ask('Test-NetworkPath', { Address: 'no-such.practice.example', Port: 1, TimeoutMs: 1000 })).outcome,
    ).toBe('unresolved')
    expect((await runner.ask('Test-NetworkPath', { Address: '10.99.0.1', Port: 1, TimeoutMs: 1000 })).outcome).toBe(
      'unreachable',
    )
    expect(await path()).toBe('filtered')
    const rule = (addresses: string[]) =>
      hub.ask('Set-FirewallRule', { Name: 'hub', DisplayName: 'Hub', Port: 4545, RemoteAddresses: addresses })
    await rule(['10.21.0.99'])
    expect(await path()).toBe('filtered')
    await rule(['10.21.0.1', '10.16.0.0/12'])
    expect(await path()).toBe('refused')
    await hub.put('hub')
    await hub.install('hub')
    await hub.await()
    await world.clock.sleep(10_000)
    expect(await path()).toBe('open')
    const look = () => runner.ask('Test-Endpoint', { Address: 'hub01.practice.example', Port: 4545, TimeoutMs: 1000 })
    const seen = await look()
    expect(seen).toMatchObject({
      connected: true,
      httpStatus: 200,
      certificate: { trusted: false, subject: 'CN=hub01.practice.example, O=Practice site (no real authority)' },
    })
    expect(world.site.plan.certificate).toMatchObject({ sha256: seen.certificate?.sha256 })
    const root = readFileSync(join(world.dir, 'media/practice-root.cer'))
    await runner.ask('Add-TrustedCertificate', {
      Der: root.toString('base64'),
      Sha256: createHash('sha256').update(root).digest('hex'),
    })
    expect((await look()).certificate?.trusted).toBe(true)
    expect(await failureOf(rule(['hub01.practice.example']))).toMatchObject({ kind: 'host', code: 'invalid-parameter' })
  })

  test('a file sent in two tries goes on where it stopped, and small ones can be fetched again', async () => {
    const world = practiceWorld()
    const big = { ...localFile(world.dir, 'big.bin', new Uint8Array(4 << 20)), remotePath: 'C:\\x\\big.bin' }
    const stop = new AbortController()
    const sent: number[] = []
    const first = await world.open('RUN001')
    const onProgress = (bytes: number) => {
      sent.push(bytes)
      if (sent.length === 3) stop.abort()
    }
    expect(await failureOf(first.put(big, { signal: stop.signal, onProgress }))).toMatchObject({
      kind: 'uncertain',
      code: 'cancelled',
    })
    const second = await world.open('RUN001')
    const rest: number[] = []
    await second.put(big, { signal: never, onProgress: (bytes) => void rest.push(bytes) })
    expect(rest[0]).toBeGreaterThan(sent.at(-1) ?? Infinity)
    expect(rest.at(-1)).toBe(4 << 20)
    expect(
      await second.run('Get-FileState', { Path: big.remotePath, Hash: true, Signature: true }, { signal: never }),
    ).toEqual({
      exists: true,
      length: 4 << 20,
      sha256: big.sha256,
      signature: { status: 'NotSigned', thumbprint: null, subject: null },
    })
    const small = { ...localFile(world.dir, 'small.txt', 'hello\r\n'), remotePath: 'C:\\x\\small.txt' }
    await second.put(small, { signal: never })
    expect(Buffer.from(await second.get(small.remotePath, { signal: never, maxBytes: 100 })).toString()).toBe(
      'hello\r\n',
    )
    expect(await failureOf(second.get(small.remotePath, { signal: never, maxBytes: 3 }))).toMatchObject({
      kind: 'host',
      code: 'file-too-large',
    })
    expect(await failureOf(second.put({ ...small, sha256: 'a'.repeat(64) }, { signal: never }))).toMatchObject({
      kind: 'host',
      code: 'hash-mismatch',
    })
  })

  test('a time limit, a job limit, a folder in use and a folder outside the root by refusing', async () => {
    const world = practiceWorld()
    const runner = world.on('RUN001')
    const session = await world.open('RUN001')
    const slow = session.run(
      'Test-NetworkPath',
      { Address: '10.20.0.10', Port: 1, TimeoutMs: 60_000 },
      { signal: never, timeoutMs: 5000 },
    )
    expect(await failureOf(slow)).toMatchObject({ kind: 'host', code: 'script-timeout' })
    expect(await failureOf(runner.install('runner'))).toMatchObject({ kind: 'host', code: 'no-program' })
    expect(await failureOf(runner.install('runner', '../up'))).toMatchObject({ kind: 'host', code: 'bad-parameter' })
    await runner.put('runner')
    await runner.install('runner', 't1', 5)
    const remove = (path: string) =>
      runner.ask('Remove-WorkFolder', { Root: 'C:\\ProgramData\\ExekraRollout', Path: path })
    expect(await failureOf(remove(folder))).toMatchObject({ kind: 'host', code: 'script-failed' })
    expect(await failureOf(remove('C:\\Windows'))).toMatchObject({ kind: 'host', code: 'outside-root' })
    expect(await failureOf(remove('C:\\ProgramData\\ExekraRollout\\..\\x'))).toMatchObject({
      kind: 'host',
      code: 'outside-root',
    })
    expect(await runner.await()).toMatchObject({
      state: 'ended',
      exitCode: null,
      error: 'The program did not end within the time limit of 5 seconds, so the host ended it.',
    })
    expect(await remove(folder)).toEqual({ removed: true })
    expect(await remove(folder)).toEqual({ removed: false })
    expect(await runner.read()).toMatchObject({ state: 'absent' })
    expect(await failureOf(runner.ask('Start-HostService', { Name: 'nothing', TimeoutMs: 1 }))).toMatchObject({
      code: 'no-service',
    })
  })
})
