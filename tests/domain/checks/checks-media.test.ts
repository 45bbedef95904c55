import { describe, expect, it } from 'vitest'
import type { FileSeen } from '../../../domain/plan/media.ts'
import { judge, spoilt, surveyOf, verdicts } from '../../builders/judge.ts'
import {
  enterprisePlan,
  filesOf,
  installerFor,
  pilotDocument,
  pilotPlan,
  type PlanDocument,
} from '../../builders/plan.ts'

type Unattended = ReturnType<typeof installerFor>
const hubInstaller = (change: Partial<Unattended>) =>
  spoilt(pilotDocument(), (d) => void (d.installers = { ...d.installers, hub: { ...installerFor('hub'), ...change } }))
const byHand = (instruction: string) =>
  spoilt(
    pilotDocument(),
    (d) =>
      void (d.installers = {
        ...d.installers,
        hub: { mode: 'by-hand', instructions: [instruction], detect: { service: 'ExekraHubService' } },
      }),
  )
const withoutKey = (key: 'sha256' | 'signer') => {
  const { [key]: _, ...artefact } = installerFor('hub').artefact
  return hubInstaller({ artefact })
}
const hubFile = installerFor('hub').artefact.file
const filesWith = (seen: FileSeen | null) => {
  const files = new Map<string, FileSeen>(filesOf(pilotPlan()))
  if (seen) files.set(hubFile, seen)
  else files.delete(hubFile)
  return { files }
}

