/** One database has one engine, and a database that cannot be written stops a run without losing anything. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../main/store/store.ts'
import { inspectWorld } from '../../main/transports/simulated/verbs/inspect.ts'
import { practiceSite, rollout, start } from '../main/shells/cli/rollout.ts'
import { runChild } from './broken-runs.ts'
import { beginStory, breachesOf } from './story.ts'

describe('rung 1: two engines and one database', () => {
  test(
    'one of two that begin at once works, the other is told who does and ends with 6',
    { timeout: 60_000 },
    async () => {
      const { plan, db, site } = await practiceSite({ speed: 100 })
      expect((await rollout(['run', plan, '--db', db])).code).toBe(4)
      expect((await rollout(['decide', 'last', 'gate:hub', 'open', '--reason', 'ready', '--db', db])).code).toBe(0)
      const rivals = await Promise.all([1, 2].map(() => rollout(['resume', 'last', '--db', db, '--yes'])))
      expect(rivals.map(({ code }) => code).toSorted()).toEqual([0, 6])
      expect(rivals.find(({ code }) => code === 6)?.stderr).toMatch(/@.+ \(process \d+ on .+\) (uses|has been using) /)
      expect(Object.values(inspectWorld(site).hosts).flatMap(({ startedTwice }) => startedTwice)).toEqual([])
      expectWholeLog(db)
    },
  )

  test(
    'the lease of an engine that was killed is taken over at once, and the audit says so',
    { timeout: 60_000 },
    async () => {
      const { plan, db, site } = await practiceSite({ speed: 100 })
      const first = start(['run', plan, '--db', db, '--yes', '--json'])
      await first.line((line) => line.includes('"step.applying"') && !line.includes('"ticket":null'))
      first.child.kill('SIGKILL')
      expect((await first.ended).signal).toBe('SIGKILL')
      const second = await rollout(['resume', 'last', '--db', db, '--yes'])
      expect(second).toMatchObject({ code: 0, stderr: '' })
      const store = openStore(db, { readonly: true })
      expect(store.audit.entries().map(({ action }) => action)).toContain('lease.taken-over')
      store.close()
      expect(Object.values(inspectWorld(site).hosts).flatMap(({ startedTwice }) => startedTwice)).toEqual([])
      expectWholeLog(db)
    },
  )
})

function expectWholeLog(db: string): void {
  const store = openStore(db, { readonly: true })
  try {
    const run = store.runs.list()[0]
    expect(run?.outcome).toBe('accepted')
    expect(breachesOf(store.runs.events(run?.runId ?? ''))).toEqual([])
  } finally {
    store.close()
  }
}

describe('rung 1: a database that cannot be written in the middle of a run', () => {
  test.each([
    ['full', 'disk-full'],
    ['read-only', 'read-only'],
  ] as const)(
    'the disk or file becomes %s: the engine stops with %s, and nothing is lost',
    { timeout: 60_000 },
    async (how, code) => {
      const dir = mkdtempSync(join(tmpdir(), 'rollout-chaos-'))
      onTestFinished(() => {
        rmSync(dir, { recursive: true, force: true })
      })
      await beginStory(dir)
      expect(await runChild({ die: { dir, death: { at: 'spoilt', seq: 150, how } } })).toMatchObject({
        survived: code,
        code: 0,
        complaints: '',
      })
      const left = openStore(join(dir, 'story.db'), { readonly: true })
      expect(left.runs.list()[0]?.lastSeq).toBeGreaterThanOrEqual(150)
      expect(left.runs.list()[0]?.status).toBe('running')
      left.close()
      const again = await runChild({ finish: dir })
      expect(again).toMatchObject({ rest: 'finished', complaints: '' })
      expect(again.ending).toMatchObject({ status: 'finished', outcome: 'accepted', breaches: [], pending: [] })
      const hosts = Object.values(inspectWorld(join(dir, 'practice-site.sqlite')).hosts)
      expect(hosts.flatMap(({ starts }) => Object.values(starts))).toEqual([1, 1, 1, 1, 1, 1])
    },
  )
})
