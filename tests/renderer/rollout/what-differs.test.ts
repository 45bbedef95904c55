/** Shows that what differs is only what really tells failed hosts from the others, and which lines of evidence are marked. Rung 1: pure. */
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../domain/remote/facts.ts'
import { markedLines } from '../../../renderer/rollout/decision/marked-lines.ts'
import { differencesOf } from '../../../renderer/rollout/decision/what-differs.ts'
import { enterprisePlan } from '../../builders/plan.ts'

const plan = enterprisePlan({ runners: 6 })
const facts: Facts = {
  hostName: 'X',
  domain: 'corp.example',
  os: {
    caption: 'Windows Server 2022',
    version: '10.0.20348',
    build: 20348,
    productType: 'server',
    edition: 'ServerStandard',
    architecture: '64-bit',
  },
  powershell: { version: '5.1', edition: 'Desktop' },
  processors: 4,
  memoryBytes: 8 * 2 ** 30,
  drives: [{ name: 'C:', freeBytes: 40 * 2 ** 30, totalBytes: 80 * 2 ** 30 }],
  bootId: 'b',
  bootTime: '',
  clock: '',
  pendingReboot: [],
  administrator: true,
  listening: [135],
  services: [],
}
const seen = (host: string, more: Partial<Facts> = {}) => ({ host, facts: { ...facts, ...more } })

describe('what differs', () => {
  it('is what all failed hosts have and no other has', () => {
    const failed = [
      seen('RUN001', { memoryBytes: 2 * 2 ** 30, domain: 'branch.example' }),
      seen('RUN002', { memoryBytes: 4 * 2 ** 30, domain: 'branch.example' }),
    ]
    const { differences, succeeded } = differencesOf(failed, [seen('RUN003'), seen('RUN004')], plan)
    expect(succeeded).toBe(2)
    expect(differences).toContainEqual({ fact: 'Memory', failed: '2.0 GB to 4.0 GB', succeeded: '8.0 GB' })
    expect(differences).toContainEqual({ fact: 'Domain', failed: 'branch.example', succeeded: 'corp.example' })
    expect(differences.map(({ fact }) => fact)).not.toContain('System')
  })

  it('is nothing that a single other host has as well, and no range that touches', () => {
    const failed = [
      seen('RUN001', { domain: 'branch.example', memoryBytes: 2 * 2 ** 30 }),
      seen('RUN002', { domain: 'branch.example', memoryBytes: 16 * 2 ** 30 }),
    ]
    const { differences } = differencesOf(failed, [seen('RUN003'), seen('RUN004', { domain: 'branch.example' })], plan)
    expect(differences.map(({ fact }) => fact)).not.toContain('Domain')
    expect(differences.map(({ fact }) => fact)).not.toContain('Memory')
  })

  it('is no range that overlaps from either side, and one that lies wholly above or below', () => {
    const memory = (...gigabytes: number[]) => gigabytes.map((n, i) => seen(`RUN00${i}`, { memoryBytes: n * 2 ** 30 }))
    const differs = (failed: number[], well: number[]) =>
      differencesOf(memory(...failed), memory(...well), plan).differences.some(({ fact }) => fact === 'Memory')
    expect(differs([6, 16], [4, 8])).toBe(false)
    expect(differs([4, 8], [6, 16])).toBe(false)
    expect(differs([8, 16], [4, 8])).toBe(false)
    expect(differs([9, 16], [4, 8])).toBe(true)
    expect(differs([1, 3], [4, 8])).toBe(true)
  })

  it('finds a service and a port that only the failed have', () => {
    const { differences } = differencesOf(
      [seen('RUN001', { listening: [135, 4545], services: [{ name: 'Old', status: 'Running' }] })],
      [seen('RUN003')],
      plan,
    )
    expect(differences).toContainEqual({ fact: 'Port 4545', failed: 'In use', succeeded: 'Free' })
    expect(differences).toContainEqual({ fact: 'Service Old', failed: 'Running', succeeded: 'None' })
  })

  it('does not compare with nobody, and never guesses what was not collected', () => {
    expect(differencesOf([seen('RUN001')], [], plan)).toEqual({ succeeded: 0, compared: 0, differences: [] })
    expect(
      differencesOf([{ host: 'RUN001', facts: null }], [seen('RUN003', { domain: 'elsewhere' })], plan).differences.map(
        ({ fact }) => fact,
      ),
    ).not.toContain('Domain')
  })
})

describe('evidence', () => {
  it('has the two lines marked that say what went wrong', () => {
    const lines = [
      'Doing action: CreateFolders',
      'Action start: CreateFolders.',
      'Error 1303. The installer has insufficient privileges to access this directory.',
      'Action ended: CreateFolders. Return value 3.',
      'MainEngineThread is returning 1603',
    ]
    expect(markedLines(lines, { code: 'exit-1603' })).toEqual([2, 3])
  })

  it('has none marked where nothing is said', () => {
    expect(markedLines(['Copying new files', 'Done'], { code: 'timeout' })).toEqual([])
  })
})
