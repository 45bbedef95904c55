/** Findings and waivers whose subject an earlier version stored as text: they open as data, and stay as they were stored. */
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { onHost, onPath, subjectText } from '../../../domain/base/subject.ts'
import { canonicalJson } from '../../../main/store/canonical.ts'
import { insertSealed } from '../../../main/store/database/seal.ts'
import { noon, silentHost, storeWithRun } from './site.ts'

const finding = { check: 'clock', severity: 'warn', message: 'm', source: 'Rollout', remedy: 'r' }

test('an answer of a survey', () => {
  const { store } = storeWithRun()
  const of = { planId: 'pilot', revision: 1 }
  store.surveys.begin(of, { planHash: 'abc', by: 'ann', startedAt: noon }, true)
  const body = canonicalJson({
    ...silentHost('HUB01'),
    findings: ['host HUB01', 'path HUB01>DB01:5432', 'planet Mars'].map((subject) => ({ ...finding, subject })),
  })
  insertSealed(store.database, 'surveyed_hosts', ['pilot', 1, 'HUB01', 1, noon, body])
  const [stored] = store.surveys.answers(of)
  expect(stored?.answer.findings.map(({ subject }) => subject)).toEqual([
    onHost('HUB01'),
    onPath({ from: 'HUB01', to: 'DB01', port: 5432 }),
    { kind: 'text', text: 'planet Mars' },
  ])
  expect(store.database.get<{ body: string }>('SELECT body FROM surveyed_hosts')?.body).toBe(body)
  store.close()
})

test('findings in the log of a run', () => {
  const { store, runId } = storeWithRun()
  store.runs.append(runId, [{ type: 'findings.recorded', host: 'HUB01', findings: [] }], noon)
  const seq = store.runs.summary(runId).lastSeq
  const event = { type: 'findings.recorded', host: 'HUB01', seq, at: noon }
  const body = JSON.stringify({ ...event, findings: [{ ...finding, subject: 'host HUB01' }] })
  store.database.exec('DROP TRIGGER event_kept')
  store.database.run(
    'UPDATE events SET body = ?, seal = ? WHERE run_id = ? AND seq = ?',
    body,
    crc32(body, crc32(`${runId} ${seq} `)),
    runId,
    seq,
  )
  const read = { ...event, findings: [{ ...finding, subject: onHost('HUB01') }] }
  expect(store.runs.events(runId).at(-1)).toEqual(read)
  expect([...store.runs.stream(runId)].at(-1)).toEqual(read)
  store.close()
})

test('a waiver; those granted today are version 2', () => {
  const { store } = storeWithRun()
  const waiver = { check: 'clock', by: 'ann', reason: 'r', at: '2026-11-23T20:00:00Z' }
  insertSealed(store.database, 'waivers', [
    'pilot',
    1,
    1,
    canonicalJson({ ...waiver, subject: 'placement runner on RUN003' }),
  ])
  store.waivers.grant('pilot', 1, { ...waiver, version: 2, subject: onHost('HUB01') })
  expect(store.waivers.waivers('pilot', 1).map(({ version, subject }) => `${version} ${subjectText(subject)}`)).toEqual(
    ['1 placement runner on RUN003', '2 host HUB01'],
  )
  expect(store.audit.entries().at(-1)?.subject).toBe('pilot revision 1: clock on host HUB01')
  store.close()
})
