/** Data that version 0.1 wrote opens, resumes and says the same as then. */
import { chmodSync, cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { currentFinding, type StoredFinding } from '../../../domain/base/finding.ts'
import { readPlanFile } from '../../../main/app/workstation/plan-file.ts'
import { withFormat } from '../../../domain/base/formats.ts'
import { fileVault } from '../../../main/vault/file-vault.ts'
import { canonicalHash } from '../../../main/store/canonical.ts'
import { planHash } from '../../../main/store/plan-store.ts'
import { openStore } from '../../../main/store/store.ts'
import { rollout, scratch } from '../shells/cli/rollout.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/version-0.1/', import.meta.url))

/** A copy of the files of version 0.1: opening a database may change it. */
function copied(): string {
  const dir = join(scratch(), 'version-0.1')
  cpSync(fixtures, dir, { recursive: true })
  return dir
}

function textOf(name: string): string {
  return readFileSync(join(fixtures, name), 'utf8')
}

function lines(text: string): unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

/** The events that version 0.1 printed, as this version prints them: with a format, and the subjects of findings as data. */
function eventsOf(name: string): unknown[] {
  return (lines(textOf(name)) as { findings?: StoredFinding[] }[]).map((event) =>
    withFormat(
      'event',
      event.findings === undefined ? event : { ...event, findings: event.findings.map(currentFinding) },
    ),
  )
}

const runs = JSON.parse(textOf('runs.json')) as Record<'accepted' | 'exceptions' | 'cancelled', string>

describe('rung 1: a database of version 0.1', () => {
  test('opens for writing and for reading, with the audit as it was', () => {
    const file = join(copied(), 'finished.db')
    openStore(file).close()
    const store = openStore(file, { readonly: true })
    expect(store.audit.verifyAudit()).toEqual(JSON.parse(textOf('audit.json')))
    expect(store.runs.list().map(({ runId }) => runId)).toEqual([runs.cancelled, runs.exceptions, runs.accepted])
    store.close()
  })

  test('show and events say of its runs what they said then, and leave the file as it is', async () => {
    const dir = copied()
    const printed = async (...words: string[]) => (await rollout([...words, '--json'], { cwd: dir })).json()
    const before = readFileSync(join(dir, 'finished.db'))
    for (const [name, run] of Object.entries(runs))
      expect(await printed('show', run, '--db', 'finished.db')).toMatchObject(lines(textOf(`${name}.show.json`)))
    expect(await printed('events', runs.accepted, '--db', 'finished.db')).toEqual(eventsOf('accepted.events.jsonl'))
    expect(await printed('show', 'last', '--db', 'unfinished/unfinished.db')).toMatchObject(
      lines(textOf('unfinished.show.json')),
    )
    expect(readFileSync(join(dir, 'finished.db')).equals(before)).toBe(true)
  }, 30_000)

  test.each(Object.entries(runs))(
    'the acceptance summary of the run %s has the same words and the same seal',
    async (name, run) => {
      const written = JSON.parse(textOf(`${name}.summary.json`)) as { sealed: { sha256: string }; audit: unknown }
      const { sealed, audit: _, ...content } = written
      expect(canonicalHash(content)).toBe(sealed.sha256)
      const dir = copied()
      const [now] = (await rollout(['dossier', run, '--db', 'finished.db', '--json'], { cwd: dir })).json()
      expect(now).toEqual(written)
      const page = await rollout(['dossier', run, '--db', 'finished.db', '--format', 'html'], { cwd: dir })
      for (const word of [sealed.sha256, ...wordsOf(content)]) expect(page.stdout).toContain(escaped(word))
    },
  )

  test('a signature still belongs to the summary that was signed', () => {
    const { sealed } = JSON.parse(textOf('accepted.summary.json')) as {
      sealed: { sha256: string; signatures: unknown[] }
    }
    const store = openStore(join(copied(), 'finished.db'))
    expect(store.signatures.of(runs.accepted)).toEqual(sealed.signatures)
    expect(store.signatures.of(runs.accepted)[0]).toMatchObject({ name: 'Anna Ek <A>', sha256: sealed.sha256 })
    store.close()
  })

  test('its evidence, surveys, pins and unsaved edits are there', () => {
    const dir = copied()
    const finished = openStore(join(dir, 'finished.db'))
    const evidence = Buffer.from('Evidence of hub: the licence is active.\n')
    const gate = finished.runs.events(runs.accepted).find((event) => event.type === 'gate.opened')
    const [file] = gate?.type === 'gate.opened' ? (gate.confirmed?.[0]?.files ?? []) : []
    expect(Buffer.from(finished.evidence.read(runs.accepted, file?.sha256 ?? '') ?? [])).toEqual(evidence)
    finished.close()
    const surveyed = openStore(join(dir, 'surveyed.db'))
    const plan = { planId: 'practice-4', revision: 1 }
    expect(surveyed.surveys.survey(plan)).toMatchObject({ status: 'done', by: 'anna@ws01', failure: null })
    const answers = surveyed.surveys.answers(plan).map(({ answer }) => answer)
    expect(answers.find(({ host }) => host === 'RUN002')).toMatchObject({ unreached: { kind: 'link' } })
    expect(answers.find(({ host }) => host === 'HUB01')).toMatchObject({ unreached: null })
    expect(surveyed.pins.list().map(({ address, port }) => `${address}:${port}`)).toEqual([
      'hub01.harbour.example:5986',
      'run001.harbour.example:22',
    ])
    expect(surveyed.unsaved.kept('harbour-ef8cc429')?.document).toMatchObject({
      name: '',
      hosts: [{ name: 'half typed' }],
    })
    surveyed.close()
  })

  test('a run whose process was killed takes a decision and resumes to its end', async () => {
    const cwd = join(copied(), 'unfinished')
    const db = ['--db', 'unfinished.db']
    expect((await rollout(['resume', 'last', ...db, '--yes'], { cwd })).code).toBe(1)
    const step = 'runner/RUN002/run-installer:runner'
    const decided = await rollout(['decide', 'last', step, 'retry', '--reason', 'There is room now', ...db], { cwd })
    expect(decided).toMatchObject({ code: 0, stderr: '' })
    expect(await rollout(['resume', 'last', ...db, '--yes'], { cwd })).toMatchObject({ code: 0, stderr: '' })
    const events = (await rollout(['events', 'last', ...db, '--json'], { cwd })).json()
    const before = eventsOf('unfinished.events.jsonl')
    expect(events.slice(0, before.length)).toEqual(before)
    expect(events.slice(before.length, before.length + 2)).toMatchObject([
      { type: 'step.interrupted', step: 'runner/RUN004/run-installer:runner' },
      { type: 'step.interrupted', step: 'runner/RUN005/run-installer:runner' },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'accepted' })
  }, 60_000)
})