describe('checks of installers and media', () => {
  it('installer-missing blocks what is to be installed without an installer, and only that', () => {
    const none: Partial<PlanDocument> = { installers: {} }
    expect(verdicts('installer-missing', pilotPlan(none))).toEqual([
      'block installer hub',
      'block installer runner',
      'block installer studio',
    ])
    expect(verdicts('installer-missing', pilotPlan())).toEqual(['pass plan'])
    expect(
      verdicts(
        'installer-missing',
        pilotPlan({ ...none, placements: [{ component: 'hub', host: 'HUB01', provision: 'existing' }] }),
      ),
    ).toEqual(['pass plan'])
    expect(verdicts('installer-missing', byHand('Run the installer and follow its pages'))).toEqual(['pass plan'])
  })

  it('media-present: there, not there, not looked at', () => {
    expect(verdicts('media-present', pilotPlan(), filesWith({ exists: true, sha256: null, size: 1 }))).toEqual([
      'pass plan',
    ])
    expect(verdicts('media-present', pilotPlan(), filesWith({ exists: false, sha256: null, size: null }))).toEqual([
      'block installer hub',
    ])
    expect(verdicts('media-present', pilotPlan(), filesWith(null))).toEqual(['warn installer hub'])
    expect(verdicts('media-present', pilotPlan())).toEqual(['warn plan'])
    expect(verdicts('media-present', pilotPlan({ installers: {} }))).toEqual([])
  })

  it('media-hash: pinned and right, pinned and wrong, not pinned, not hashed', () => {
    expect(verdicts('media-hash', pilotPlan(), { files: filesOf(pilotPlan()) })).toEqual(['pass plan'])
    expect(verdicts('media-hash', pilotPlan(), filesWith({ exists: true, sha256: 'F'.repeat(64), size: 1 }))).toEqual([
      'block installer hub',
    ])
    expect(verdicts('media-hash', pilotPlan(), filesWith({ exists: true, sha256: '1'.repeat(64), size: 1 }))).toEqual([
      'pass plan',
    ])
    const artefact = { ...installerFor('hub').artefact, sha256: 'AB'.repeat(32) }
    for (const sha256 of ['AB'.repeat(32), 'ab'.repeat(32)])
      expect(verdicts('media-hash', hubInstaller({ artefact }), filesWith({ exists: true, sha256, size: 1 }))).toEqual([
        'pass plan',
      ])
    expect(verdicts('media-hash', withoutKey('sha256'))).toEqual(['block installer hub'])
    expect(verdicts('media-hash', pilotPlan(), filesWith({ exists: true, sha256: null, size: 1 }))).toEqual([
      'warn installer hub',
    ])
  })

  it('media-hash tells the hash it found where none is pinned', () => {
    expect(
      judge('media-hash', withoutKey('sha256'), filesWith({ exists: true, sha256: 'f'.repeat(64), size: 1 }))[0]
        ?.message,
    ).toContain('f'.repeat(64))
  })

  it('media-hash counts the certificate to be trusted among the media', () => {
    const plan = enterprisePlan({ overrides: { certificate: { strategy: 'operator', trust: { file: 'root.cer' } } } })
    expect(verdicts('media-hash', plan)).toEqual(['block certificate'])
  })

  it('media-signer warns of an installer whose signer is not pinned', () => {
    expect(verdicts('media-signer', withoutKey('signer'))).toEqual(['warn installer hub'])
    expect(verdicts('media-signer', pilotPlan())).toEqual(['pass plan'])
  })

  it.each([
    '\\\\server\\share\\file.exe',
    '/D=\\\\server\\share',
    '"\\\\server\\share\\a b"',
    '//server/share/x',
    'CERT=\\\\10.0.0.5\\certs$\\hub.pfx',
    '\\\\?\\UNC\\server\\share\\x',
    'file://server/share/x',
    '/log:\\\\server\\logs\\x.log',
  ])('unc-paths blocks %s', (argument) => {
    expect(verdicts('unc-paths', hubInstaller({ arguments: [argument] }))).toEqual(['block installer hub'])
  })

  it.each([
    'C:\\Program Files\\Exekra',
    'C:\\\\escaped\\\\twice',
    '/S',
    'https://hub.corp.local/api',
    '{media}\\settings.json',
    '\\\\.\\pipe\\x',
    '\\\\?\\C:\\long\\path',
    'a//b',
    '/D=D:\\x',
    'postgres://db/name',
  ])('unc-paths lets %s pass', (argument) => {
    expect(verdicts('unc-paths', hubInstaller({ arguments: [argument] }))).toEqual(['pass plan'])
  })

  it('unc-paths looks at environment, media and detection too', () => {
    expect(verdicts('unc-paths', hubInstaller({ environment: { CERT: { text: '\\\\server\\share\\x' } } }))).toEqual([
      'block installer hub',
    ])
    expect(
      verdicts(
        'unc-paths',
        hubInstaller({ artefact: { ...installerFor('hub').artefact, file: '\\\\server\\media\\hub.exe' } }),
      ),
    ).toEqual(['block installer hub'])
    expect(verdicts('unc-paths', hubInstaller({ detect: { file: '\\\\server\\share\\x.exe' } }))).toEqual([
      'block installer hub',
    ])
  })

  it.each([
    ['PASSWORD=hunter2'],
    ['/DBPASS=hunter2'],
    ['--db-password=hunter2'],
    ['Pwd: hunter2'],
    ['--api-key=abc'],
    ['--password', 'hunter2'],
    ['/token', 'abc'],
    ['postgres://hub:hunter2@db:5432/x'],
    ['Server=db;Uid=hub;Pwd=hunter2;'],
    ['MachineSecret="hunter2"'],
  ])('secrets-spelled-out blocks %s and does not repeat it', (...given) => {
    const said = judge('secrets-spelled-out', hubInstaller({ arguments: given }))
    expect(said.map((finding) => finding.severity)).toEqual(['block'])
    expect(JSON.stringify(said)).not.toContain('hunter2')
  })

  it.each([
    ['/S'],
    ['--password={secret}'],
    ['PASSWORD='],
    ['--password', '--quiet'],
    ['postgres://hub@db:5432/x'],
    ['/compass:north'],
    ['--token-lifetime=5'],
    ['https://hub:4545/api'],
  ])('secrets-spelled-out lets %s pass', (...given) => {
    expect(verdicts('secrets-spelled-out', hubInstaller({ arguments: given }))).toEqual(['pass plan'])
  })

  it('secrets-spelled-out reads the environment, and lets names of vault entries be', () => {
    expect(verdicts('secrets-spelled-out', hubInstaller({ environment: { PGPASSWORD: { text: 'hunter2' } } }))).toEqual(
      ['block installer hub'],
    )
    expect(
      verdicts(
        'secrets-spelled-out',
        hubInstaller({ environment: { DATABASE_URL: { text: 'postgresql://hub:hunter2@db/x' } } }),
      ),
    ).toEqual(['block installer hub'])
    expect(
      verdicts(
        'secrets-spelled-out',
        hubInstaller({ environment: { PGPASSWORD: { secret: 'database' }, MODE: { text: 'x' } } }),
      ),
    ).toEqual(['pass plan'])
  })

  it('secrets-spelled-out lets instructions speak of passwords, not write them out', () => {
    expect(verdicts('secrets-spelled-out', byHand('Enter the password: it is in the vault'))).toEqual(['pass plan'])
    expect(verdicts('secrets-spelled-out', byHand('Run setup PASSWORD=hunter2'))).toEqual(['block installer hub'])
  })

  it('reads very long texts in time that grows with their length only', () => {
    const long = [
      '1'.repeat(200_000),
      'a'.repeat(200_000),
      '://a:b'.repeat(30_000),
      '\\\\a\\'.repeat(50_000),
      'token '.repeat(30_000),
      '/'.repeat(200_000),
    ]
    const plan = hubInstaller({ arguments: long })
    const begin = performance.now()
    verdicts('secrets-spelled-out', plan)
    verdicts('unc-paths', plan)
    expect(performance.now() - begin).toBeLessThan(2_000)
  })

  it('free-disk wants twice the media on the drive of the work folder', () => {
    const drive = (freeBytes: number) => [{ name: 'C:', freeBytes, totalBytes: 2 ** 40 }]
    expect(verdicts('free-disk', pilotPlan(), surveyOf(pilotPlan(), 'HUB01', { drives: drive(2 * 2 ** 20) }))).toEqual([
      'pass plan',
    ])
    expect(
      verdicts('free-disk', pilotPlan(), surveyOf(pilotPlan(), 'HUB01', { drives: drive(2 * 2 ** 20 - 1) })),
    ).toEqual(['block host HUB01'])
    expect(verdicts('free-disk', pilotPlan(), surveyOf(pilotPlan(), 'HUB01', { drives: [] }))).toEqual([
      'warn host HUB01',
    ])
    const { facts } = surveyOf(pilotPlan())
    expect(verdicts('free-disk', pilotPlan(), { facts })).toEqual([])
    expect(
      verdicts('free-disk', pilotPlan(), { facts, ...filesWith({ exists: true, sha256: null, size: null }) }),
    ).toEqual([])
  })
})
