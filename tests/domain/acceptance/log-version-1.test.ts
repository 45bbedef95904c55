/** Logs of version 1 give exit codes and hashes by their sentences, also where a later version goes on with the run. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readDossierLog } from '../../../domain/acceptance/dossier-log.ts'
import { exitCodeIn, verifiedHashIn } from '../../../domain/acceptance/log-version-1.ts'
import type { Event } from '../../../domain/run/event.ts'

const log = readFileSync(new URL('../../fixtures/version-0.1/accepted.events.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Event)
const summary = JSON.parse(
  readFileSync(new URL('../../fixtures/version-0.1/accepted.summary.json', import.meta.url), 'utf8'),
) as { installers: { exitCode: number | null }[]; media: { sha256: string; hosts: string[] }[] }

describe('a log of version 1', () => {
  test('has the exit code of every attempt and the hash of every verified file', () => {
    const { version, attempts, hashes } = readDossierLog(log)
    const installers = attempts.filter(({ step }) => step.includes('run-installer'))
    expect(version).toBe(1)
    expect(installers.map(({ exitCode }) => exitCode)).toEqual(summary.installers.map(({ exitCode }) => exitCode))
    expect(installers.map(({ exitCode }) => exitCode)).toContain(1603)
    expect([...new Set(hashes.values())].toSorted()).toEqual(summary.media.map(({ sha256 }) => sha256).toSorted())
  })

  test('takes the field where a later version added the event, whatever its sentence says', () => {
    const continued = log.map((event): Event =>
      event.type === 'step.failed'
        ? { ...event, exitCode: 1612, failure: { ...event.failure, message: 'Reworded.' } }
        : event,
    )
    expect(readDossierLog(continued).attempts.map(({ exitCode }) => exitCode)).toContain(1612)
  })
})

test('a later log is not read by its sentences', () => {
  const later = log.map((event): Event => (event.type === 'run.created' ? { ...event, logVersion: 2 } : event))
  const { version, attempts, hashes } = readDossierLog(later)
  expect(version).toBe(2)
  expect(attempts.every(({ exitCode }) => exitCode === null)).toBe(true)
  expect(hashes.size).toBe(0)
})

test('an exit code is read from the sentence that tells it, and from no other', () => {
  for (const code of [0, 1603, 3010, -2147023294])
    expect(exitCodeIn(`The Hub installer ended with ${code}: done.`)).toBe(code)
  for (const other of ['', 'The Hub installer did not run to its end on HUB01', 'ended with 5: x'])
    expect(exitCodeIn(other)).toBeNull()
  expect(verifiedHashIn(['Signed by X', `SHA-256 ${'a'.repeat(64)}`])).toBe('a'.repeat(64))
  expect(verifiedHashIn([`C:\\x has SHA-256 ${'a'.repeat(64)}`])).toBeUndefined()
})