describe('rung 1: files of version 0.1', () => {
  test('a plan has the hash that was approved', async () => {
    const dir = copied()
    const hashes = JSON.parse(textOf('plan-hashes.json')) as Record<string, string>

    for (const [name, hash] of Object.entries(hashes)) {
      const reading = await readPlanFile(join(dir, name))
      if (!reading.ok) throw new Error(`${name} does not read: ${JSON.stringify(reading.problems)}`)
      expect(planHash(reading.plan)).toBe(hash)
    }
    expect(Object.keys(hashes)).toEqual(['practice-plan.json', 'plan.json'])
  })

  test('the vault opens with its passphrase', async () => {
    const file = join(copied(), 'vault.json')
    // A version control system keeps no permissions, and a vault that others may read is refused.
    chmodSync(file, 0o600)
    const vault = fileVault(file, { passphrase: () => Promise.resolve('version 0.1 passphrase') })
    expect(await vault.list()).toEqual([
      { name: 'database/owner', kind: 'secret' },
      { name: 'site-admin', kind: 'password' },
    ])
    expect(await vault.credential('site-admin')).toMatchObject({
      user: 'SITE\\installer',
      password: 'not-a-real-password',
    })
    expect(await vault.secret('database/owner')).toBe('not-a-real-secret')
  })
})

/** The sentences of a summary that people read: what was built, what failed, what people wrote. */
function wordsOf(content: object): string[] {
  const { placements, decisions, installers, everyStep } = content as Record<string, Record<string, unknown>[]>
  return [
    ...(placements ?? []).flatMap(({ planned, built }) => [planned, ...(built as unknown[])]),
    ...(decisions ?? []).flatMap(({ step, after, why }) => [step, after, why]),
    ...(installers ?? []).map(({ said }) => said),
    ...(everyStep ?? []).flatMap(({ title, outcome }) => [title, outcome]),
  ].map(String)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
