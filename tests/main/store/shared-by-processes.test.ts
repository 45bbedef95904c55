/** What several processes of one database share: questions for control, pinned keys, who is alive, and a long log. */
import { describe, expect, it, vi } from 'vitest'
import { answerTime, letGoTime } from '../../../main/store/control-store.ts'
import { processExists } from '../../../main/store/lease.ts'
import { observed } from '../../suites/store-suite.ts'
import { engine, failureOf, noon, storeWithRun } from './site.ts'

describe('a question for control', () => {
  it('may be asked anew by the same process, and by another once nobody can answer any more', () => {
    const { store } = storeWithRun()
    const who = (pid: number) => ({ ...engine(`window ${pid}`), pid })
    store.control.ask(who(1), noon)
    store.control.ask(who(1), noon + 1000)
    expect(store.control.current()).toMatchObject({ process: 1, at: noon + 1000 })
    const over = noon + 1000 + answerTime + letGoTime
    expect(failureOf(() => store.control.ask(who(2), over - 1))).toMatchObject({ code: 'control-asked' })
    store.control.ask(who(2), over)
    expect(store.control.current()).toMatchObject({ process: 2 })
    // A clock that was set back far is no reason to wait for months.
    store.control.ask(who(3), over - 3_600_000)
    expect(store.control.current()).toMatchObject({ process: 3 })
  })
})

describe('a pinned key', () => {
  it('is found and removed whatever the case of the name, and only at its port', () => {
    const { store } = storeWithRun()
    const why = { by: 'ann', at: noon, why: 'installed afresh' }
    store.pins.add({ address: 'Hub01', port: 22, fingerprint: 'SHA256:a', at: noon, by: 'ann' })
    expect(store.pins.pin('HUB01', 22)?.fingerprint).toBe('SHA256:a')
    expect(store.pins.remove('HUB01', 23, why)).toBe(false)
    expect(store.pins.remove('HUB01', 22, why)).toBe(true)
    expect(store.pins.pin('hub01', 22)).toBeUndefined()
    expect(store.pins.list()).toEqual([])
  })
})

describe('a process of this machine', () => {
  it('exists also where it belongs to somebody else, and not once it is gone', () => {
    const kill = vi.spyOn(process, 'kill')
    const answers = (code: string | null) =>
      kill.mockImplementation(() => {
        if (code !== null) throw Object.assign(new Error(code), { code })
        return true
      })
    try {
      for (const [code, exists] of [
        [null, true],
        ['EPERM', true],
        ['ESRCH', false],
      ] as const) {
        answers(code)
        expect(processExists(4711), code ?? 'answers').toBe(exists)
      }
    } finally {
      kill.mockRestore()
    }
  })
})

describe('a log of more than one page', () => {
  it('is read whole, from any place, and also where it ends with a page', () => {
    const { store, runId } = storeWithRun()
    const append = (count: number) =>
      store.runs.append(
        runId,
        Array.from({ length: count }, () => observed('s', 'x')),
        noon,
      )
    const seqs = (after?: number) => [...store.runs.stream(runId, after)].map(({ seq }) => seq)
    const upTo = (last: number, after = 0) => Array.from({ length: last - after }, (_, i) => after + i + 1)
    append(1999)
    expect(seqs()).toEqual(upTo(2000))
    append(350)
    expect(seqs()).toEqual(upTo(2350))
    expect(seqs(1000)).toEqual(upTo(2350, 1000))
    expect(seqs(2350)).toEqual([])
  })
})
