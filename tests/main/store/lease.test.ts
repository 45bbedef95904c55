/** The lease: who holds it, when it is taken over, and what a process knows of itself and of others. */
import { hostname, uptime } from 'node:os'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { processExists, thisProcess } from '../../../main/store/lease.ts'
import { openStore } from '../../../main/store/store.ts'
import { engine, failureOf, freshFile, noon } from './site.ts'

describe('lease', () => {
  const two = () => {
    const file = freshFile()
    return [openStore(file).lease, openStore(file).lease] as const
  }

  it('is refused while another holds it, saying who and since when', () => {
    const [one, other] = two()
    one.acquire(engine('rollout run'), noon)
    one.heartbeat(noon + 20_000)
    const failure = failureOf(() => other.acquire(engine('rollout resume'), noon + 45_000))
    expect(failure).toMatchObject({ kind: 'workstation', code: 'lease-held' })
    expect(failure.message).toContain(`rollout run (process ${process.pid} on here)`)
    expect(failure.message).toContain('2026-11-23T12:00:00.000Z')
  })

  it('is taken over 30 seconds after the last sign of life, whichever way the clock was set', () => {
    for (const later of [30_001, -3_600_000]) {
      const [one, other] = two()
      one.acquire(engine('one'), noon)
      other.acquire(engine('other', { host: 'there' }), noon + later)
      expect(failureOf(() => one.heartbeat(noon + later)).code).toBe('lease-lost')
      one.release()
      expect(other.current()?.holder).toBe('other')
    }
    const [one, other] = two()
    one.acquire(engine('one'), noon)
    expect(failureOf(() => other.acquire(engine('other', { host: 'there' }), noon + 30_000)).hint).toContain(
      'free after 30 seconds',
    )
  })

  it('that was lost says who has it now; one that was never held, or is gone altogether, does not', () => {
    const [one, other] = two()
    const notHeld = /^This process does not have the lease/
    expect(one.current()).toBeUndefined()
    expect(failureOf(() => one.assertHeld())).toMatchObject({
      code: 'lease-lost',
      message: expect.stringMatching(notHeld),
    })
    one.acquire(engine('one'), noon)
    other.acquire(engine('other'), noon + 60_000)
    expect(failureOf(() => one.assertHeld()).message).toMatch(/^other \(process \d+ on here\) uses/)
    other.release()
    expect(failureOf(() => one.assertHeld()).message).toMatch(notHeld)
  })

  it('tells who works on the database now: nobody without a holder, nor with one that is gone or silent', () => {
    const [one, other] = two()
    const asked = (at: number) => other.atWork(engine('other'), at)?.holder
    expect(asked(noon)).toBeUndefined()
    one.acquire(engine('one'), noon)
    expect(asked(noon + 30_000)).toBe('one')
    expect(asked(noon + 30_001)).toBeUndefined()
    one.release()
    one.acquire(engine('one', { pid: 2 ** 22 + 1 }), noon)
    expect(asked(noon)).toBeUndefined()
  })

  it('is taken over at once from a process that is gone, on this machine since this start only', () => {
    const gone = 2 ** 22 + 1
    for (const [changes, taken] of [
      [{}, true],
      [{ host: 'there' }, false],
      [{ boot: 'boot-2' }, false],
      [{ boot: '' }, false],
    ] as const) {
      const [one, other] = two()
      one.acquire(engine('one', { pid: gone, boot: 'boot' in changes && changes.boot === '' ? '' : 'boot-1' }), noon)
      const attempt = () => other.acquire(engine('other', changes), noon + 1000)
      if (taken) attempt()
      else expect(failureOf(attempt).code).toBe('lease-held')
    }
  })

  it('is free after release, and taking it over is in the audit', () => {
    const file = freshFile()
    const [one, other, third] = [openStore(file), openStore(file), openStore(file)]
    one.lease.acquire(engine('one'), noon)
    one.lease.acquire(engine('one'), noon)
    one.lease.release()
    other.lease.acquire(engine('other'), noon)
    expect(other.audit.entries()).toEqual([])
    third.lease.acquire(engine('third'), noon + 60_000)
    expect(third.audit.entries()).toMatchObject([{ by: 'third', action: 'lease.taken-over' }])
  })
})

describe('this process as a holder', () => {
  const { platform } = process
  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: platform })
  })

  it('is known by its number, its machine, and the start of the machine', () => {
    const me = thisProcess('rollout run', noon)
    expect(me).toMatchObject({ holder: 'rollout run', pid: process.pid, host: hostname() })
    if (platform === 'linux') expect(me.boot).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it('names the minute of the start where the system has no name for it', () => {
    Object.defineProperty(process, 'platform', { value: 'win32' })
    expect(thisProcess('rollout run', uptime() * 1_000 + 7 * 60_000).boot).toBe('minute 7')
  })
})

describe('whether a process exists', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('is asked of the system; one of somebody else exists too', () => {
    expect(processExists(process.pid)).toBe(true)
    expect(processExists(2 ** 22 + 1)).toBe(false)
    vi.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' })
    })
    expect(processExists(1)).toBe(true)
  })
})
