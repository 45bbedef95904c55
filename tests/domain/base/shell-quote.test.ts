/** A printed command can be pasted: the shell passes on the exact path. */
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { pasteable } from '../../../domain/base/shell-quote.ts'
import { labPowerShell } from '../../main/transports/local/lab-powershell.ts'

const { executable, unavailable } = labPowerShell()

const paths = [
  'site.json',
  '/srv/site.db',
  'prac tice/site.json',
  "Anna's site",
  'a"b',
  '$HOME/x',
  '`id`',
  'a;b',
  'a&b',
  '~/x',
  '-site.json',
  'Übung/plan.json',
  'a*b?',
  'back\\slash',
  '(1)',
  '!x',
  '=ls',
  '#x',
  '',
  'two\nlines',
]

describe('a path in a command', () => {
  test.skipIf(process.platform === 'win32').each(paths)('%j arrives through a shell as it is', (path) => {
    const told = execFileSync('/bin/sh', ['-c', `printf %s ${pasteable(path, 'linux')}`], { encoding: 'utf8' })
    expect(told).toBe(path.startsWith('-') ? `./${path}` : path)
  })

  test.skipIf(unavailable !== undefined)(
    `arrives on Windows through PowerShell as it is, whatever quotes are in it${unavailable === undefined ? '' : ` [needs ${unavailable}]`}`,
    () => {
      const names = [
        'a b',
        "Anna's site",
        'dollar $HOME',
        'tick `id`',
        'a ”; Write-Error INJECTED; “b',
        'a ’ $x ‘b',
        'a „$(1)‚ ‛b',
      ]
      const words = names.map((name) => `[Console]::Out.WriteLine(${pasteable(name, 'win32')})`)
      const script = Buffer.from(
        `[Console]::OutputEncoding = [Text.UTF8Encoding]::new()\n${words.join('\n')}`,
        'utf16le',
      )
      const told = execFileSync(executable, ['-NoProfile', '-EncodedCommand', script.toString('base64')], {
        encoding: 'utf8',
      })
      expect(told.trim().split(/\r?\n/)).toEqual(names)
    },
  )

  test('stays without quotes where it needs none', () => {
    expect(pasteable('/srv/exekra/site-1.db', 'darwin')).toBe('/srv/exekra/site-1.db')
    expect(pasteable('C:\\Exekra\\site-1.db', 'win32')).toBe('C:\\Exekra\\site-1.db')
  })

  test('stands on Windows in quotes that cmd.exe and PowerShell both know, but for what PowerShell would fill in', () => {
    expect(pasteable('C:\\Program Files\\site.db', 'win32')).toBe('"C:\\Program Files\\site.db"')
    expect(pasteable("C:\\Anna's\\site.db", 'win32')).toBe('"C:\\Anna\'s\\site.db"')
    expect(pasteable('C:\\a&b,c', 'win32')).toBe('"C:\\a&b,c"')
    expect(pasteable('C:\\two words\\', 'win32')).toBe('"C:\\two words\\\\"')
    expect(pasteable("\\\\host\\C$\\Anna's", 'win32')).toBe("'\\\\host\\C$\\Anna''s'")
    expect(pasteable('-site.json', 'win32')).toBe('.\\-site.json')
  })
})
