/** The store leaves alone what it must not touch, and reports damage instead of returning it as data. */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FailureError } from '../../../domain/base/failure.ts'
import { backupStore } from '../../../main/store/backup.ts'
import { openDatabase } from '../../../main/store/database/database.ts'
import { migrations } from '../../../main/store/database/migrations/list.ts'
import { openStore, type Store } from '../../../main/store/store.ts'
import { observed } from '../../suites/store-suite.ts'
import { failureOf, freshFile, noon, silentHost, smallGraph, storeWithRun } from './site.ts'

/** A closed database with some of everything in it. */
function filledFile(): { file: string; runId: string; dump: string } {
  const { store, file, runId } = storeWithRun()
  for (let i = 0; i < 20; i++)
    store.runs.append(runId, [observed('step', `evidence ${i} ${'lorem ipsum '.repeat(20)}`)], noon)
  store.output.write(runId, 'step', 1, noon, { stream: 'output', text: 'line of output\n'.repeat(2000) })
  store.pins.add({ address: 'hub01', port: 22, fingerprint: 'SHA256:abc', at: noon, by: 'ann' })
  store.waivers.grant('pilot', 1, {
    version: 2,
    check: 'c',
    subject: { kind: 'plan' },
    by: 'bob',
    reason: 'r',
    at: '2026-11-23T12:00:00Z',
  })
  store.approvals.record('pilot', 1, {
    verdict: 'approved',
    who: 'Ada',
    of: 'plan',
    why: 'r',
    hash: 'a',
    by: 'bob',
    at: '2026-11-23T12:00:00Z',
  })
  store.unsaved.keep('pilot', { basedOn: 'a', keptAt: noon, document: { name: 'half' } })
  store.surveys.begin({ planId: 'pilot', revision: 1 }, { planHash: 'a', by: 'ann', startedAt: noon }, true)
  store.surveys.put({ planId: 'pilot', revision: 1 }, silentHost('HUB01'), noon)
  store.lease.release()
  store.output.flush()
  const dump = dumpOf(store, runId)
  store.close()
  return { file, runId, dump }
}

/** Everything that can be read of a store, as one text. */
function dumpOf(store: Store, runId: string): string {
  return JSON.stringify([
    store.runs.list(),
    store.runs.events(runId),
    store.runs.graph(runId),
    store.plans.plan('pilot', 1),
    store.output.read(runId, 'step', 1),
    store.pins.pin('hub01', 22),
    store.waivers.waivers('pilot', 1),
    store.approvals.approvals('pilot', 1),
    store.unsaved.kept('pilot'),
    store.surveys.survey({ planId: 'pilot', revision: 1 }),
    store.surveys.answers({ planId: 'pilot', revision: 1 }),
    store.audit.verifyAudit(),
    store.audit.entries(),
  ])
}

function refusal(file: string, options: { readonly?: boolean; copyLimit?: number } = {}) {
  const before = readFileSync(file)
  const failure = failureOf(() => openStore(file, options).close())
  expect(readFileSync(file).equals(before)).toBe(true)
  return failure
}

describe('files that are not ours to open', () => {
  it('refuses what is no database, and leaves it as it is', () => {
    const file = freshFile()
    for (const text of ['x', 'SQLite format 3', '{"format":"exekra-rollout-plan"}'.repeat(100)]) {
      writeFileSync(file, text)
      expect(refusal(file)).toMatchObject({ kind: 'workstation', code: 'not-a-database' })
    }
    expect(failureOf(() => openStore(dirname(file))).code).toBe('not-a-database')
  })

  it("refuses another application's database, with or without a mark of its own", () => {
    for (const pragma of ['', 'PRAGMA application_id = 252006675;']) {
      const file = freshFile()
      const other = openDatabase(file, { readonly: false, create: true })
      other.exec(`CREATE TABLE theirs (a); ${pragma}`)
      other.close()
      expect(refusal(file)).toMatchObject({ kind: 'workstation', code: 'another-application' })
      expect(readdirSync(dirname(file)).filter((name) => name.includes('version'))).toEqual([])
    }
  })

  it('refuses a newer version and names the way out', () => {
    const { file } = filledFile()
    const newer = openDatabase(file, { readonly: false })
    newer.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    newer.close()
    const failure = refusal(file)
    expect(failure.code).toBe('newer-version')
    expect(failure.hint).toContain(`exekra-rollout runs --db ${file} --backup ${file}.copy`)
  })

  it('opens an empty file as a new database', () => {
    const file = freshFile()
    writeFileSync(file, '')
    expect(openStore(file).runs.list()).toEqual([])
  })

  it('refuses a read-only open of a file that is not there, or in a folder that is not there', () => {
    const file = freshFile()
    expect(failureOf(() => openStore(file, { readonly: true })).code).toBe('cannot-open')
    expect(existsSync(file)).toBe(false)
    expect(failureOf(() => openStore(join(file, 'no', 'such.db'))).code).toBe('cannot-open')
  })
})

