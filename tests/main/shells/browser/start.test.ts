/** Owns what `npm start` does as a process: one line with the link, and an end in order on Ctrl-C in the middle of a run. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { members } from '../../../../domain/bits.ts'
import { Reply, valueOf } from '../../../../domain/contract/wire.ts'
import { fold, startState } from '../../../../domain/run.ts'
import { openStore } from '../../../../main/store/store.ts'

test('rung 1: it prints one line with the link, drives a run, and ends in order when asked to', { timeout: 120_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'start-'))
  onTestFinished(() => { rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) })
  const database = join(dir, 'rollout.db')
  const child = spawn(process.execPath, ['main/shells/browser/start.ts', '--no-open', '--db', database, '--vault', join(dir, 'vault.json')], { env: { ...process.env, XDG_DATA_HOME: dir }, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => { child.kill('SIGKILL') })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString() })
  const printed: string[] = []
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => { throw new Error(said) })])) as [string]
  lines.on('line', (more: string) => printed.push(more))
  const link = new URL(/^Exekra Rollout: (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43})$/.exec(line)?.[1] ?? '')

  const entered = await fetch(link)
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const headers = { cookie, origin: link.origin, 'content-type': 'application/json' }
  const page = await fetch(link.origin, { headers: { cookie } })
  expect(await page.text()).toContain('<script type="module"')
  const call = async <T>(name: string, input: object) => valueOf(Reply.parse(await (await fetch(`${link.origin}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })).json())) as T
  const { planId, revision } = await call<{ planId: string; revision: { hash: string } }>('practice.make', { runners: 2, speed: 30 })
  await call('plan.lock', { planId, revision: 1, hash: revision.hash })
  const { runId } = await call<{ runId: string }>('run.start', { planId, revision: 1 })
  const stream = await fetch(`${link.origin}/events?run=${runId}&after=0`, { headers: { cookie, origin: link.origin, 'sec-fetch-site': 'same-origin' } })
  let seen = ''
  for await (const chunk of (stream.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).pipeThrough(new TextDecoderStream())) {
    seen += chunk
    if (seen.includes('step.applying')) break
  }

  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(said).toContain('What runs on the hosts goes on')
  expect(printed).toEqual([])
  const store = openStore(database, { readonly: true })
  onTestFinished(() => { store.close() })
  expect(store.lease.current()).toBeUndefined()
  const state = fold(startState(store.runs.graph(runId)), store.runs.stream(runId))
  // Nothing was paused, and no attempt is left open: the next start looks and goes on.
  expect([state.status, state.inFlight, ...members(state.running)]).toEqual(['running', 0])
})
