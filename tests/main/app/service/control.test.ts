/** Shows what becomes of the question for control: answered either way, not answered at all, asked of who cannot be asked, and never given to two. Rung 1: the real store, time passed in. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { EngineState } from '../../../../domain/contract/shapes.ts'
import { createControl } from '../../../../main/app/service/control.ts'
import { controlText } from '../../../../main/app/service/text/window-text.ts'
import { answerTime, letGoTime } from '../../../../main/store/control-store.ts'
import { noon, storeWithRun } from '../../store/site.ts'

describe('the question for control', () => {
  let now = noon
  let executing: string | null = null
  const took: string[] = []
  const heard: string[] = []
  const dead = new Set<number>()
  let store: ReturnType<typeof storeWithRun>['store']
  // Each as a process of its own sees it; `deaf` never looks, as a command line does not.
  const process = (name: string, pid: number) =>
    createControl({
      store: store.control,
      me: () => ({ holder: name, pid, host: 'ws', boot: '' }),
      now: () => now,
      isAlive: (other) => !dead.has(other),
      onAsked: () => heard.push(name),
      executor: {
        role: (): EngineState['role'] => (executing === name ? 'executor' : executing === null ? 'free' : 'reader'),
        letGo: async () => {
          executing = null
        },
        take: async (runId) => {
          executing = name
          took.push(`${name} ${runId}`)
        },
      },
    })
  let anna: ReturnType<typeof process>
  let ben: ReturnType<typeof process>
  let cleo: ReturnType<typeof process>
  beforeEach(() => {
    ;({ store } = storeWithRun())
    now = noon
    executing = 'anna'
    took.length = 0
    heard.length = 0
    dead.clear()
    ;[anna, ben, cleo] = [process('anna', 1), process('ben', 2), process('cleo', 3)]
  })
  const lookAll = async () => {
    for (const one of [anna, ben, cleo]) await one.poll()
  }

  it('is seen by all, and given: the other executes, and the question is gone', async () => {
    ben.ask('run')
    expect([anna.asked(), ben.asked()]).toMatchObject([
      { by: 'ben', mine: false, answer: 'waits', until: noon + answerTime },
      { mine: true },
    ])
    await lookAll()
    expect(executing).toBe('anna')
    await anna.answer(true)
    await lookAll()
    expect([took, executing, anna.asked()]).toEqual([['ben run'], 'ben', null])
    expect(
      store.audit
        .entries()
        .map(({ action, by }) => `${by} ${action}`)
        .slice(-2),
    ).toEqual(['ben control.asked', 'anna control.given'])
  })

  it('is kept: nothing changes hands, also later, and it can be asked again', async () => {
    ben.ask('run')
    await lookAll()
    await anna.answer(false)
    now += answerTime * 2
    await lookAll()
    expect([executing, ben.asked()?.answer]).toEqual(['anna', 'kept'])
    await expect(anna.answer(true)).resolves.toBeUndefined()
    expect(executing).toBe('anna')
    expect(heard).toEqual(['anna'])
    ben.ask('run')
    expect(ben.asked()?.answer).toBe('waits')
    await lookAll()
    await lookAll()
    // The executing process is told once of each question, so that its person can be told who looks elsewhere.
    expect(heard).toEqual(['anna', 'anna'])
  })

  it('is not answered: given a minute later and no sooner, with the reason in the audit', async () => {
    ben.ask('run')
    now += answerTime - 1
    await lookAll()
    expect(executing).toBe('anna')
    now += 1
    await lookAll()
    expect(executing).toBe('ben')
    expect(store.audit.entries().at(-1)).toMatchObject({ action: 'control.given', why: controlText.noAnswer })
  })

  it('is put to a process that cannot be asked: nothing is taken, and the person is told so', async () => {
    ben.ask('run')
    now += answerTime + letGoTime + 1
    await ben.poll()
    expect(ben.asked()?.answer).toBe('none')
    executing = null
    await ben.poll()
    expect(took).toEqual([])
  })

  it('dies with who asked, closed or killed: nobody would execute what is let go', async () => {
    ben.ask('run')
    ben.withdraw()
    expect(anna.asked()).toBeNull()
    cleo.ask('run')
    dead.add(3)
    now += answerTime
    await anna.poll()
    expect([executing, anna.asked()]).toEqual(['anna', null])
  })

  it('given, and then executed by a third: what that one leaves much later is not taken', async () => {
    ben.ask('run')
    await anna.answer(true)
    executing = 'cleo'
    now += answerTime * 60
    await ben.poll()
    executing = null
    await ben.poll()
    expect(took).toEqual([])
  })

  it('is taken up where the other ends by itself meanwhile', async () => {
    ben.ask('run')
    executing = null
    await lookAll()
    expect(executing).toBe('ben')
  })

  it('is refused where nobody else executes the run, where another waits already, and to a process that does not execute it', async () => {
    ben.ask('run')
    expect(() => {
      cleo.ask('run')
    }).toThrow('ben on ws has already asked for control')
    await expect(ben.answer(true)).rejects.toThrow('no longer runs a rollout')
    executing = null
    expect(() => {
      cleo.ask('run')
    }).toThrow('No other process is running')
    executing = 'anna'
    now += answerTime + letGoTime
    cleo.ask('run')
    await ben.poll()
    expect(took).toEqual([])
    await anna.answer(true)
    await lookAll()
    expect(took).toEqual(['cleo run'])
  })
})
