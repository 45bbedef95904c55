/**
 * `npm start` as a process: which shell it chooses, one line with the link, and an orderly end on Ctrl-C during a run.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { members } from '../../../domain/run/lane-sets.ts'
import { Reply, valueOf } from '../../../domain/contract/wire.ts'
import { fold, startState } from '../../../domain/run/run.ts'
import { openStore } from '../../../main/store/store.ts'

test(
  'rung 1: it prints one line with the link, executes a run, and ends in order when asked to',
  { timeout: 120_000 },
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'start-'))
    onTestFinished(() => {
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
    })
    const database = join(dir, 'rollout.db')
    const child = spawn(
      process.execPath,
      ['main/shells/start.mjs', '--no-open', '--db', database, '--vault', join(dir, 'vault.json')],
      { env: { ...process.env, XDG_DATA_HOME: dir }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const printed: string[] = []
    const lines = createInterface({ input: child.stdout })
    const [line] = (await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error(said)
      }),
    ])) as [string]
    lines.on('line', (more: string) => printed.push(more))
    const link = new URL(/^Exekra Rollout: (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43})$/.exec(line)?.[1] ?? '')

    const entered = await fetch(link)
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const headers = { cookie, origin: link.origin, 'content-type': 'application/json' }
    const page = await fetch(link.origin, { headers: { cookie } })
    expect(await page.text()).toContain('<script type="module"')
    const call = async <T>(name: string, input: object) =>
      valueOf(
        Reply.parse(
          await (
            await fetch(`${link.origin}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
          ).json(),
        ),
      ) as T
    const { planId, revision } = await call<{ planId: string; revision: { hash: string } }>('practice.make', {
      runners: 2,
      speed: 30,
    })
    await call('plan.lock', { planId, revision: 1, hash: revision.hash })
    const { runId } = await call<{ runId: string }>('run.start', { planId, revision: 1 })
    const stream = await fetch(`${link.origin}/events?run=${runId}&after=0`, {
      headers: { cookie, origin: link.origin, 'sec-fetch-site': 'same-origin' },
    })
    let seen = ''
    for await (const chunk of (stream.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).pipeThrough(
      new TextDecoderStream(),
    )) {
      seen += chunk
      if (seen.includes('step.applying')) break
    }

    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(said).toContain('Jobs on the hosts continue')
    expect(printed).toEqual([])
    const store = openStore(database, { readonly: true })
    onTestFinished(() => {
      store.close()
    })
    expect(store.lease.current()).toBeUndefined()
    const state = fold(startState(store.runs.graph(runId)), store.runs.stream(runId))
    // Nothing was paused, and no attempt is left open: the next start looks and goes on.
    expect([state.status, state.inFlight, ...members(state.running)]).toEqual(['running', 0])
  },
)

describe('the choice of the shell', () => {
  /** Runs npm start's own script until it has said a line that matches, or has ended. */
  async function started(
    words: readonly string[],
    environment: NodeJS.ProcessEnv,
    until?: RegExp,
  ): Promise<{ readonly said: string; readonly code: number | null }> {
    const dir = mkdtempSync(join(tmpdir(), 'start-'))
    onTestFinished(() => {
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
    })
    const env = {
      ...process.env,
      DISPLAY: undefined,
      WAYLAND_DISPLAY: undefined,
      XDG_DATA_HOME: dir,
      ROLLOUT_DB: undefined,
      ROLLOUT_VAULT: undefined,
      ...environment,
    }
    const child = spawn(process.execPath, ['main/shells/start.mjs', ...words], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    let said = ''
    const heard = Promise.withResolvers<null>()
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (until?.test(said) === true) heard.resolve(null)
      })
    const code = await Promise.race([heard.promise, once(child, 'close').then(([ended]) => ended as number | null)])
    return { said, code }
  }
  const nowhere = { ELECTRON_OVERRIDE_DIST_PATH: join(tmpdir(), 'no-electron-here') }

  test(
    "without Electron's runtime it says so in one line, and gives the address where no browser can be opened",
    { timeout: 60_000 },
    async () => {
      const { said } = await started([], nowhere, /Open the address above/)
      expect(
        said.match(/Electron's runtime is not installed on this workstation .* opens in your browser\.\n/g),
      ).toHaveLength(1)
      expect(said).toMatch(/^Exekra Rollout: http:\/\/127\.0\.0\.1:\d+\/\?token=/m)
    },
  )

  test.skipIf(process.platform === 'win32')(
    'with it, it is started on the project, and its end is ours',
    { timeout: 120_000 },
    async () => {
      const runtime = mkdtempSync(join(tmpdir(), 'electron-'))
      onTestFinished(() => {
        rmSync(runtime, { recursive: true, force: true })
      })
      writeFileSync(join(runtime, 'electron'), '#!/bin/sh\necho "electron $1 $ROLLOUT_DB"\nexit 7\n', { mode: 0o755 })
      const { said, code } = await started(['--db', '/tmp/of-this-test.db'], { ELECTRON_OVERRIDE_DIST_PATH: runtime })
      expect(said).toContain(`electron ${join(import.meta.dirname, '..', '..', '..')}/ /tmp/of-this-test.db\n`)
      expect(said).not.toContain('http://')
      expect(code).toBe(7)
    },
  )

  test('a word it does not know is refused with what there is', async () => {
    const { said, code } = await started(['--opne'], nowhere)
    expect(code).toBe(3)
    expect(said).toMatch(/--opne[\s\S]*--no-open/)
  })
})
