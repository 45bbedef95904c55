/** Opening a database that another process is making or bringing up to date at that very moment. */
import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../main/store/database/database.ts'
import { inspect } from '../../../main/store/database/inspect.ts'
import { migrate } from '../../../main/store/database/migrate.ts'
import { migrations } from '../../../main/store/database/migrations/list.ts'
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
