/** A practice site survives our death: every acknowledged effect is there, and nothing is half there. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { inspectWorld } from '../../../../main/transports/simulated/verbs/inspect.ts'
import { openWorldFile } from '../../../../main/transports/simulated/world/world-file.ts'
import { practiceWorld, start } from './practice-world.ts'

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url))

describe('rung 1: a practice site whose process is killed in the middle of its work', () => {
  test('keeps every effect that was answered for, and a job with its start or neither', async () => {
    const { site, transport } = practiceWorld()
    transport.close()
    const answered: string[] = []
    for (let round = 0; round < 6; round++) {
      const begun = answered.length
      const victim = spawn(process.execPath, [child, site.siteFile, String(round), String(start)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let text = ''
      victim.stdout.setEncoding('utf8')
      victim.stdout.on('data', (piece: string) => {
        text += piece
        // Killed after a number of answers that differs from round to round, in the middle of whatever the three hosts do then.
        if (text.split('\n').length > 8 + round * 7) victim.kill('SIGKILL')
      })
      await once(victim, 'close')
      answered.push(...text.split('\n').slice(0, -1))
      expect(answered.length).toBeGreaterThan(begun)
      const { hosts } = inspectWorld(site.siteFile)
      for (const line of answered) {
        const [what, name = '', id = ''] = line.split(' ')
        if (what === 'folder') expect(Object.keys(hosts[name]?.files ?? {})).toContain(id)
        else expect(hosts[name]?.jobs.map((job) => job.ticket)).toContain(id)
      }
      const opened = openWorldFile(site.siteFile)
      expect(opened.database.pragma('integrity_check', { simple: true })).toBe('ok')
      const jobs = opened.statement('SELECT host, path FROM jobs ORDER BY host, path').all()
      expect(opened.statement('SELECT host, path FROM starts WHERE count = 1 ORDER BY host, path').all()).toEqual(jobs)
      opened.close()
    }
  })
})
