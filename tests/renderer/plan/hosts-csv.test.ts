import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operatingSystems } from '../../../domain/plan/host.ts'
import { readPlan } from '../../../domain/plan/plan.ts'
import { newPlan } from '../../../domain/plan/site-layout.ts'
import { guessColumns } from '../../../renderer/plan/hosts/csv/columns.ts'
import { decodeText } from '../../../renderer/plan/hosts/csv/decode.ts'
import { readHosts } from '../../../renderer/plan/hosts/csv/read-hosts.ts'
import { csvText, rowsOf } from '../../../renderer/plan/hosts/csv/rows.ts'
import { hostsAsCsv, takeHosts } from '../../../renderer/plan/hosts/csv/take-hosts.ts'
import { systemName } from '../../../renderer/shared/format.ts'
import { arbitraryPlan } from '../../builders/arbitrary-plan.ts'

const plan = newPlan('pilot')
const read = (text: string, into = plan) => {
  const rows = rowsOf(text)
  return readHosts(rows, guessColumns(rows), into)
}
const cell = fc
  .string({ maxLength: 12 })
  // The other marks between cells are no part of a cell, or the text would be taken for a list with these marks.
  .map((text) =>
    text
      .replace(/[\r\0]/g, '')
      .replace(/[;\t|]/g, ' ')
      .trim(),
  )
  .filter((text) => !/^['\uFEFF]/.test(text))

describe('rows of a list', () => {
  it('come back as they were written, whatever is in the cells', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(cell, { minLength: 2, maxLength: 5 }).filter((cells) => cells.some((text) => text !== '')),
          { minLength: 1, maxLength: 6 },
        ),
        (rows) => {
          // The head decides the mark between cells, as it does in a list of hosts.
          const written = csvText([['name', 'address', 'os', 'network', 'environment', 'components'], ...rows])
          expect(
            rowsOf(written)
              .slice(1)
              .map((row) => [...row.cells]),
          ).toEqual(rows)
        },
      ),
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(1)', '\t=1+1', '\r=1+1', '\n=1+1', '＝1+1', '＋1', '－1', '＠SUM(1)'])(
    'are no formula for a spreadsheet: %j',
    (text) => {
      const written = csvText([['name'], [text]])
        .split('\r\n')
        .slice(1)
        .join('\r\n')
      expect(written.replace(/^"/, '')).toMatch(/^'/)
    },
  )

  it.each([
    ['commas', 'RUN003,10.20.14.3,Runner'],
    ['semicolons', 'RUN003;10.20.14.3;Runner'],
    ['tabs', 'RUN003\t10.20.14.3\tRunner'],
    ['bars', 'RUN003|10.20.14.3|Runner'],
    ['blanks', 'RUN003  10.20.14.3 Runner'],
    ['quotes', '"RUN003","10.20.14.3","Runner"'],
    ['a mark before it', '\uFEFFRUN003,10.20.14.3,Runner'],
    ['old line ends', 'RUN003,10.20.14.3,Runner\r\r'],
  ])('are told apart by %s', (_, text) => {
    expect(rowsOf(text)).toEqual([{ line: 1, cells: ['RUN003', '10.20.14.3', 'Runner'] }])
  })

  it('count their lines as an editor does, over cells that hold several', () => {
    expect(rowsOf('name,network\n"RUN003","two\nlines"\n\nRUN004,x').map((row) => row.line)).toEqual([1, 2, 5])
  })

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        read(text)
      }),
    )
  })
})

