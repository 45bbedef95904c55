/** The plan for a lab: the shape of a real site, over the hosts, installers and certificates of the lab. */
import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { z } from 'zod'
import type { Plan } from '../../domain/plan/plan.ts'
import type { LabHost, LabSite } from './lab.ts'

const run = promisify(execFile)
type PlanDocument = z.input<typeof Plan>
type Unattended = Extract<NonNullable<NonNullable<PlanDocument['installers']>['hub']>, { mode: 'unattended' }>

export interface LabPlanOptions {
  /** Extra switches of the lab's installers, for example { hub: ['/DURATION=5'] }. */
  readonly switches?: {
    readonly hub?: readonly string[]
    readonly postgresql?: readonly string[]
    readonly studio?: readonly string[]
    readonly runner?: readonly string[]
  }
}

export interface LabPlan {
  readonly planFile: string
  readonly document: PlanDocument
  /** Vault entries as `--vault-stdin` reads them. */
  readonly secrets: Readonly<Record<string, unknown>>
  readonly certificateSha256: string
  /** As the registry of a host names the certificate among its roots: SHA-1, in capitals. */
  readonly thumbprint: string
}

/** The password of the Hub's key file; it reaches the installer as environment only. */
export const hubPassword = 'lab-hub-certificate-password'

/** Writes a plan for the lab into a folder, with its media beside it. Roles: hub and postgres on servers, studio, runner. */
export async function writeLabPlan(site: LabSite, folder: string, options: LabPlanOptions = {}): Promise<LabPlan> {
  const media = join(folder, 'media')
  await mkdir(media, { recursive: true })
  const hub = withRole(site, 'hub')[0]
  if (!hub) throw new Error('a lab without a Hub has no plan')
  const { certificateSha256, thumbprint } = await makeCertificate(media, hub.address)
  const { switches = {} } = options
  const installer = async (
    file: string,
    args: readonly string[],
    detect: Unattended['detect'],
    more: Partial<Unattended> = {},
  ): Promise<Unattended> => {
    await copyFile(file, join(media, basename(file)))
    return {
      mode: 'unattended',
      artefact: await artefact(media, basename(file)),
      arguments: [...args],
      detect,
      timeoutMinutes: 10,
      ...more,
    }
  }
  const hosts: PlanDocument['hosts'] = site.hosts.map((host) => ({
    name: host.name,
    address: host.address,
    reach: { kind: 'ssh', port: host.port, hostKey: host.hostKey.fingerprint },
    os: 'windows-server-2019',
  }))
  const document: PlanDocument = {
    format: 'exekra-rollout-plan',
    version: 1,
    name: 'Lab',
    site: { name: 'Lab' },
    layout: 'enterprise',
    hosts,
    placements: [
      ...withRole(site, 'postgres').map((host) => ({ component: 'postgresql' as const, host: host.name })),
      { component: 'hub', host: hub.name },
      ...withRole(site, 'studio').map((host) => ({ component: 'studio' as const, host: host.name })),
      ...withRole(site, 'runner').map((host) => ({
        component: 'runner' as const,
        host: host.name,
        environment: 'Production',
      })),
    ],
    hub: { address: hub.address },
    database: { kind: 'placed', port: 5432, version: 16 },
    redis: { kind: 'bundled' },
    certificate: { strategy: 'operator', sha256: certificateSha256, trust: await artefact(media, 'hub.cer') },
    environments: [{ name: 'Production' }],
    licence: { mode: 'air-gapped', runners: Math.max(1, withRole(site, 'runner').length) },
    installers: {
      postgresql: await installer(
        site.media.postgres,
        ['/S', ...(switches.postgresql ?? [])],
        { uninstallName: 'PostgreSQL (lab stand-in)', service: 'postgresql-lab' },
        { services: ['postgresql-lab'] },
      ),
      hub: await installer(
        site.media.hub,
        ['/S', '/PORT=4545', '/PFX={media}\\hub.pfx', '/REDIS=6379', ...(switches.hub ?? [])],
        { uninstallName: 'Exekra Hub', service: 'ExekraHubService' },
        {
          extra: [await artefact(media, 'hub.pfx')],
          environment: { LAB_HUB_PFX_PASSWORD: { secret: 'lab-hub-pfx' } },
        },
      ),
      studio: await installer(site.media.studio, ['/S', ...(switches.studio ?? [])], {
        uninstallName: 'Exekra Studio',
        minVersion: '1.4',
      }),
      runner: await installer(site.media.runner, [`HUB=https://${hub.address}:4545`, ...(switches.runner ?? [])], {
        uninstallName: 'Exekra Runner',
        minVersion: '1.4',
      }),
    },
    defaultCredential: 'lab-key',
  }
  const planFile = join(folder, 'site.json')
  await writeFile(planFile, `${JSON.stringify(document, null, 2)}\n`)
  const privateKey = await readFile(hub.privateKeyPath, 'utf8')
  return {
    planFile,
    document,
    certificateSha256,
    thumbprint,
    secrets: { 'lab-key': { kind: 'key', user: hub.user, privateKey }, 'lab-hub-pfx': hubPassword },
  }
}

function withRole(site: LabSite, role: string): LabHost[] {
  return site.hosts.filter((host) => host.roles.includes(role))
}

async function artefact(media: string, name: string): Promise<{ file: string; sha256: string }> {
  return {
    file: `media/${name}`,
    sha256: createHash('sha256')
      .update(await readFile(join(media, name)))
      .digest('hex'),
  }
}

/** A certificate for the Hub's address, its key as a PFX, and the hashes of the certificate. Made by openssl: Node makes none. */
async function makeCertificate(
  media: string,
  address: string,
): Promise<Pick<LabPlan, 'certificateSha256' | 'thumbprint'>> {
  const [key, pem, pfx] = [join(media, 'hub.key'), join(media, 'hub.cer'), join(media, 'hub.pfx')]
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    pem,
    '-days',
    '30',
    '-subj',
    '/CN=Lab Hub',
    '-addext',
    `subjectAltName=IP:${address}`,
  ])
  await run(
    'openssl',
    [
      'pkcs12',
      '-export',
      '-inkey',
      key,
      '-in',
      pem,
      '-out',
      pfx,
      '-passout',
      'env:LAB_PFX',
      '-certpbe',
      'PBE-SHA1-3DES',
      '-keypbe',
      'PBE-SHA1-3DES',
      '-macalg',
      'sha1',
    ],
    { env: { ...process.env, LAB_PFX: hubPassword } },
  )
  const { raw } = new X509Certificate(await readFile(pem))
  const hash = (algorithm: string) => createHash(algorithm).update(raw).digest('hex')
  return { certificateSha256: hash('sha256'), thumbprint: hash('sha1').toUpperCase() }
}
