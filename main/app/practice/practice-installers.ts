/**
 * The stand-in installers of a practice site: their files, their effect on a simulated host, their part of the plan.
 */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Installer } from '../../../domain/plan/installer.ts'
import { hexDigits } from '../../transports/simulated/world/seeded.ts'
import type { InstallerModel } from '../../transports/simulated/world/installer-model.ts'
import type { PracticeCertificate } from '../../transports/simulated/world/certificate.ts'
import { installerHead, installerLines } from './text.ts'

export interface PracticeInstaller {
  readonly component: ComponentName
  /** Relative to the plan's folder. */
  readonly file: string
  readonly bytes: Buffer
  readonly model: InstallerModel
  readonly inPlan: z.input<typeof Installer>
}

export interface PracticeInstallerOptions {
  readonly seed: number
  readonly hubPort: number
  readonly databasePort: number
  readonly redisPort: number
  readonly bundledRedis: boolean
  /** What the Hub presents, and the SHA-256 of what it ends in. */
  readonly hubCertificate: PracticeCertificate
  readonly hubIssuer: string
}

interface Design {
  readonly size: number
  readonly seconds: readonly [number, number]
  readonly folder: string
  readonly services: InstallerModel['services']
  readonly listens: InstallerModel['listens']
  /** Services a plan must name itself: those that Exekra does not document. */
  readonly servicesInPlan: readonly string[]
}

const version = '1.0.0'

/**
 * The five stand-ins. Only documented facts of Exekra appear as such (the Hub's folder and the names of its services);
 * everything else, above all the switches, is marked as belonging to the practice site.
 */
export function practiceInstallers(options: PracticeInstallerOptions): PracticeInstaller[] {
  const designs = designsOf(options)
  return (Object.keys(designs) as ComponentName[]).map((component) =>
    standIn(component, designs[component], options.seed),
  )
}

function standIn(component: ComponentName, design: Design, seed: number): PracticeInstaller {
  const name = `practice-${component}-installer`
  const file = `media/${name}.exe`
  const bytes = media(name, design.size, seed)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const displayName = `Practice ${component} (stand-in)`
  const signer = {
    thumbprint: hexDigits(40, seed, 'practice signer').toUpperCase(),
    subject: 'CN=Practice site (no real publisher)',
  }
  const marker = `${design.folder}\\practice-${component}.txt`
  return {
    component,
    file,
    bytes,
    model: {
      name,
      sha256,
      signer,
      seconds: [...design.seconds],
      exitCode: 0,
      lines: [...installerLines[component]],
      product: { displayName, version },
      files: [{ path: marker, length: design.size * 3, sha256: hexDigits(64, seed, component, 'installed'), version }],
      services: design.services,
      listens: design.listens,
    },
    inPlan: {
      mode: 'unattended',
      artefact: { file, sha256, signer: signer.thumbprint },
      arguments: ['/practice-silent'],
      detect: { uninstallName: displayName, minVersion: version, file: marker },
      services: [...design.servicesInPlan],
      timeoutMinutes: 30,
    },
  }
}

function designsOf({
  hubPort,
  databasePort,
  redisPort,
  bundledRedis,
  hubCertificate,
  hubIssuer,
}: PracticeInstallerOptions): Record<ComponentName, Design> {
  const endpoint = { der: hubCertificate.der.toString('base64'), issuer: hubIssuer, status: 200 }
  const bundled: InstallerModel['services'] = bundledRedis
    ? [{ name: 'ExekraHubRedis', startType: 'automatic', startMs: 2500 }]
    : []
  return {
    postgresql: {
      size: 384 * 1024,
      seconds: [30, 50],
      folder: 'C:\\Practice\\PostgreSQL',
      servicesInPlan: ['practice-postgresql'],
      services: [{ name: 'practice-postgresql', startType: 'automatic', startMs: 4000 }],
      listens: [{ port: databasePort, service: 'practice-postgresql', endpoint: null }],
    },
    redis: {
      size: 128 * 1024,
      seconds: [10, 18],
      folder: 'C:\\Practice\\Redis',
      servicesInPlan: ['practice-redis'],
      services: [{ name: 'practice-redis', startType: 'automatic', startMs: 2000 }],
      listens: [{ port: redisPort, service: 'practice-redis', endpoint: null }],
    },
    hub: {
      size: 512 * 1024,
      seconds: [45, 80],
      folder: 'C:\\Program Files\\Exekra\\Hub',
      servicesInPlan: [],
      services: [{ name: 'ExekraHubService', startType: 'automatic', startMs: 6000 }, ...bundled],
      listens: [{ port: hubPort, service: 'ExekraHubService', endpoint }],
    },
    studio: {
      size: 256 * 1024,
      seconds: [30, 50],
      folder: 'C:\\Practice\\Studio',
      servicesInPlan: [],
      services: [],
      listens: [],
    },
    runner: {
      size: 192 * 1024,
      seconds: [20, 40],
      folder: 'C:\\Practice\\Runner',
      servicesInPlan: [],
      services: [],
      listens: [],
    },
  }
}

// Plain text that says what the file is, then filler drawn from the seed up to the size.
function media(name: string, size: number, seed: number): Buffer {
  const head = installerHead(name)
  const filler = createHash('shake256', { outputLength: Math.ceil(size / 2) })
    .update(`${name} ${seed}`)
    .digest('hex')
  const lines = filler.match(/.{1,64}/g) ?? []
  return Buffer.from(`${head}${lines.join('\r\n')}`, 'ascii').subarray(0, size)
}
