import { describe, expect, it } from 'vitest'
import { subjectText } from '../../../domain/base/subject.ts'
import { checkHost } from '../../../domain/checks/check.ts'
import type { Facts } from '../../../domain/remote/facts.ts'
import { catalogue, judge, spoilt, surveyOf, verdicts } from '../../builders/judge.ts'
import {
  enterprisePlan,
  factsFor,
  filesOf,
  installerFor,
  pilotDocument,
  pilotPlan,
  testMoment,
} from '../../builders/plan.ts'

const pilot = pilotPlan()
const hub = pilot.hosts[0] ?? never()
const os = (change: Partial<Facts['os']>): Partial<Facts> => ({ os: { ...factsFor(hub).os, ...change } })
const clockAt = (minutes: number): Partial<Facts> => ({
  clock: new Date(Date.parse(testMoment) + minutes * 60_000).toISOString(),
})
const hubService = { services: [{ name: 'ExekraHubService', status: 'Running' }] }

// check, what HUB01 reports, what is said
const cases: [string, string, Partial<Facts>, string[]][] = [
  [
    'hub-os-seen',
    'Server 2016',
    os({ build: 14393, caption: 'Microsoft Windows Server 2016 Standard' }),
    ['block host HUB01'],
  ],
  ['hub-os-seen', 'Server 2019', os({ build: 17763 }), ['pass plan']],
  [
    'hub-os-seen',
    'Server 2025 as a domain controller',
    os({ build: 26100, productType: 'domain-controller' }),
    ['pass plan'],
  ],
  [
    'hub-os-seen',
    'Windows 11 Pro',
    os({ build: 22631, productType: 'workstation', edition: 'Professional' }),
    ['pass plan'],
  ],
  [
    'hub-os-seen',
    'Windows 10 Home',
    os({ build: 19045, productType: 'workstation', edition: 'Core' }),
    ['block host HUB01'],
  ],
  [
    'hub-os-seen',
    'Windows 10 Enterprise',
    os({ build: 19045, productType: 'workstation', edition: 'Enterprise' }),
    ['warn host HUB01'],
  ],
  [
    'hub-os-seen',
    'Windows 7',
    os({ build: 7601, productType: 'workstation', edition: 'Professional' }),
    ['block host HUB01'],
  ],
  [
    'hub-os-seen',
    'a workstation that hides its edition',
    os({ build: 19045, productType: 'workstation', edition: null }),
    ['warn host HUB01'],
  ],
  ['hub-os-seen', 'nothing of use', os({ productType: 'unknown' }), ['warn host HUB01']],
  ['os-matches', 'what is declared', {}, ['pass plan']],
  [
    'os-matches',
    'a workstation in place of a server',
    os({ build: 22631, productType: 'workstation', edition: 'Professional' }),
    ['warn host HUB01'],
  ],
  ['os-matches', 'something unclear', os({ productType: 'unknown' }), ['warn host HUB01']],
  ['host-name', 'another name', { hostName: 'WIN-7F3K2' }, ['warn host HUB01']],
  ['host-name', 'its name in lower case, with domain', { hostName: 'hub01.corp.local' }, ['pass plan']],
  ['host-name', 'no name', { hostName: '' }, ['warn host HUB01']],
  ['administrator', 'no rights', { administrator: false }, ['block host HUB01']],
  ['administrator', 'rights', {}, ['pass plan']],
  ['powershell-version', '4.0', { powershell: { version: '4.0', edition: 'Desktop' } }, ['block host HUB01']],
  ['powershell-version', '5.0', { powershell: { version: '5.0.10586.0', edition: 'Desktop' } }, ['block host HUB01']],
  ['powershell-version', '5.1', {}, ['pass plan']],
  ['powershell-version', '7.6', { powershell: { version: '7.6.0', edition: 'Core' } }, ['pass plan']],
  ['powershell-version', 'something unreadable', { powershell: { version: '', edition: '' } }, ['warn host HUB01']],
  ['architecture', '32-bit', os({ architecture: '32-bit' }), ['warn host HUB01']],
  ['architecture', 'ARM', os({ architecture: 'ARM 64-bit Processor' }), ['warn host HUB01']],
  ['architecture', 'nothing', os({ architecture: '' }), ['warn host HUB01']],
  ['architecture', '64-bit', {}, ['pass plan']],
  [
    'pending-reboot',
    'a rename at the next start',
    { pendingReboot: [{ kind: 'file-rename', evidence: ['C:\\Windows\\Temp\\a.tmp'] }] },
    ['warn host HUB01'],
  ],
  ['pending-reboot', 'nothing due', {}, ['pass plan']],
  ['clock', '5 minutes ahead', clockAt(5), ['pass plan']],
  ['clock', '6 minutes ahead', clockAt(6), ['block host HUB01']],
  ['clock', 'a day behind', clockAt(-1440), ['block host HUB01']],
  ['clock', 'unreadable', { clock: 'soon' }, ['warn host HUB01']],
  ['port-in-use', "another program on the Hub's port", { listening: [4545, 5432] }, ['block host HUB01']],
  ['port-in-use', "another program on the backend's port", { listening: [5000, 5432] }, ['block host HUB01']],
  ['port-in-use', 'the Hub itself', { listening: [4545, 5000, 5432], ...hubService }, ['pass plan']],
  ['port-in-use', 'no database where one is said to exist', { listening: [135] }, ['warn host HUB01']],
  ['port-in-use', 'all as it should be', {}, ['pass plan']],
  ['service-exists', 'a Hub already', hubService, ['warn host HUB01']],
  ['service-exists', 'none', {}, ['pass plan']],
]

