/** Shows that the application starts and works under plain Node, where Electron cannot be found. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const createApp = pathToFileURL(join(import.meta.dirname, '..', '..', 'main', 'app', 'core', 'app.ts')).href
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-boot-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function underPlainNode(code: string, ...args: string[]): Promise<{ stdout: string }> {
  const hook = pathToFileURL(join(import.meta.dirname, 'no-electron.mjs')).href
  return run(process.execPath, ['--import', hook, '--input-type', 'module', '--eval', code, ...args])
}

describe('the application without Electron', () => {
  it('opens a database, answers and closes', async () => {
    const code = `
      import { createApp } from '${createApp}'
      const [dbFile] = process.argv.slice(-1)
      const refuse = () => Promise.reject(new Error('nobody needs a secret yet'))
      const app = createApp({ dbFile, by: 'boot@test', vault: { credential: refuse, secret: refuse } })
      process.stdout.write(JSON.stringify(app.store.runs.list()))
      app.close()
    `
    expect((await underPlainNode(code, join(folder, 'boot.db'))).stdout).toBe('[]')
  }, 60_000)

  it('would be seen to fail if it asked for Electron', async () => {
    await expect(underPlainNode("await import('electron/main')")).rejects.toThrow('Electron is not here')
  })
})
