/** The contract of the command line with scripts: words, shapes of JSON and exit codes, as every command shows them. */
import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatVersions } from '../../../../domain/base/formats.ts'
import { pasteable } from '../../../../domain/base/shell-quote.ts'
import { practiceSite, rollout, rolloutOnSmallDisk, scratch } from './rollout.ts'

const commands = [
  'plan new',
  'plan check',
  'plan show',
  'plan lock',
  'graph',
  'survey',
  'doctor',
  'practice',
  'run',
  'resume',
  'runs',
  'show',
  'events',
  'dossier',
  'decide',
  'pause',
  'cancel',
  'vault',
  'trust',
]

describe('every command', () => {
  test.each(commands)('%s has a help with a usage and an example, and ends with 0', async (command) => {
    const { code, stdout, stderr } = await rollout([...command.split(' '), '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`Usage: exekra-rollout ${command} `))
    expect(stdout).toMatch(new RegExp(`Example:\\n  exekra-rollout ${command} ?`))
    expect(stdout).toContain('--json')
  })

  test('is listed, with the exit codes, where no command is named; a word that is none ends with 3', async () => {
    const { code, stdout } = await rollout([])
    expect(code).toBe(0)
    for (const command of commands) expect(stdout).toContain(`exekra-rollout ${command} `)
    expect(stdout).toContain('4 waiting for you')
    expect(await rollout(['instal', '--json'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is no command "instal"') as string,
      stdout: '{"format":"exekra-rollout-error","version":1,"error":"There is no command \\"instal\\"."}\n',
    })
  })

  test('refuses words and options it does not know with 3 and the right spelling, on standard error', async () => {
    for (const words of [
      ['graph'],
      ['graph', 'a', 'b'],
      ['runs', '--colour'],
      ['decide', 'last', 'gate:hub', 'maybe', '--reason', 'x', '--db', 'no.db'],
      ['plan', 'new', '--layout', 'huge', '--out', 'x'],
      ['plan', 'new', '--layout', 'pilot', '--name', '', '--out', 'x'],
      ['plan', 'new', '--layout', 'pilot', '--name', 'x'.repeat(81), '--out', 'x'],
      ['practice'],
      ['practice', '--out', 'x', '--runners', 'many'],
    ]) {
      const { code, stdout, stderr } = await rollout(words, { cwd: scratch() })
      expect({ words, code, stdout }).toEqual({ words, code: 3, stdout: '' })
      expect(stderr).not.toBe('')
    }
  })
})

describe('with --json standard output is JSON and nothing else', () => {
  test('for every command, also when it refuses', async () => {
    const { plan, db } = await practiceSite({ faults: ['exit-1603@REDIS01'] })
    const vault = join(scratch(), 'vault.json')
    const step = 'prerequisites/REDIS01/run-installer:redis'
    const calls: readonly (readonly [code: number, ...words: string[]])[] = [
      [0, 'plan', 'new', '--layout', 'pilot', '--out', join(scratch(), 'new.json')],
      [0, 'plan', 'check', plan],
      [0, 'plan', 'show', plan],
      [0, 'plan', 'lock', plan, '--db', db],
      [0, 'graph', plan],
      [0, 'survey', plan, '--db', db],
      [0, 'practice', '--out', join(scratch(), 'p'), '--runners', '1'],
      [1, 'run', plan, '--db', db],
      [0, 'runs', '--db', db],
      [0, 'show', 'last', '--db', db],
      [0, 'show', 'last', '--db', db, '--output', step],
      [0, 'events', 'last', '--db', db],
      [0, 'decide', 'last', step, 'retry', '--reason', 'r', '--db', db],
      [4, 'resume', 'last', '--db', db],
      [6, 'dossier', 'last', '--db', db],
      [0, 'cancel', 'last', '--reason', 'r', '--db', db],
      [3, 'pause', 'last', '--reason', 'r', '--db', db],
      [5, 'resume', 'last', '--db', db],
      [0, 'dossier', 'last', '--db', db],
      [0, 'vault', 'list', '--vault', vault],
      [3, 'show', 'nothing', '--db', db],
      [3, 'plan', 'check', 'nothing.json'],
      [3, 'doctor', 'HUB01', '--plan', plan, '--db', db],
      [3, 'graph'],
      [0, 'graph', '--help'],
      [0, '--version'],
      [0, 'dossier', 'last', '--db', db, '--out', join(scratch(), 'summary.html')],
      [0, 'runs', '--db', db, '--backup', join(scratch(), 'copy.db')],
      [0, 'vault', 'set', 'site-admin', '--kind', 'agent', '--user', 'admin', '--vault', vault, '--db', db],
      [0, 'trust', 'list', '--db', db],
      [1, 'doctor', 'winrm://127.0.0.1:1', '--wait', '1', '--db', db],
    ]
    const printed = new Set<string>()
    for (const [code, ...words] of calls) {
      const ended = await rollout([...words, '--json'], { env: { ROLLOUT_VAULT_PASSPHRASE: 'a passphrase for this' } })
      expect({ words, code: ended.code, stderr: code === 0 ? ended.stderr : '' }).toEqual({ words, code, stderr: '' })
      for (const { format, version } of ended.json()) printed.add(`${String(format)} ${String(version)}`)
      if (code === 3 && words[0] !== 'graph')
        expect(ended.json(), words.join(' ')).toEqual([
          expect.objectContaining({ error: expect.any(String) as string }),
        ])
    }
    // trust.test.ts prints two more; the window alone exports the audit.
    const elsewhere = ['host-keys-imported', 'host-key-removed', 'audit']
    const known = Object.entries(formatVersions).filter(([name]) => !elsewhere.includes(name))
    expect([...printed].sort()).toEqual(known.map(([name, version]) => `exekra-rollout-${name} ${version}`).sort())
  }, 120_000)

  test('every format and version is in the table of the guide, and no other', () => {
    const guide = readFileSync(new URL('../../../../docs/guide/json-and-events.md', import.meta.url), 'utf8')
    const rows = [...guide.matchAll(/^\| `(exekra-rollout-[a-z-]+)` +\| (\d+) /gm)].map(([, name, version]) => [
      name,
      version,
    ])
    expect(rows.sort()).toEqual(
      Object.entries(formatVersions)
        .map(([name, version]) => [`exekra-rollout-${name}`, String(version)])
        .sort(),
    )
  })
})

describe('plans', () => {
  test.each(['pilot', 'enterprise'])(
    'plan new writes a %s that reads and whose findings say what is still open; it overwrites nothing',
    async (layout) => {
      const file = join(scratch(), 'site.json')
      expect(await rollout(['plan', 'new', '--layout', layout, '--out', file])).toMatchObject({ code: 0, stderr: '' })
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
        format: 'exekra-rollout-plan',
        version: 1,
        layout,
      })
      const checked = await rollout(['plan', 'check', file, '--json'])
      expect(checked.code).toBe(2)
      const [{ findings }] = checked.json() as [{ findings: Record<string, string>[] }]
      expect(findings.length).toBeGreaterThan(5)
      for (const finding of findings) {
        expect(Object.keys(finding)).toEqual(
          expect.arrayContaining(['check', 'severity', 'subject', 'about', 'message', 'source', 'remedy']),
        )
        expect(['pass', 'warn', 'block']).toContain(finding['severity'])
      }
      expect((await rollout(['plan', 'new', '--layout', layout, '--out', file])).code).toBe(3)
      for (const words of [
        ['graph', file],
        ['run', file, '--db', join(scratch(), 'x.db')],
        ['plan', 'lock', file, '--db', join(scratch(), 'x.db')],
      ]) {
        const refused = await rollout([...words, '--json'])
        expect(refused.code).toBe(2)
        expect(refused.json()).toMatchObject([
          { findings: expect.arrayContaining([expect.objectContaining({ severity: 'block' })]) as unknown },
        ])
      }
    },
    30_000,
  )

  test('plan show gives hosts, placements and the firewall matrix; graph gives stages and steps', async () => {
    const { plan } = await practiceSite()
    const [shown] = (await rollout(['plan', 'show', plan, '--json'])).json()
    expect(shown).toMatchObject({
      layout: 'enterprise',
      hosts: expect.any(Array) as unknown,
      placements: expect.any(Array) as unknown,
    })
    expect((shown?.['flows'] as Record<string, unknown>[])[0]).toMatchObject({
      from: expect.any(String) as string,
      to: expect.any(String) as string,
      port: expect.any(Number) as number,
      why: expect.any(String) as string,
    })
    const [graph] = (await rollout(['graph', plan, '--json'])).json() as [
      { stages: { name: string }[]; steps: Record<string, unknown>[] },
    ]
    expect(graph.stages.map(({ name }) => name)).toEqual(['prerequisites', 'hub', 'studio', 'runner', 'acceptance'])
    const known = new Set(graph.steps.map(({ id }) => id))
    expect(known.size).toBe(graph.steps.length)
    for (const step of graph.steps) {
      expect(step).toMatchObject({
        id: expect.any(String) as string,
        kind: expect.any(String) as string,
        host: expect.any(String) as string,
        stage: expect.any(String) as string,
        wave: expect.any(Number) as number,
        after: expect.any(Array) as unknown,
      })
    }
  })

  test('plan lock gives the same revision for the same content, and a new one with a new hash after an edit; run holds to --hash', async () => {
    const { plan, db } = await practiceSite()
    const lock = async () => (await rollout(['plan', 'lock', plan, '--db', db, '--json'])).json()[0]
    const first = await lock()
    expect(first).toEqual({
      format: 'exekra-rollout-plan-lock',
      version: 1,
      planId: expect.any(String) as string,
      revision: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    const document = JSON.parse(readFileSync(plan, 'utf8')) as Record<string, unknown>
    writeFileSync(plan, JSON.stringify(document, null, 8))
    expect(await lock()).toEqual(first)
    writeFileSync(
      plan,
      JSON.stringify({
        ...document,
        environments: [{ name: 'Development' }, { name: 'Staging' }, { name: 'Production' }, { name: 'Edited' }],
      }),
    )
    const second = await lock()
    expect(second).toMatchObject({ planId: first?.['planId'], revision: 2 })
    expect(second?.['hash']).not.toBe(first?.['hash'])
    const refused = await rollout(['run', plan, '--db', db, '--hash', String(first?.['hash'])])
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('not the approved plan') as string })
  })
})

test('commands that are printed to be copied have their paths quoted where a shell needs it', async () => {
  const cwd = scratch()
  const word = (path: string) => pasteable(path, process.platform)
  const [plan, db] = [join('prac tice', 'site.json'), join('prac tice', 'practice.db')]
  const says = async (text: string, ...words: string[]) => {
    const { stdout, stderr } = await rollout(words, { cwd })
    expect(`${stdout}${stderr}`).toContain(text)
  }
  await says(
    `exekra-rollout run ${word(plan)} --db ${word(db)}\n`,
    'practice',
    '--out',
    'prac tice',
    '--virtual',
    '--runners',
    '1',
    '--studios',
    '1',
    '--fault',
    'exit-1603@REDIS01',
  )
  await says(
    `exekra-rollout plan check ${word('my site.json')}\n`,
    'plan',
    'new',
    '--layout',
    'pilot',
    '--out',
    'my site.json',
  )
  // One choice is in the command, the others beside it: bars would be pipes.
  await says(
    `run-installer:redis retry --reason "..." --db ${word(db)}\n  or, instead of retry: fixed, `,
    'run',
    plan,
    '--db',
    db,
  )
  await says(`--db ${word(join(cwd, db))}`, 'run', plan, '--db', db)
  await says(`exekra-rollout resume `, 'show', 'last', '--db', db)
  await says(` --db ${word(db)}\n`, 'show', 'last', '--db', db)
}, 30_000)

describe('input that is none', () => {
  test('is refused with 3, in words that name it', async () => {
    const dir = scratch()
    const file = (name: string, text: string | Buffer) => {
      writeFileSync(join(dir, name), text)
      return join(dir, name)
    }
    const good = readFileSync((await practiceSite()).plan, 'utf8')
    const document = JSON.parse(good) as { hosts: unknown[] }
    const huge = file('huge.json', '{}')
    truncateSync(huge, 65 * 2 ** 20)
    const cases: readonly (readonly [string, RegExp])[] = [
      [
        join(dir, 'missing.json'),
        /^There is no file .*missing\.json\. Check .*\nCreate a plan there with: exekra-rollout plan new --layout enterprise --out .*missing\.json\n$/,
      ],
      [join(file('text.txt', ''), 'site.json'), /^There is no file /],
      [dir, /^.* is a folder\. Name the file in it\.\n$/],
      [(await practiceSite()).dir, /is a folder.*\nThe folder contains a plan: .*site\.json$/m],
      [file('text.json', 'hosts: [a]'), /is not JSON/],
      [file('empty.json', ''), /is not JSON: it is empty/],
      [file('comma.json', good.replace('"hosts": [', '"hosts": [,')), /is not JSON: see line \d+, character \d+/],
      [file('cut.json', good.slice(0, -20)), /it ends in the middle/],
      [file('latin1.json', Buffer.from(good.replace('Practice', 'Übung'), 'latin1')), /UTF-8/],
      [
        file('same-key.json', good.replace('"hosts":', '"name": "Other",\n"hosts":')),
        /^ {2}name: is in the file twice, in lines 4 and \d+\. Keep/m,
      ],
      [huge, /A plan has at most 67 MB/],
      [file('list.json', '[]'), /object/i],
      [file('keys.json', JSON.stringify({ ...document, colour: 'red' })), /colour/],
      [file('type.json', JSON.stringify({ ...document, hosts: 'all' })), /hosts/],
      [file('twice.json', JSON.stringify({ ...document, hosts: [...document.hosts, document.hosts[0]] })), /HUB01/],
    ]
    for (const [path, says] of cases) {
      const { code, stderr, stdout } = await rollout(['plan', 'check', path])
      expect({ path, code, stdout }).toEqual({ path, code: 3, stdout: '' })
      expect(stderr).toMatch(says)
    }
    // Editors of Windows write it; it is no fault of the plan.
    writeFileSync(join((await practiceSite()).dir, 'x'), '')
    const { plan } = await practiceSite()
    const marked = Buffer.from(`\uFEFF${good}`, 'utf16le')
    for (const bytes of [
      Buffer.from(`\uFEFF${good}`),
      marked,
      Buffer.from(marked).swap16(),
      Buffer.from(good, 'utf16le'),
    ]) {
      writeFileSync(plan, bytes)
      expect((await rollout(['plan', 'check', plan])).code).toBe(0)
    }
  }, 60_000)

  test.skipIf(process.platform === 'win32')(
    'a practice site on a disk that fills up leaves nothing of itself, and an earlier site as it was (needs a POSIX shell)',
    () => {
      const dir = join(scratch(), 'site')
      for (const kibibytes of [1, 20, 120]) {
        const { code, stderr } = rolloutOnSmallDisk(['practice', '--out', dir], kibibytes)
        expect(code).toBe(3)
        expect(stderr).toContain('Name a folder that you may write to, on a disk with free space.')
        expect(existsSync(dir)).toBe(false)
      }
      expect(rolloutOnSmallDisk(['practice', '--out', dir], 100_000).code).toBe(0)
      const before = filesOf(dir)
      expect(rolloutOnSmallDisk(['practice', '--out', dir, '--runners', '9'], 20).code).toBe(3)
      expect(filesOf(dir)).toEqual(before)
      expect(rolloutOnSmallDisk(['practice', '--out', dir, '--runners', '9'], 100_000).code).toBe(0)
      expect(filesOf(dir)).not.toEqual(before)
    },
    30_000,
  )

  test('faults of a practice site that cannot be are refused with what is possible, and leave no site', async () => {
    for (const fault of [
      'nonsense',
      'explode@RUN001',
      'exit-1603@RUN099',
      'exit-1603@RUN001:open-port',
      'drop@RUN001*0',
    ]) {
      const dir = join(scratch(), 'p')
      const { code, stderr } = await rollout(['practice', '--out', dir, '--runners', '1', '--fault', fault])
      expect({ fault, code }).toEqual({ fault, code: 3 })
      expect(stderr).toContain(fault.split('@')[0])
      expect((await rollout(['plan', 'check', join(dir, 'site.json')])).code).toBe(3)
    }
    const made = await rollout([
      'practice',
      '--out',
      join(scratch(), 'p'),
      '--runners',
      '2',
      '--fault',
      'exit-1618@RUN002*4',
      '--fault',
      'slow@HUB01',
      '--json',
    ])
    expect(made.json()[0]).toMatchObject({ faults: ['exit-1618@RUN002*4', 'slow@HUB01'] })
  }, 30_000)

  test('runs, gates and reasons that are not there', async () => {
    const { plan, db } = await practiceSite()
    const refused = async (says: RegExp, ...words: string[]) => {
      const { code, stderr } = await rollout(words)
      expect({ words, code }).toEqual({ words, code: 3 })
      expect(stderr).toMatch(says)
    }
    for (const words of [
      ['show', 'last'],
      ['resume', 'last'],
      ['decide', 'last', 'gate:hub', 'open'],
      ['cancel', 'last', '--reason', 'r'],
      ['trust', 'list'],
    ])
      await refused(/There is no database .*--db FILE/, ...words, '--db', db)
    expect(existsSync(db)).toBe(false)
    expect((await rollout(['run', plan, '--db', db])).code).toBe(4)
    await refused(/There is no run run-1.*Its only run is run-/, 'show', 'run-1', '--db', db)
    await refused(
      /gate:studio is not waiting.*\n?.*gate:hub/s,
      'decide',
      'last',
      'gate:studio',
      'open',
      '--reason',
      'r',
      '--db',
      db,
    )
    await refused(/There is no step nowhere/, 'decide', 'last', 'nowhere', 'retry', '--reason', 'r', '--db', db)
    await refused(/--reason is missing/, 'decide', 'last', 'hub/HUB01/reach-host', 'skip', '--db', db)
    await refused(/--reason is missing/, 'cancel', 'last', '--db', db)
    await refused(/needs a reason/, 'decide', 'last', 'hub/HUB01/reach-host', 'skip', '--reason', ' ', '--db', db)
    await refused(/There is no step|no step/, 'show', 'last', '--db', db, '--output', 'nowhere')
  }, 30_000)
})

test('70 is for what no input explains: an error of ours is said to be one, with its stack', async () => {
  const { plan } = await practiceSite()
  // Only inside the command: modules may use it while they are loaded.
  const script = `const flatMap = Array.prototype.flatMap
    Array.prototype.flatMap = function (...given) {
      if (new Error().stack.includes('commands/plan.ts')) throw new TypeError('broken on purpose')
      return flatMap.apply(this, given)
    }`
  const broken = `--import=data:text/javascript,${encodeURIComponent(script)}`
  const { code, stdout, stderr } = await rollout(['plan', 'show', plan], { env: { NODE_OPTIONS: broken } })
  expect({ code, stdout }).toEqual({ code: 70, stdout: '' })
  expect(stderr).toContain('Rollout met an unexpected error: broken on purpose')
  expect(stderr).toMatch(/Report it/)
})

/** Every file of a folder with its SHA-256, without what SQLite keeps beside a database that is being read. */
function filesOf(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name),
  )
  return Object.fromEntries(
    files.map(({ name, parentPath }) => [name, hash('sha256', readFileSync(join(parentPath, name)))]),
  )
}
