import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlan } from '../../../domain/plan/plan.ts'
import { enterpriseDocument, pilotDocument } from '../../builders/plan.ts'

const badName = 'must be 1 to 63 letters, digits, dots, dashes or underscores, the first and the last a letter or digit'
const badAddress = 'must be a DNS name or an IP address, without scheme, port or path'
const badPort = 'must be a whole number from 1 to 65535'

// What the writer did, where it is refused, and what the refusal says would be right.
const refusals: [string, (document: object) => void, string, string | RegExp][] = [
  [
    'an unknown key at the top',
    at('colour', 'red'),
    'colour',
    'is not a key of a plan. Remove it or correct its spelling',
  ],
  ['an unknown key of a host', at('hosts[1].ip', '10.0.0.1'), 'hosts[1].ip', /not a key of a plan/],
  [
    'an unknown way to reach a host',
    at('hosts[1].reach', { kind: 'telnet' }),
    'hosts[1].reach.kind',
    'must be one of ssh, winrm, auto, local, simulated, unmanaged, not "telnet"',
  ],
  ['a missing reach', at('hosts[1].reach', undefined), 'hosts[1].reach', 'is missing. It must be an object {...}'],
  ['hosts that are no list', at('hosts', 'HUB01;10.0.0.1'), 'hosts', 'must be a list [...], not text'],
  ['a port as text', at('hub.httpsPort', '4545'), 'hub.httpsPort', badPort],
  ['port 0', at('hub.httpsPort', 0), 'hub.httpsPort', badPort],
  ['a port above 65535', at('database.port', 70_000), 'database.port', badPort],
  ['a missing database port, which Exekra does not state', at('database.port', undefined), 'database.port', badPort],
  ['a mistyped IP address', at('hosts[0].address', '300.1.1.1'), 'hosts[0].address', badAddress],
  ['a URL as an address', at('hosts[0].address', 'http://x'), 'hosts[0].address', badAddress],
  ['an address with a port', at('hosts[0].address', '10.0.0.1:22'), 'hosts[0].address', badAddress],
  ['an address with a line end', at('hosts[0].address', '10.0.0.1\n'), 'hosts[0].address', badAddress],
  ['a spreadsheet row as an address', at('hosts[0].address', 'HUB01;10.0.0.1'), 'hosts[0].address', badAddress],
  ['a spreadsheet row as a name', at('hosts[0].name', 'HUB01,10.0.0.1,server'), 'hosts[0].name', badName],
  ['a name that begins with a dash', at('hosts[0].name', '-x-'), 'hosts[0].name', badName],
  ['a bracketed IPv6 address for the Hub', at('hub.address', '[::1]'), 'hub.address', badAddress],
  [
    'two hosts that differ in case only',
    at('hosts[4]', { name: 'hub01', address: '10.20.9.9', reach: { kind: 'simulated' } }),
    'hosts[4].name',
    'must be a unique name, but hub01 is already the name of hosts[0]',
  ],
  [
    'two environments that differ in case only',
    at('environments', [{ name: 'Production' }, { name: 'production' }]),
    'environments[1].name',
    /already the name of environments\[0\]/,
  ],
  [
    'a placement on a host that is not there',
    at('placements[0].host', 'DB09'),
    'placements[0].host',
    'must be the name of a host, but the plan has no host DB09, only HUB01, STUDIO01, RUN001, RUN002',
  ],
  [
    'a placement in the wrong case',
    at('placements[0].host', 'hub01'),
    'placements[0].host',
    'must be HUB01, not hub01: upper and lower case letters differ in names',
  ],
  [
    'the same placement twice',
    at('placements[5]', { component: 'postgresql', host: 'HUB01', provision: 'existing' }),
    'placements[5]',
    'must be listed once, but postgresql on HUB01 is listed twice',
  ],
  [
    'an environment that is not there',
    at('placements[3].environment', 'Prod'),
    'placements[3].environment',
    'must be the name of an environment, but the plan has no environment Prod',
  ],
  [
    'an unknown component',
    at('placements[0].component', 'orchestrator'),
    'placements[0].component',
    'must be one of hub, postgresql, redis, studio, runner, not "orchestrator"',
  ],
  ['an unknown layout', at('layout', 'medium'), 'layout', 'must be one of pilot, enterprise, not "medium"'],
  ['a plan of a later version', at('version', 2), 'version', 'must be 1, not 2'],
  ['another kind of document', at('format', 'recipe'), 'format', 'must be "exekra-rollout-plan", not "recipe"'],
  ['a redis without its port', at('redis', { kind: 'placed' }), 'redis.port', badPort],
  [
    'a short certificate hash',
    at('certificate', { strategy: 'operator', sha256: 'abc' }),
    'certificate.sha256',
    'must be the 64 hexadecimal digits of a SHA-256',
  ],
  [
    'an unknown licence mode',
    at('licence', { mode: 'offline' }),
    'licence.mode',
    'must be one of online, air-gapped, not "offline"',
  ],
  [
    'a variable name with a dash',
    at('installers.hub.environment', { 'A-B': { text: 'x' } }),
    'installers.hub.environment.A-B',
    /must be the name of an environment variable/,
  ],
  [
    'a bare environment value',
    at('installers.hub.environment', { A: 'x' }),
    'installers.hub.environment.A',
    'must be {"text": "..."} or {"secret": "name of a vault entry"}',
  ],
  [
    'arguments as one text',
    at('installers.hub.arguments', '/S /D=C:\\x'),
    'installers.hub.arguments',
    'must be a list [...], not text',
  ],
  [
    'an installer that cannot be detected',
    at('installers.hub.detect', undefined),
    'installers.hub.detect',
    'is missing. It must be an object {...}',
  ],
  [
    'an empty detection',
    at('installers.hub.detect', {}),
    'installers.hub.detect',
    'must name an installed program (uninstallName), a file or a service',
  ],
  [
    'an unknown installer mode',
    at('installers.hub.mode', 'silent'),
    'installers.hub.mode',
    'must be one of unattended, by-hand, not "silent"',
  ],
  [
    'instructions without a line',
    at('installers.hub', { mode: 'by-hand', instructions: [], detect: { file: 'x' } }),
    'installers.hub.instructions',
    'must have at least 1 entry',
  ],
  [
    'a batch of nothing',
    at('rollout', { waves: { runner: { batch: '0%' } } }),
    'rollout.waves.runner.batch',
    'must be a number of hosts, 1 or more, or a percentage such as "25%"',
  ],
  [
    'an unknown stage',
    at('rollout', { stageConcurrency: { hubs: 2 } }),
    'rollout.stageConcurrency.hubs',
    /not a key of a plan/,
  ],
  [
    'a work folder on a share',
    at('hosts[0].workFolder', '\\\\server\\share'),
    'hosts[0].workFolder',
    /absolute local folder/,
  ],
  [
    'a secret in place of its name',
    at('hosts[0].credential', 'p@ss word!'),
    'hosts[0].credential',
    /^must be the name of a vault entry: 1 to 100 letters/,
  ],
  [
    'an old host key format',
    at('hosts[0].reach', { kind: 'ssh', hostKey: 'MD5:00:11' }),
    'hosts[0].reach.hostKey',
    /SHA256:/,
  ],
  [
    'WinRM with a password in clear text',
    at('hosts[0].reach', { kind: 'winrm', tls: false, auth: 'basic' }),
    'hosts[0].reach.auth',
    /only NTLM encrypts such traffic/,
  ],
  [
    'an unknown way to sign in',
    at('hosts[0].reach', { kind: 'winrm', auth: 'digest' }),
    'hosts[0].reach.auth',
    'must be one of ntlm, basic, certificate, kerberos, not "digest"',
  ],
  [
    'a certificate that is no fingerprint',
    at('hosts[0].reach', { kind: 'winrm', certificate: 'AB:CD' }),
    'hosts[0].reach.certificate',
    /64 hexadecimal digits/,
  ],
  [
    'a version with decimals as text',
    at('database.version', '16.4'),
    'database.version',
    'must be a whole number, 1 or more, such as 16',
  ],
  ['an empty name', at('name', ''), 'name', 'must not be empty'],
]

