import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  documentedServices,
  hubBackendPort,
  isOperatorSupplied,
  openQuestions,
  readCatalogue,
  sources,
} from '../../../domain/plan/catalogue.ts'
import { adviseLayout, bandsFor } from '../../../domain/plan/sizing.ts'
import { catalogue } from '../../builders/judge.ts'

// Every page of the documentation that was ever seen, written out here once more on purpose.
const knownPages = [
  'https://exekra.com/docs',
  'https://exekra.com/docs/architecture-overview',
  'https://exekra.com/docs/service-management',
  'https://exekra.com/docs/scaling-and-performance',
  'https://exekra.com/docs/license-management',
  'https://exekra.com/docs/deployment-planning',
  'https://exekra.com/docs/runners',
  'https://exekra.com/docs/trigger-engine',
  'https://exekra.com/docs/execution-lifecycle',
  'https://exekra.com/docs/api-reference',
  'https://exekra.com/docs/browser-extension',
  'https://exekra.com/docs/security-model',
  'https://exekra.com/docs/administration-guide',
  'https://exekra.com/docs/core-concepts',
  'https://exekra.com/privacy',
]

// What no page says and a rollout needs: each must be asked of the operator, never answered by us.
const mustBeAsked = [
  'components.hub.hardware',
  'components.hub.installer',
  'components.hub.version',
  'components.postgresql.ports',
  'components.postgresql.version',
  'components.redis.ports',
  'components.redis.version',
  'components.studio.operatingSystem',
  'components.studio.installDirectory',
  'components.studio.installer',
  'components.studio.logs',
  'components.studio.services',
  'components.runner.operatingSystem',
  'components.runner.installDirectory',
  'components.runner.installer',
  'components.runner.logs',
  'components.runner.services',
  'components.runner.hardware',
  'unattended-installation',
  'installer-wizard',
  'installer-signature',
  'hardware',
  'client-operating-system',
  'postgresql-port',
  'redis-port',
  'database-name-and-privileges',
  'configuration-files',
  'environment-variables',
  'service-account',
  'nssm-location',
  'certificate-format',
  'certificate-trust',
  'health-endpoint',
  'runner-endpoints',
  'runner-setup',
  'runner-session',
  'studio-and-runner-paths',
  'installer-firewall-rule',
  'proxy',
  'host-name-rules',
  'portal-address',
  'licence-binding',
  'upgrade',
  'uninstall',
]

const shipped = () =>
  JSON.parse(readFileSync(new URL('../../../resources/catalogue/exekra.json', import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >

describe('the catalogue of Exekra', () => {
  it('quotes nothing but the 15 known pages', () => {
    const quoted = [...JSON.stringify(catalogue).matchAll(/https:\/\/[^"\\\s,]+/g)].map(([url]) => url)
    expect(quoted.length).toBeGreaterThan(100)
    expect([...new Set(quoted)].filter((url) => !knownPages.includes(url))).toEqual([])
    expect(catalogue.pages.map((page) => page.url).sort()).toEqual(knownPages.toSorted())
    expect(Object.values(sources).map((source) => source.split(' ')[1])).toEqual(
      catalogue.pages.map((page) => page.url),
    )
  })

  it('gives every fact a source', () => {
    const without = nodesOf(catalogue).filter(
      (node) => 'value' in node && !(Array.isArray(node['source']) && node['source'].length > 0),
    )
    expect(without).toEqual([])
  })

  it('asks the operator for everything no page says', () => {
    const asked = openQuestions(catalogue).map((question) => question.at)
    expect(mustBeAsked.filter((topic) => !asked.includes(topic))).toEqual([])
  })

  it('names no switch, and no port or variable that no page names', () => {
    const facts = nodesOf(catalogue)
      .filter((node) => 'value' in node)
      .map((node) => JSON.stringify(node['value']))
    for (const invented of [
      /5432/,
      /6379/,
      /REDIS_URL|JWT_SECRET|NODE_ENV|LOG_LEVEL/,
      /\/(?:S|qn|quiet|silent|verysilent)\b/,
      /\bGB\b|\bGHz\b|\bcores?\b/,
    ])
      expect(facts.filter((fact) => invented.test(fact))).toEqual([])
  })

  it('keeps both sides of every conflict between pages', () => {
    expect(catalogue.conflicts.length).toBeGreaterThanOrEqual(8)
    for (const conflict of catalogue.conflicts)
      expect(new Set(conflict.sides.map((side) => side.value)).size).toBe(conflict.sides.length)
  })

  it('states the documented services, ports, order and prerequisites', () => {
    expect(documentedServices(catalogue, 'hub', true)).toEqual(['ExekraHubService', 'ExekraHubRedis'])
    expect(documentedServices(catalogue, 'hub', false)).toEqual(['ExekraHubService'])
    expect(documentedServices(catalogue, 'runner', true)).toEqual([])
    expect(hubBackendPort(catalogue)).toBe(5000)
    expect(catalogue.installOrder.value).toEqual(['hub', 'studio', 'runner'])
    expect(catalogue.components.postgresql.minimumVersion?.value).toBe(14)
    expect(catalogue.prerequisites.filter((one) => one.required).length).toBe(5)
    expect(catalogue.prerequisites.filter((one) => !one.required).length).toBe(4)
    expect(isOperatorSupplied(catalogue.components.runner.services)).toBe(true)
  })

  it('is refused with its path when a fact quotes another page, has no source, or is of another shape', () => {
    const wrong = shipped()
    wrong['installOrder'] = { value: ['hub'], source: ['[blog] https://exekra.com/blog'] }
    expect(readCatalogue(wrong)).toMatchObject({ ok: false, problems: [{ path: 'installOrder.source.0' }] })
    expect(readCatalogue({ ...shipped(), installOrder: { value: ['hub'], source: [] } })).toMatchObject({
      ok: false,
      problems: [{ path: 'installOrder.source' }],
    })
    expect(readCatalogue({ ...shipped(), hints: [] }).ok).toBe(false)
    for (const json of [null, 3, 'x', []]) expect(readCatalogue(json).ok).toBe(false)
  })
})

describe('sizing by the documented bands', () => {
  it.each([
    [0, []],
    [1, [1]],
    [2, [1]],
    [3, [3]],
    [10, [3, 10]],
    [11, [10]],
    [50, [10, 50]],
    [51, [50]],
    [4_000, [50]],
  ])('%d Runners fall into the bands that begin at %j', (runners, begin) => {
    expect(bandsFor(catalogue, runners).map((band) => band.value.from)).toEqual(begin)
  })

  it('advises the pilot for up to 5 Runners, the enterprise layout above, and quotes the planning page', () => {
    expect(adviseLayout(catalogue, 5)).toMatchObject({ layout: 'pilot', source: sources['deployment-planning'] })
    expect(adviseLayout(catalogue, 6).layout).toBe('enterprise')
  })
})

function nodesOf(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(nodesOf)
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner]
}
