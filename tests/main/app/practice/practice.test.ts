/** What making a practice site writes into a folder, and what it refuses to touch. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FailureError } from '../../../../domain/base/failure.ts'
import { readPlan } from '../../../../domain/plan/plan.ts'
import { makePracticeSite, practiceClock } from '../../../../main/app/practice/practice.ts'
import { inspectWorld } from '../../../../main/transports/simulated/verbs/inspect.ts'
import { simulatedTransport } from '../../../../main/transports/simulated/transport.ts'

const at = Date.parse('2026-11-23T20:00:00.000Z')

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'practice-'))
  onTestFinished(() => void rmSync(dir, { recursive: true, force: true }))
  return dir
}

function refusal(work: () => unknown) {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure
    throw thrown
  }
  throw new Error('it was not refused')
}

describe('rung 1: a practice site', () => {
  test.each(['enterprise', 'pilot'] as const)(
    'of layout %s has a plan that reads, with media of the hashes it names, and the plan is the only way in',
    (layout) => {
      const dir = folder()
      const { plan, planFile } = makePracticeSite({ dir, layout, runners: layout === 'pilot' ? 3 : 12, at })
      const reading = readPlan(JSON.parse(readFileSync(planFile, 'utf8')))
      expect(reading).toEqual({ ok: true, plan })
      const artefacts = Object.values(plan.installers).flatMap((installer) =>
        installer.mode === 'unattended' ? [installer.artefact] : [],
      )
      if (plan.certificate.strategy === 'operator' && plan.certificate.trust) artefacts.push(plan.certificate.trust)
      for (const artefact of artefacts)
        expect(
          createHash('sha256')
            .update(readFileSync(join(dir, artefact.file)))
            .digest('hex'),
        ).toBe(artefact.sha256)
      expect(
        readdirSync(join(dir, 'media'))
          .map((name) => `media/${name}`)
          .toSorted(),
      ).toEqual(artefacts.map((artefact) => artefact.file).toSorted())
      expect(plan.hosts.filter((host) => host.name.startsWith('RUN'))).toHaveLength(layout === 'pilot' ? 3 : 12)
      expect(plan.practice).toEqual({ site: 'practice-site.sqlite' })
    },
  )

  test('never passes for the real thing: stand-ins say what they are, switches are visibly practice', () => {
    const dir = folder()
    const { plan } = makePracticeSite({ dir, layout: 'enterprise', runners: 1, at })
    for (const name of readdirSync(join(dir, 'media')).filter((one) => one.endsWith('.exe'))) {
      expect(readFileSync(join(dir, 'media', name), 'latin1')).toMatch(
        /^PRACTICE STAND-IN.*\r\n.*not a program, not Exekra's software/,
      )
    }
    for (const installer of Object.values(plan.installers))
      expect(installer).toMatchObject({ arguments: ['/practice-silent'] })
  })

  test('is the same for the same seed, and another for another', () => {
    const [a, b, c] = [folder(), folder(), folder()]
    for (const [dir, seed] of [
      [a, 7],
      [b, 7],
      [c, 8],
    ] as const)
      makePracticeSite({ dir, layout: 'enterprise', runners: 3, seed, at })
    const read = (dir: string) => readFileSync(join(dir, 'site.json'), 'utf8')
    expect(read(a)).toBe(read(b))
    expect(read(a)).not.toBe(read(c))
    expect(inspectWorld(join(a, 'practice-site.sqlite'))).toEqual(inspectWorld(join(b, 'practice-site.sqlite')))
  })

  test('shows a restart and a broken link unless told otherwise', () => {
    expect(makePracticeSite({ dir: folder(), layout: 'enterprise', runners: 12, at }).faults).toEqual([
      'exit-3010@RUN002',
      'drop@RUN003:run-installer+4',
    ])
    expect(makePracticeSite({ dir: folder(), layout: 'pilot', runners: 1, at }).faults).toEqual([
      'exit-3010@HUB01',
      'drop@HUB01:run-installer+4',
    ])
    expect(makePracticeSite({ dir: folder(), layout: 'pilot', runners: 1, at, faults: [] }).faults).toEqual([])
  })

  test('is not replaced while anything has it open, and is as it was', async () => {
    const dir = folder()
    const { siteFile } = makePracticeSite({ dir, layout: 'enterprise', runners: 1, at })
    const transport = simulatedTransport({ siteFile, clock: practiceClock(siteFile) })
    expect(refusal(() => makePracticeSite({ dir, layout: 'enterprise', runners: 4, at }))).toMatchObject({
      kind: 'workstation',
      code: 'practice-site-in-use',
    })
    expect(Object.keys(inspectWorld(siteFile).hosts)).not.toContain('RUN004')
    transport.close()
    makePracticeSite({ dir, layout: 'enterprise', runners: 4, at })
    expect(Object.keys(inspectWorld(siteFile).hosts)).toContain('RUN004')
  })

  test('replaces an earlier one and leaves files of others in place', () => {
    const dir = folder()
    makePracticeSite({ dir, layout: 'enterprise', runners: 2, at })
    writeFileSync(join(dir, 'notes.txt'), 'mine')
    const { plan } = makePracticeSite({ dir, layout: 'enterprise', runners: 4, at })
    expect(plan.hosts.filter((host) => host.name.startsWith('RUN'))).toHaveLength(4)
    expect(Object.keys(inspectWorld(join(dir, 'practice-site.sqlite')).hosts)).toContain('RUN004')
    expect(readFileSync(join(dir, 'notes.txt'), 'utf8')).toBe('mine')
  })

  test('is not made in a folder that holds something else', () => {
    const dir = folder()
    writeFileSync(join(dir, 'site.json'), '{"mine":true}')
    expect(refusal(() => makePracticeSite({ dir, layout: 'pilot', runners: 1 }))).toMatchObject({
      kind: 'request',
      code: 'folder-in-use',
    })
    writeFileSync(join(dir, 'practice-site.sqlite'), 'not a database')
    expect(refusal(() => makePracticeSite({ dir, layout: 'pilot', runners: 1 }))).toMatchObject({
      code: 'folder-in-use',
    })
    expect(readFileSync(join(dir, 'site.json'), 'utf8')).toBe('{"mine":true}')
    expect(readdirSync(dir).toSorted()).toEqual(['practice-site.sqlite', 'site.json'])
    expect(refusal(() => makePracticeSite({ dir: join(dir, 'site.json'), layout: 'pilot', runners: 1 }))).toMatchObject(
      { code: 'not-a-folder' },
    )
  })

  test('refuses faults and numbers that cannot be, and leaves nothing behind that would be in the way', () => {
    const dir = folder()
    expect(
      refusal(() => makePracticeSite({ dir, layout: 'enterprise', runners: 1, faults: ['drop@RUN099'] })),
    ).toMatchObject({ code: 'unknown-host', hint: expect.stringContaining('RUN001') as string })
    expect(
      refusal(() => makePracticeSite({ dir, layout: 'enterprise', runners: 1, faults: ['nonsense'] })),
    ).toMatchObject({ code: 'unknown-fault' })
    expect(refusal(() => makePracticeSite({ dir, layout: 'enterprise', runners: -1 }))).toMatchObject({
      code: 'out-of-range',
    })
    makePracticeSite({ dir, layout: 'enterprise', runners: 1 })
  })

  test('runs by the clock it was made with, which never goes behind what has happened', () => {
    const virtual = makePracticeSite({ dir: folder(), layout: 'pilot', runners: 1, at, virtual: true })
    expect(practiceClock(virtual.siteFile).now()).toBe(at)
    expect(practiceClock(virtual.siteFile, at + 5).now()).toBe(at + 5)
    const fast = makePracticeSite({ dir: folder(), layout: 'pilot', runners: 1, at: Date.now() - 1000, speed: 60 })
    expect(practiceClock(fast.siteFile).now()).toBeGreaterThan(Date.now() + 50_000)
  })
})