describe('reading a plan', () => {
  it.each(refusals)('refuses %s with its path and what would be right', (_, spoil, path, message) => {
    const document = pilotDocument()
    spoil(document)
    const reading = readPlan(document)
    expect(reading.ok).toBe(false)
    const problems = reading.ok ? [] : reading.problems
    expect(problems.map((problem) => problem.path)).toContain(path)
    expect(problems.find((problem) => problem.path === path)?.message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    )
  })

  it('tells all that is wrong at once', () => {
    const reading = readPlan({ ...pilotDocument(), layout: 'large', licence: { mode: 'none' }, colour: 1 })
    expect(reading.ok ? [] : reading.problems.map((problem) => problem.path).sort()).toEqual([
      'colour',
      'layout',
      'licence.mode',
    ])
  })

  it.each([null, undefined, 7, 'plan', [], true])('refuses %j as a document', (json) => {
    const reading = readPlan(json)
    expect(reading.ok ? [] : reading.problems[0]?.path).toBe('(the document)')
  })

  it('never repeats a text that may be a secret in the wrong place', () => {
    const document = pilotDocument()
    at('hosts[0].credential', 'hunter2 ! hunter2')(document)
    at('licence.mode', 'sup3r$ecret/value')(document)
    expect(JSON.stringify(readPlan(document))).not.toMatch(/hunter2|sup3r/)
  })

  it('gives what it read back unchanged when it is written and read again', () => {
    for (const document of [pilotDocument(), enterpriseDocument()]) {
      const first = readPlan(document)
      const again = readPlan(JSON.parse(JSON.stringify(first.ok ? first.plan : null)))
      expect(again).toEqual(first)
    }
  })

  it('accepts hashes in any case and keeps one', () => {
    const document = pilotDocument()
    document.certificate = { strategy: 'operator', sha256: 'AB'.repeat(32) }
    const reading = readPlan(document)
    expect(reading.ok && reading.plan.certificate).toMatchObject({ sha256: 'ab'.repeat(32) })
  })

  it('never throws, whatever the JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => void readPlan(json)))
  })

  it('never throws for a plan with any part replaced, and names a path for every refusal', () => {
    const paths = leavesOf(enterpriseDocument({ runners: 2, studios: 1 }))
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 2 }), (path, value) => {
        const document = enterpriseDocument({ runners: 2, studios: 1 })
        put(document, path, value)
        const reading = readPlan(document)
        if (!reading.ok)
          for (const problem of reading.problems)
            expect(problem.path.length * problem.message.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('stays linear in huge documents, right or wrong', () => {
    const right = readPlan(enterpriseDocument({ runners: 5_000 }))
    expect(right.ok).toBe(true)
    const wrong = enterpriseDocument({ runners: 5_000 })
    for (const placement of wrong.placements) placement.host = `${placement.host}-gone`
    const reading = readPlan(wrong)
    expect(reading.ok ? 0 : reading.problems.length).toBe(5_005)
    const long = readPlan({ ...pilotDocument(), hub: { address: 'a.'.repeat(500_000) }, name: 'n'.repeat(1_000_000) })
    expect(long.ok ? [] : long.problems.map((problem) => problem.path)).toEqual(['name', 'hub.address'])
  })
})

function leavesOf(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at]
  return [
    at,
    ...Object.entries(value).flatMap(([key, inner]) =>
      leavesOf(inner, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ].filter((path) => path.length > 0)
}

/** Puts a value (undefined: nothing) at a path such as hosts[2].address. */
function at(path: string, value: unknown): (document: object) => void {
  return (document) =>
    put(
      document,
      path.split(/[.[\]]+/).filter((key) => key !== ''),
      value,
    )
}

function put(document: object, path: readonly (string | number)[], value: unknown): void {
  const last = path.at(-1)
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], document) as Record<string, unknown>
  if (last === undefined) return
  if (value === undefined) Reflect.deleteProperty(parent, last)
  else parent[last] = value
}
