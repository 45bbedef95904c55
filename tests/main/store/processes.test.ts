/** The store survives the death of its writers and competition between several. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../main/store/store.ts'
import { chance } from '../../builders/chance.ts'
import { storeWithRun } from './site.ts'

const script = fileURLToPath(new URL('child.ts', import.meta.url))

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  if (!child.stdout) throw new Error('the child has no output')
  yield* createInterface({ input: child.stdout })
}

describe('a writer that is killed', () => {
  it('loses no acknowledged event and tears none, at whatever moment it dies', { timeout: 90_000 }, async () => {
    const { store, file, runId } = storeWithRun()
    store.close()
    const draw = chance('when a writer is killed')
    let total = 1
    for (let round = 0; round < 12; round++) {
      const child = start('append', file, runId, String(round))
      const until = 1 + draw(60)
      let acknowledged = total
      let seen = 0
      for await (const line of linesOf(child)) {
        acknowledged = Number(line)
        // Everything that was said before the end counts; after this the child is somewhere inside a later append.
        if (++seen === until) child.kill('SIGKILL')
      }
      const again = openStore(file)
      const events = again.runs.events(runId)
      expect(events.length).toBeGreaterThanOrEqual(acknowledged)
      expect(events.every((event, i) => event.seq === i + 1)).toBe(true)
      expect(again.runs.summary(runId).lastSeq).toBe(events.length)
      expect(again.audit.verifyAudit().ok).toBe(true)
      total = events.length
      again.close()
    }
    expect(total).toBeGreaterThan(12)
  })
})

describe('two engines on one database', () => {
  it('exactly one wins the lease, and the other is told', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 4; round++) {
      const { store, file } = storeWithRun()
      store.close()
      const children = [start('lease', file), start('lease', file), start('lease', file)]
      const lines = children.map(linesOf)
      const say = async (i: number) => (await lines[i]?.next())?.value as string | undefined
      try {
        expect(await Promise.all(children.map((_, i) => say(i)))).toEqual(['ready', 'ready', 'ready'])
        for (const child of children) child.stdin?.write('go\n')
        const answers = await Promise.all(children.map((_, i) => say(i)))
        expect(answers.toSorted()).toEqual(['lease-held', 'lease-held', 'won'])
      } finally {
        await Promise.all(
          children.map(async (child) => {
            child.kill('SIGKILL')
            if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
          }),
        )
      }
      // The winner is dead: the next one need not wait.
      const next = openStore(file)
      next.lease.acquire(
        { ...(next.lease.current() ?? { host: '', boot: '' }), holder: 'next', pid: process.pid },
        Date.now(),
      )
      expect(next.lease.current()?.holder).toBe('next')
      next.close()
    }
  })

  it('several may make the same new database at once', { timeout: 60_000 }, async () => {
    const { file, store } = storeWithRun()
    store.close()
    const fresh = `${file}.fresh`
    const children = Array.from({ length: 4 }, () => start('open', fresh))
    const answers = await Promise.all(children.map(async (child) => (await linesOf(child).next()).value as string))
    expect(answers).toEqual(['opened', 'opened', 'opened', 'opened'])
  })
})