describe('read-only', () => {
  it('reads all and writes nothing through a read-only open', () => {
    const { file, runId, dump } = filledFile()
    const before = readFileSync(file)
    const store = openStore(file, { readonly: true })
    expect(dumpOf(store, runId)).toBe(dump)
    expect(
      failureOf(() => store.plans.saveDraft('x', store.plans.plan('pilot', 1).plan, { by: 'x', at: noon })).code,
    ).toBe('read-only')
    store.close()
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it.skipIf(process.platform === 'win32')(
    'says at once that a file or folder may not be written, instead of at the first event',
    () => {
      const { file } = filledFile()
      const before = readFileSync(file)
      for (const [path, mode] of [
        [file, 0o444],
        [dirname(file), 0o555],
      ] as const) {
        chmodSync(path, mode)
        const answer = openAsOrdinaryUser(file)
        chmodSync(path, path === file ? 0o644 : 0o755)
        expect(answer).toMatchObject({ kind: 'workstation', code: 'read-only' })
        expect(readFileSync(file).equals(before)).toBe(true)
      }
    },
  )
})

// Root may write anything: then the attempt is made as nobody.
function openAsOrdinaryUser(file: string): unknown {
  const child = fileURLToPath(new URL('child.ts', import.meta.url))
  const { stdout } = spawnSync(process.execPath, [child, 'open', file], {
    encoding: 'utf8',
    ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
  })
  return JSON.parse(stdout)
}

describe('damage', () => {
  it('output whose key was changed is missed, though no seal is seen to be broken', () => {
    const { file } = filledFile()
    const changed = openDatabase(file, { readonly: false })
    changed.exec(
      "DROP TRIGGER output_kept; UPDATE outputs SET step_id = 'stfp'; CREATE TRIGGER output_kept BEFORE UPDATE ON outputs BEGIN SELECT raise(ABORT, 'output is append-only'); END",
    )
    changed.close()
    expect(refusal(file)).toMatchObject({ kind: 'workstation', code: 'corrupted' })
  })

  it.each(["changed_by = 'planter'", 'changed_at = changed_at + 1', "state = 'draft'"])(
    'who locked a revision, and when, is not passed on changed: %s',
    (change) => {
      const { file } = filledFile()
      const changed = openDatabase(file, { readonly: false })
      const kept =
        changed.get<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE name = 'locked_revision_kept'")?.sql ?? ''
      changed.exec(`DROP TRIGGER locked_revision_kept; UPDATE plan_revisions SET ${change}; ${kept}`)
      changed.close()
      const store = openStore(file, { readonly: true })
      expect(failureOf(() => store.plans.revisions('pilot')).code).toBe('corrupted')
      expect(failureOf(() => store.plans.plan('pilot', 1)).code).toBe('corrupted')
      store.close()
    },
  )

  it(
    'a changed byte anywhere means a clear error or the right data, never wrong data, and no byte of a refused file changes',
    { timeout: 120_000 },
    () => {
      const { file, runId, dump } = filledFile()
      const good = readFileSync(file)
      const spoilt = `${file}.spoilt`
      let refused = 0
      fc.assert(
        fc.property(
          fc.nat(good.length - 1),
          fc.integer({ min: 1, max: 255 }),
          fc.integer({ min: 1, max: 64 }),
          (place, flip, length) => {
            const bad = Buffer.from(good)
            for (let i = place; i < Math.min(place + length, bad.length); i++) bad[i] = (bad[i] ?? 0) ^ flip
            for (const suffix of ['-wal', '-shm']) if (existsSync(spoilt + suffix)) writeFileSync(spoilt + suffix, '')
            writeFileSync(spoilt, bad)
            let store: Store | undefined
            try {
              store = openStore(spoilt, { readonly: true })
              const read = dumpOf(store, runId)
              // A chain that is reported broken is a clear answer as well.
              if (!read.includes('"ok":false')) expect(read).toBe(dump)
            } catch (thrown) {
              if (!(thrown instanceof FailureError)) throw thrown
              refused++
              expect([
                'corrupted',
                'not-a-database',
                'another-application',
                'newer-version',
                'older-version',
                'cannot-open',
                'disk-error',
              ]).toContain(thrown.failure.code)
              if (thrown.failure.code === 'corrupted') expect(thrown.failure.hint).toContain('--backup')
            } finally {
              store?.close()
            }
            let refusedToWrite = false
            try {
              openStore(spoilt).close()
            } catch (thrown) {
              if (!(thrown instanceof FailureError)) throw thrown
              refusedToWrite = true
            }
            if (refusedToWrite) expect(readFileSync(spoilt).equals(bad)).toBe(true)
          },
        ),
        { numRuns: 250 },
      )
      expect(refused).toBeGreaterThan(50)
    },
  )

  it('refuses a damaged file without folding its write-ahead log into it', () => {
    const { store, file, runId } = storeWithRun()
    store.database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    store.runs.append(runId, [observed('step', 'in the write-ahead log')], noon)
    const damaged = `${file}.damaged`
    copyFileSync(`${file}-wal`, `${damaged}-wal`)
    const bytes = readFileSync(file)
    // The page of the plans: the log does not hold it.
    bytes.fill(0xff, bytes.indexOf('exekra-rollout-plan') - 200, bytes.indexOf('exekra-rollout-plan'))
    bytes.fill(0xff, 4096 * 2, 4096 * 2 + 16)
    writeFileSync(damaged, bytes)
    expect(refusal(damaged).code).toBe('corrupted')
    expect(readFileSync(`${damaged}-wal`).equals(readFileSync(`${file}-wal`))).toBe(true)
  })

  it('a damaged write-ahead log gives the log up to the damage, in order and whole', () => {
    const { store, file, runId } = storeWithRun()
    store.database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    for (let i = 0; i < 10; i++) store.runs.append(runId, [observed('step', `evidence ${i}`)], noon)
    const all = store.runs.events(runId)
    const wal = readFileSync(`${file}-wal`)
    const copy = `${file}.copy`
    fc.assert(
      fc.property(fc.nat(wal.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const bad = Buffer.from(wal)
        bad[place] = (bad[place] ?? 0) ^ flip
        copyFileSync(file, copy)
        writeFileSync(`${copy}-shm`, '')
        writeFileSync(`${copy}-wal`, bad)
        const again = openStore(copy)
        const events = again.runs.events(runId)
        expect(events).toEqual(all.slice(0, events.length))
        expect(again.runs.summary(runId).lastSeq).toBe(events.length)
        again.close()
      }),
      { numRuns: 60 },
    )
  })

  it('names the run and the event that cannot be read', () => {
    const { store, file, runId } = storeWithRun()
    store.runs.append(runId, [observed('step', 'the-evidence'), observed('step', 'more')], noon)
    store.database.exec('DROP TRIGGER event_kept; DROP TRIGGER event_stays')
    store.database.run("UPDATE events SET body = replace(body, 'the-evidence', 'another-tale') WHERE seq = 2")
    const failure = failureOf(() => store.runs.events(runId))
    expect(failure.evidence.join()).toContain(`event 2 of run ${runId}`)
    store.database.run('DELETE FROM events WHERE seq = 2')
    expect(failureOf(() => store.runs.events(runId)).evidence.join()).toContain(
      `event 2 of run ${runId} cannot be read: it is missing`,
    )
    expect(failureOf(() => store.runs.events(runId, 1)).evidence.join()).toContain('event 2')
    store.database.run('DELETE FROM events WHERE seq = 3')
    expect(failureOf(() => store.runs.events(runId)).evidence.join()).toContain('missing')
    store.close()
    // Somebody removed what guards the log.
    expect(refusal(file)).toMatchObject({ code: 'corrupted' })
  })

  it('a full disk undoes the whole change and says so; with room again the work goes on', () => {
    const { store, file, runId } = storeWithRun()
    store.database.exec(`PRAGMA max_page_count = ${Number(store.database.pragma('page_count')) + 4}`)
    const big = Array.from({ length: 10 }, () => observed('step', 'x'.repeat(5000)))
    const failure = failureOf(() => store.runs.append(runId, big, noon))
    expect(failure).toMatchObject({ kind: 'workstation', code: 'disk-full' })
    expect(failure.message).toContain(file)
    expect(store.runs.summary(runId).lastSeq).toBe(1)
    expect(store.runs.append(runId, [observed('step', 'small')], noon)).toMatchObject([{ seq: 2 }])
    store.output.write(runId, 'step', 1, noon, { stream: 'output', text: 'o'.repeat(30_000) })
    expect(failureOf(() => store.output.flush()).code).toBe('disk-full')
    store.database.exec('PRAGMA max_page_count = 1000000')
    expect(store.runs.append(runId, big, noon)).toHaveLength(10)
    store.output.flush()
    expect(store.output.read(runId, 'step', 1).next).toBe(30_000)
    store.close()
    expect(openStore(file).runs.events(runId)).toHaveLength(12)
  })
})

describe('backup', () => {
  it('copies a database that is being written to, whole, and never over something', () => {
    const { store, file, runId } = storeWithRun()
    store.runs.append(runId, [observed('step', 'only in the write-ahead log so far')], noon)
    expect(backupStore(file, `${file}.copy`)).toEqual({ kind: 'consistent', files: [`${file}.copy`] })
    expect(openStore(`${file}.copy`).runs.events(runId)).toEqual(store.runs.events(runId))
    expect(failureOf(() => backupStore(file, `${file}.copy`)).code).toBe('backup-exists')
    expect(failureOf(() => backupStore(`${file}.none`, `${file}.copy2`)).code).toBe('backup-missing')
  })

  it('salvages a damaged file with its write-ahead log, byte for byte', () => {
    const { store, file, runId } = storeWithRun()
    store.runs.append(runId, [observed('step', 'x')], noon)
    const folder = mkdtempSync(join(tmpdir(), 'salvage-'))
    const damaged = join(folder, 'site.db')
    for (const suffix of ['', '-wal'])
      writeFileSync(damaged + suffix, Buffer.concat([Buffer.from('scrambled'), readFileSync(file + suffix)]))
    const copy = backupStore(damaged, join(folder, 'copy.db'))
    expect(copy.kind).toBe('salvaged')
    expect(copy.files.map((name) => basename(name))).toEqual(['copy.db', 'copy.db-wal'])
    for (const suffix of ['', '-wal'])
      expect(readFileSync(join(folder, `copy.db${suffix}`)).equals(readFileSync(damaged + suffix))).toBe(true)
  })
})

describe('migration', () => {
  /** A database as version 1 left it: what a user of that version has. */
  function versionOne(): { file: string; runId: string } {
    const { store, file, runId } = storeWithRun()
    store.runs.append(runId, [observed('step', 'x')], noon)
    store.output.write(runId, 'one', 1, noon + 5, { stream: 'output', text: 'later' })
    store.output.write(runId, 'two', 1, noon, { stream: 'output', text: 'sooner' })
    store.close()
    const old = openDatabase(file, { readonly: false })
    old.exec(
      'ALTER TABLE plan_revisions DROP COLUMN seal; DROP TABLE signatures; DROP TABLE unsaved_edits; DROP TABLE approvals; DROP TABLE control; DROP TABLE evidence; DROP TABLE output_order; DROP TABLE surveyed_hosts; DROP TABLE surveys; DROP TABLE lease; DROP TABLE requests; PRAGMA user_version = 1',
    )
    old.close()
    return { file, runId }
  }

  it('brings version 1 up to date with all its data, and keeps a copy as it was', () => {
    const { file, runId } = versionOne()
    const store = openStore(file)
    expect(store.keptCopy).toBe(`${file}.version-1`)
    expect(store.runs.events(runId)).toHaveLength(2)
    expect(store.runs.graph(runId)).toEqual(smallGraph)
    expect(store.lease.current()).toBeUndefined()
    expect(store.output.readAll(runId, { after: 0 })).toMatchObject([
      { number: 1, text: 'sooner' },
      { number: 2, text: 'later' },
    ])
    store.close()
    const copy = openDatabase(`${file}.version-1`, { readonly: true })
    expect(copy.pragma('user_version')).toBe(1)
    expect(copy.get('SELECT count(*) AS n FROM events')).toEqual({ n: 2 })
    copy.close()
    expect(openStore(file).keptCopy).toBeUndefined()
  })

  it('reads an older version without changing the file, with what is still in its write-ahead log', () => {
    const { file, runId } = versionOne()
    const writer = openStore(file, { migrations: migrations.slice(0, 1) })
    writer.pins.add({ address: 'hub01', port: 22, fingerprint: 'SHA256:abc', at: noon, by: 'ann' })
    const before = readFileSync(file)
    expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(0)
    const store = openStore(file, { readonly: true })
    expect(store.runs.events(runId)).toHaveLength(2)
    expect(store.output.readAll(runId, { after: 0 })).toMatchObject([{ number: 1 }, { number: 2 }])
    expect(store.pins.list()).toMatchObject([{ address: 'hub01' }])
    expect(store.lease.current()).toBeUndefined()
    expect(() => store.database.exec('DELETE FROM events')).toThrow(/read-only/)
    store.close()
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(writer.database.pragma('user_version')).toBe(1)
    writer.close()
  })

  it('refuses to read an older version that is too large to copy, and names the way out', () => {
    const { file } = versionOne()
    expect(refusal(file, { readonly: true, copyLimit: 1000 })).toMatchObject({
      kind: 'workstation',
      code: 'older-version',
    })
  })

  it('changes nothing where a migration fails half-way', () => {
    const { file, runId } = versionOne()
    expect(() =>
      openStore(file, { migrations: [migrations[0] ?? '', 'CREATE TABLE half (a); CREATE TABLE half (a);'] }),
    ).toThrow('half')
    const store = openStore(file)
    expect(store.keptCopy).toBe(`${file}.version-1.2`)
    expect(store.runs.events(runId)).toHaveLength(2)
  })
})
