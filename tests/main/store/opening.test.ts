/** Opening a database that another process is making or bringing up to date at that very moment. */
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { expect, test } from 'vitest'
import { backupStore } from '../../../main/store/backup.ts'
import { openDatabase } from '../../../main/store/database/database.ts'
import { inspect } from '../../../main/store/database/inspect.ts'
import { migrate } from '../../../main/store/database/migrate.ts'
import { migrations } from '../../../main/store/database/migrations/list.ts'
import { openStore } from '../../../main/store/store.ts'
import { freshFile } from './site.ts'

test('rung 1: what another process changes between two reads is not taken for damage', () => {
  const file = freshFile()
  const other = openDatabase(file, { readonly: false, create: true })
  migrate(other, migrations.slice(0, 1))
  let reads = 0
  const found = inspect(file, migrations, (name, how) => {
    const database = openDatabase(name, how)
    return {
      ...database,
      pragma: (text) => {
        const value = database.pragma(text)
        if (reads++ === 0) migrate(other, migrations)
        return value
      },
    }
  })
  expect(found).toEqual({ kind: 'ours', version: 1 })
  expect(inspect(file, migrations)).toEqual({ kind: 'ours', version: migrations.length })
  other.close()
})

test('rung 1: a new database is made at once: nobody sees it half made, or keeps a copy of that', () => {
  const file = freshFile()
  const other = openDatabase(file, { readonly: false, create: true })
  const made = openDatabase(file, { readonly: false, create: true })
  const seen: unknown[] = []
  migrate(
    {
      ...made,
      exec: (sql) => {
        made.exec(sql)
        seen.push(other.pragma('user_version'))
      },
    },
    migrations,
  )
  expect(new Set(seen)).toEqual(new Set([0]))
  expect(other.pragma('user_version')).toBe(migrations.length)
  expect(readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.version`))).toEqual([])
  other.close()
  made.close()
})

test.skipIf(process.platform === 'win32')(
  'rung 1: a new database, its write-ahead log and a backup of it are for their owner only',
  () => {
    const file = freshFile()
    const store = openStore(file)
    const copy = `${file}.copy`
    expect(backupStore(file, copy)).toEqual({ kind: 'consistent', files: [copy] })
    for (const one of [file, `${file}-wal`, `${file}-shm`, copy]) expect(statSync(one).mode & 0o777, one).toBe(0o600)
    store.close()
  },
)

test('rung 1: what a writing connection asks of the disk', () => {
  const database = openDatabase(freshFile(), { readonly: false, create: true })
  const settings = ['journal_mode', 'synchronous', 'fullfsync', 'checkpoint_fullfsync'] as const
  expect(settings.map((name) => database.pragma(name))).toEqual(['wal', 2, 1, 1])
  database.close()
})