describe('bytes of a file', () => {
  const text = 'name;address\r\nRUN003;10.20.14.3'
  const wide = (little: boolean) =>
    Uint8Array.from(
      Array.from(text).flatMap((letter) => (little ? [letter.charCodeAt(0), 0] : [0, letter.charCodeAt(0)])),
    )
  const utf8 = new TextEncoder().encode(text)
  it.each([
    ['UTF-8', utf8],
    ['UTF-8 with a mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8])],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, ...wide(true)])],
    ['UTF-16, big end first', Uint8Array.from([0xfe, 0xff, ...wide(false)])],
    ['UTF-16 without a mark', wide(true)],
  ])('are read as %s', (_, bytes) => {
    expect(decodeText(bytes)).toMatchObject({ ok: true, text })
  })

  it('are read in the code page of Excel where they are no UTF-8', () => {
    expect(
      decodeText(Uint8Array.from([...new TextEncoder().encode('RUN003,Z'), 0xfc, ...new TextEncoder().encode('rich')])),
    ).toMatchObject({ ok: true, text: 'RUN003,Zürich', encoding: 'windows-1252' })
  })

  it.each([
    ['nothing', [], /empty/],
    ['a workbook', [0x50, 0x4b, 3, 4, 0, 1], /workbook or an archive/],
    ['an old workbook', [0xd0, 0xcf, 0x11], /old workbook/],
    ['a program', [0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 9, 9, 9], /is not text/],
  ])('of %s are refused in words', (_, bytes, why) => {
    expect(decodeText(Uint8Array.from(bytes))).toEqual({ ok: false, why: expect.stringMatching(why) as string })
  })
})

describe('a list of hosts', () => {
  it('is read by its head, in any order of columns', () => {
    expect(
      read(
        'IP Address;Computer Name;Role;Env;Operating System;Reach;Account;VLAN\n10.20.14.3;RUN003;Runner;Production;Microsoft Windows 11 Pro;winrm:5985;ops;Plant',
      ),
    ).toEqual([
      {
        line: 2,
        name: 'RUN003',
        known: false,
        problems: [],
        host: {
          name: 'RUN003',
          address: '10.20.14.3',
          os: 'windows-11-pro',
          network: 'Plant',
          environment: 'Production',
          components: [{ component: 'runner', provision: 'install' }],
          reach: { kind: 'winrm', tls: false, auth: 'ntlm', port: 5985 },
          credential: 'ops',
        },
      },
    ])
  })

  it.each([
    ['RUN 3,10.20.14.3', /Name: must be 1 to 63 letters/],
    ['RUN003,300.1.1.1', /Address: must be a DNS name or an IP address/],
    ['RUN003,10.20.14.3,Robot', /Components: Robot is not one of Hub/],
    ['name,os\nRUN003,Windows 95', /System: Windows 95 is not one of/],
    ['name,reach\nRUN003,telnet', /Reach: telnet is not a way to reach a host/],
    ['name,reach\nRUN003,ssh:99999', /Reach: must be a whole number/],
    ['name,reach\nRUN003,simulated', /only practice sites/],
    ['name,address\n,10.20.14.3', /Name: missing/],
    ['RUN003,10.0.0.1\nrun003,10.0.0.2', /run003 is already in line 1/],
  ])('says what is wrong with %j', (text, why) => {
    const rows = read(text)
    expect(rows.at(-1)?.host).toBeNull()
    expect(rows.at(-1)?.problems.join('; ')).toMatch(why)
  })

  it.each(operatingSystems)('reads %s by the name that a refusal proposes', (os) => {
    expect(read(`name,os\nRUN003,${systemName(os)}`)[0]?.host?.os).toBe(os)
  })

  it('added to any plan gives a plan; what is refused is left out', () => {
    const word = fc.constantFrom(
      'RUN900',
      'HUB01',
      'H0',
      'h1',
      'x y',
      '',
      '10.0.0.7',
      'Runner',
      'Hub + Studio',
      'PostgreSQL (existing)',
      'Production',
      'production',
      'ssh:2222',
      'auto',
      'Windows Server 2022',
      '"',
    )
    fc.assert(
      fc.property(
        arbitraryPlan,
        fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), { maxLength: 8 }),
        fc.constantFrom('merge' as const, 'replace' as const),
        (before, lines, taking) => {
          const rows = read(lines.map((cells) => cells.join(';')).join('\n'), before)
          const after = takeHosts(
            before,
            rows.flatMap((row) => row.host ?? []),
            taking,
          )
          expect(readPlan(after)).toMatchObject({ ok: true })
          if (taking === 'merge')
            expect(after.hosts.map((host) => host.name)).toEqual(
              expect.arrayContaining(before.hosts.map((host) => host.name)),
            )
        },
      ),
    )
  })

  it('written from a plan and read again changes nothing in it', () => {
    fc.assert(
      fc.property(arbitraryPlan, fc.constantFrom('merge' as const, 'replace' as const), (before, taking) => {
        const practice = { ...before, practice: { site: 'site.json' } }
        const rows = read(hostsAsCsv(practice), practice)
        expect(rows.flatMap((row) => row.problems)).toEqual([])
        expect(
          takeHosts(
            practice,
            rows.flatMap((row) => row.host ?? []),
            taking,
          ),
        ).toEqual(practice)
      }),
    )
  })
})
