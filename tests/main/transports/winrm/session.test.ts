/**
 * The forms of a WinRM session, with PowerShell for Linux behind a fake endpoint. Proves nothing about Windows.
 */
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { failed, toFailure } from '../../../../domain/base/failure.ts'
import { createWinrmTransport } from '../../../../main/transports/winrm/transport.ts'
import { hostUnavailable, linuxPowerShell } from '../../../lab/build.ts'
import { fakeEndpoint, type Operation } from './fake-endpoint.ts'
import { credential, hostAt } from './reach.ts'

const reason = existsSync(linuxPowerShell) ? undefined : (hostUnavailable() ?? "the lab's PowerShell is not built")
const never = new AbortController().signal
const missing = { Path: '/none', Hash: false, Signature: false }

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => {
      const { kind, code } = toFailure(error)
      return `${kind} ${code}`
    },
  )

describe(
  `a fake endpoint: sessions over WinRM${reason === undefined ? '' : ` (not run: ${reason})`}`,
  { skip: reason !== undefined, timeout: 60_000 },
  () => {
    test('keep one PowerShell where standard input comes line by line', async () => {
      const endpoint = fakeEndpoint({ 'powershell.exe': linuxPowerShell })
      const session = await createWinrmTransport({ connect: () => endpoint.open }).open(hostAt(), credential, never)
      for (let n = 0; n < 3; n++)
        expect((await session.run('Get-FileState', missing, { signal: never })).exists).toBe(false)
      await session.close()
      expect(endpoint.asked.filter((one) => one === 'command')).toHaveLength(1)
      expect([endpoint.shells(), endpoint.running(), endpoint.connections()]).toEqual([0, 0, 0])
    })

    test('start one for each script where it comes only when it has ended, and know it from the second session on', async () => {
      const endpoint = fakeEndpoint({ 'powershell.exe': linuxPowerShell })
      endpoint.holdInput = true
      const transport = createWinrmTransport({ connect: () => endpoint.open, limits: { startMs: 4_000, killMs: 300 } })
      const count = () => endpoint.asked.filter((one) => one === 'command').length
      const first = await transport.open(hostAt(), credential, never)
      expect(count()).toBe(2)
      expect((await first.run('Get-FileState', missing, { signal: never })).exists).toBe(false)
      expect(await codeOf(first.run('Remove-WorkFolder', { Root: '/a', Path: '/b' }, { signal: never }))).toBe(
        'host outside-root',
      )
      expect(count()).toBe(4)
      await first.close()
      // One more command, and not two: the way that does not work is not tried again.
      const second = await transport.open(hostAt(), credential, never)
      await second.close()
      expect([count(), endpoint.shells(), endpoint.running()]).toEqual([5, 0, 0])
    })

    test('share what the host allows one user by both of its doors, and not with what another port of the address leads to', async () => {
      const endpoint = fakeEndpoint({ 'powershell.exe': linuxPowerShell })
      const transport = createWinrmTransport({ connect: () => endpoint.open, limits: { shells: 1 } })
      const by = (door: { tls: boolean; port?: number }) =>
        transport.open({ ...hostAt(), reach: { kind: 'winrm', auth: 'ntlm', ...door } }, credential, never)
      const first = await by({ tls: false })
      const second = by({ tls: true })
      const handedOn = await by({ tls: false, port: 15_985 })
      expect(endpoint.shells()).toBe(2)
      await first.close()
      await (await second).close()
      await handedOn.close()
      expect([endpoint.mostShells(), endpoint.shells()]).toEqual([2, 0])
    })

    test('say what is wrong when PowerShell does not run at all', async () => {
      const without = fakeEndpoint({})
      expect(
        await codeOf(createWinrmTransport({ connect: () => without.open }).open(hostAt(), credential, never)),
      ).toBe('host wsman-2147942402')
      const broken = fakeEndpoint({ 'powershell.exe': '/bin/false' })
      expect(await codeOf(createWinrmTransport({ connect: () => broken.open }).open(hostAt(), credential, never))).toBe(
        'link powershell-ended',
      )
      expect([without.shells(), broken.shells()]).toEqual([0, 0])
    })

    test('take a refused password as final: one connection, one try', async () => {
      let tries = 0
      const refusing = createWinrmTransport({
        connect: () => () => {
          tries++
          return Promise.reject(failed('credential', 'refused', 'No.', 'Correct it.'))
        },
      })
      expect(await codeOf(refusing.open(hostAt(), credential, never))).toBe('credential refused')
      expect(tries).toBe(1)
      expect(await codeOf(refusing.open(hostAt(), undefined, never))).toBe('credential no-credential')
      expect(tries).toBe(1)
    })

    test('end with what no new link would mend: a password that is not taken any more, when a connection has to be made anew', async () => {
      const endpoint = fakeEndpoint({ 'powershell.exe': linuxPowerShell })
      let taken = true
      const open = (signal: AbortSignal) =>
        taken ? endpoint.open(signal) : Promise.reject(failed('credential', 'refused', 'No.', 'Correct it.'))
      const session = await createWinrmTransport({ connect: () => open }).open(hostAt(), credential, never)
      endpoint.mishap = (operation) => {
        if (operation !== 'receive') return undefined
        taken = false
        return 'answer-lost'
      }
      // A Receive that was under way already may still bring the whole of one answer.
      const run = () => codeOf(session.run('Get-FileState', missing, { signal: never }))
      const first = await run()
      expect(first === 'done' ? await run() : first).toBe('credential refused')
      await session.close()
    })

    test('lose no request when the answer to a Receive is lost: it fails as a broken link, never with half an answer', async () => {
      const endpoint = fakeEndpoint({ 'powershell.exe': linuxPowerShell })
      const session = await createWinrmTransport({ connect: () => endpoint.open }).open(hostAt(), credential, never)
      let armed = true
      endpoint.mishap = (operation: Operation) => {
        if (operation !== 'receive' || !armed) return undefined
        armed = false
        return 'answer-lost'
      }
      const ends = await Promise.all(
        [1, 2, 3, 4].map(() => codeOf(session.run('Get-HostFacts', {}, { signal: never, timeoutMs: 5_000 }))),
      )
      for (const end of ends) expect(['done', 'link output-lost', 'link no-answer']).toContain(end)
      await session.close()
      expect(endpoint.shells()).toBe(0)
    })
  },
)