describe('checks of what hosts report (no host was touched: facts are made up)', () => {
  it.each(cases)('%s: %s', (check, _, changes, said) => {
    expect(verdicts(check, pilot, surveyOf(pilot, 'HUB01', changes))).toEqual(said)
  })

  it('pending-reboot shows its evidence, so that a false one can be told', () => {
    const evidence = ['a.tmp', 'b.tmp', 'c.tmp', 'd.tmp']
    expect(
      judge(
        'pending-reboot',
        pilot,
        surveyOf(pilot, 'HUB01', { pendingReboot: [{ kind: 'file-rename', evidence }] }),
      )[0]?.message,
    ).toContain('Pending file renames (a.tmp, b.tmp, c.tmp and 1 more)')
  })

  it('host-name knows a long name by its first 15 letters, which is all that Windows reports', () => {
    const long = spoilt(pilotDocument(), (d) => {
      const rename = (name: string) => (name === 'HUB01' ? 'exekra-hub-production' : name)
      d.hosts = d.hosts.map((host) => ({ ...host, name: rename(host.name) }))
      d.placements = d.placements.map((one) => ({ ...one, host: rename(one.host) }))
    })
    const said = (hostName: string) =>
      verdicts('host-name', long, surveyOf(long, 'exekra-hub-production', { hostName }))
    expect(said('EXEKRA-HUB-PROD')).toEqual(['pass plan'])
    expect(said('EXEKRA-HUB-TEST')).toEqual(['warn host exekra-hub-production'])
  })

  it('clock says nothing without the time of the workstation: unknown is no pass', () => {
    expect(verdicts('clock', pilot, { facts: surveyOf(pilot).facts })).toEqual([])
  })

  it('port-in-use cannot tell an earlier installation without a service, and says so', () => {
    const plan = enterprisePlan()
    expect(verdicts('port-in-use', plan, surveyOf(plan, 'DB01', { listening: [5432] }))).toEqual(['warn host DB01'])
    const withService = enterprisePlan({
      overrides: {
        installers: { ...plan.installers, postgresql: { ...installerFor('postgresql'), services: ['postgresql-16'] } },
      },
    })
    expect(verdicts('port-in-use', withService, surveyOf(withService, 'DB01', { listening: [5432] }))).toEqual([
      'block host DB01',
    ])
    expect(
      verdicts(
        'port-in-use',
        withService,
        surveyOf(withService, 'DB01', { listening: [5432], services: [{ name: 'PostgreSQL-16', status: 'Running' }] }),
      ),
    ).toEqual(['pass plan'])
  })

  it('service-exists finds a Hub on a host that should have none', () => {
    expect(verdicts('service-exists', pilot, surveyOf(pilot, 'RUN001', hubService))).toEqual(['warn host RUN001'])
  })

  it("a host's own word replaces a missing declaration, not a wrong one", () => {
    const undeclared = spoilt(pilotDocument(), (d) => void delete d.hosts[0]?.os)
    expect(verdicts('hub-os', undeclared, surveyOf(undeclared))).toEqual([])
    expect(verdicts('hub-os-seen', undeclared, surveyOf(undeclared))).toEqual(['pass plan'])
  })

  it('survey names the hosts nothing is known of, but not the unmanaged ones', () => {
    const { facts } = surveyOf(pilot)
    const some = new Map([...facts].slice(1))
    expect(verdicts('survey', pilot, { facts: some })).toEqual(['warn host HUB01'])
    expect(verdicts('survey', pilot, { facts })).toEqual(['pass plan'])
  })
})

describe('the check of one host that was just looked at', () => {
  const beside = { plan: pilot, catalogue, files: filesOf(pilot), now: Date.parse(testMoment) }

  it('speaks of that host only, and passes on it', () => {
    const findings = checkHost(beside, 'RUN001', factsFor({ ...hub, name: 'RUN001', os: 'windows-11-pro' }))
    expect(new Set(findings.map(({ subject }) => subjectText(subject)))).toEqual(new Set(['host RUN001']))
    expect(findings.every((finding) => finding.severity === 'pass')).toBe(true)
    expect(findings.map((finding) => finding.check)).toContain('administrator')
  })

  it('blocks what blocks', () => {
    const findings = checkHost(beside, 'HUB01', factsFor(hub, { administrator: false, listening: [4545, 5432] }))
    expect(findings.filter((finding) => finding.severity === 'block').map((finding) => finding.check)).toEqual([
      'administrator',
      'port-in-use',
    ])
  })

  it('takes the Hub and its ports as they should be once the site is built', () => {
    const findings = checkHost(
      { ...beside, built: true },
      'HUB01',
      factsFor(hub, { listening: [4545, 5000, 5432], ...hubService }),
    )
    expect(findings.filter((finding) => finding.severity !== 'pass')).toEqual([])
  })

  it('throws for a host the plan does not have', () => {
    expect(() => checkHost(beside, 'NOPE', factsFor(hub))).toThrow(/no host NOPE/)
  })
})

function never(): never {
  throw new Error('the pilot has a first host')
}
