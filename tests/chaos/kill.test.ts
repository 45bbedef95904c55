/** A run survives SIGKILL at any moment: it always reaches the same end, and no installer starts twice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { breakOffAtEach, runChild, type ChildEnd } from './broken-runs.ts'
import type { Death } from './child.ts'
import { beginStory, copyStory, endingOf, goOn, openStory, type Ending } from './story.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollout-chaos-'))
const fresh = join(folder, 'fresh')
const home = process.cwd()
let unbroken: Ending
/** The seq of the last event of every commit of the unbroken run. */
const commits: number[] = []

beforeAll(async () => {
  await beginStory(fresh)
  copyStory(fresh, join(folder, 'unbroken'))
  process.chdir(join(folder, 'unbroken'))
  try {
    const app = openStory('.')
    const append = app.store.runs.append.bind(app.store.runs)
    Reflect.set(app.store.runs, 'append', (...args: Parameters<typeof append>) => {
      const committed = append(...args)
      commits.push(committed.at(-1)?.seq ?? 0)
      return committed
    })
    expect(await goOn(app)).toBe('finished')
    app.close()
  } finally {
    process.chdir(home)
  }
  unbroken = endingOf(join(folder, 'unbroken'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** All that must not depend on how often the run was broken off. */
function whatCounts({ status, outcome, breaches, pending, hosts }: Ending) {
  return { status, outcome, breaches, pending, hosts }
}

function mustHaveDied(death: Death, end: ChildEnd): void {
  expect({ death, signal: end.signal, survived: end.survived, complaints: end.complaints }).toEqual({
    death,
    signal: 'SIGKILL',
    survived: undefined,
    complaints: '',
  })
}

async function allEndAlike(deaths: readonly Death[]): Promise<void> {
  const broken = await breakOffAtEach(fresh, folder, deaths, mustHaveDied)
  expect(broken).toHaveLength(deaths.length)
  for (const { death, end } of broken) {
    expect(end.ending, `no ending after ${JSON.stringify(death)}: ${end.complaints}`).toBeDefined()
    if (end.ending) expect({ death, ...whatCounts(end.ending) }).toEqual({ death, ...whatCounts(unbroken) })
  }
}

describe('rung 1: SIGKILL, then resume', () => {
  test('the unbroken run shows what is to be survived: installers, a restart, a broken link, and nothing left behind', () => {
    expect(unbroken).toMatchObject({ status: 'finished', outcome: 'accepted', breaches: [], pending: [] })
    const hosts = Object.values(
      unbroken.hosts as Record<
        string,
        { starts: Record<string, number>; boots: number; files: Record<string, string | null> }
      >,
    )
    expect(hosts.flatMap(({ starts }) => Object.values(starts))).toEqual([1, 1, 1, 1, 1, 1])
    expect(hosts.filter(({ boots }) => boots === 2)).toHaveLength(1)
    expect(
      hosts
        .flatMap(({ files }) => Object.keys(files))
        .filter((path) => path.includes('\\media\\') || path.endsWith('.part')),
    ).toEqual([])
  })

  test('SIGKILL at every event boundary', { timeout: 900_000 }, async () => {
    expect(commits.at(-1)).toBe(unbroken.events)
    await allEndAlike(commits.map((seq) => ({ at: 'commit', seq, when: 'after' })))
  })

  test(
    'SIGKILL between what was done on a host and the commit that would have told of it',
    { timeout: 400_000 },
    async () => {
      // Every fifth: each is a look, a change or an outcome of which the log knows nothing.
      await allEndAlike(commits.filter((_, i) => i % 5 === 0).map((seq) => ({ at: 'commit', seq, when: 'before' })))
    },
  )

  test(
    'SIGKILL around the changes on the hosts, in the middle of a file, and while an installer runs',
    { timeout: 400_000 },
    async () => {
      const starts = [1, 2, 3, 4, 5, 6].flatMap((nth): Death[] => [
        { at: 'call', call: 'Start-HostJob', nth, when: 'before' },
        { at: 'call', call: 'Start-HostJob', nth, when: 'after' },
      ])
      const files = [1, 3, 6].flatMap((nth): Death[] => [
        { at: 'call', call: 'put', nth, when: 'during' },
        { at: 'call', call: 'put', nth, when: 'after' },
      ])
      const watching = [3, 20, 60].map((nth): Death => ({ at: 'call', call: 'Read-HostJob', nth, when: 'after' }))
      const others = ['Restart-Host', 'Set-FirewallRule', 'Add-TrustedCertificate', 'Remove-WorkFolder'].flatMap(
        (call): Death[] => [
          { at: 'call', call, nth: 1, when: 'before' },
          { at: 'call', call, nth: 1, when: 'after' },
        ],
      )
      await allEndAlike([...starts, ...files, ...watching, ...others])
    },
  )

  test('one run killed at twenty boundaries, one after the other', { timeout: 60_000 }, async () => {
    const dir = join(folder, 'chain')
    copyStory(fresh, dir)
    for (let i = 1; i <= 20; i++) {
      const death: Death = {
        at: 'commit',
        seq: Math.floor((unbroken.events * i) / 21),
        when: i % 2 ? 'after' : 'before',
      }
      mustHaveDied(death, await runChild({ die: { dir, death } }))
    }
    const { ending, rest } = await runChild({ finish: dir })
    expect(rest).toBe('finished')
    expect(ending && whatCounts(ending)).toEqual(whatCounts(unbroken))
  })
})
