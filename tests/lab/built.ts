/** What a rollout made of a lab's hosts, asked of the hosts, and what it must be however they are reached. */
import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { LabSite } from './lab.ts'
import { entered } from '../suites/entered.ts'
import { inside } from './network.ts'

const run = promisify(execFile)

/** The SHA-256 of the certificate that the Hub shows a Runner's machine. */
export async function hubCertificate({ hosts: [hub, ...others] }: LabSite): Promise<string> {
  const runner = others.find(({ roles }) => roles.includes('runner'))
  const words = ['s_client', '-connect', `${hub?.address ?? ''}:4545`]
  const asked = run(...inside(runner?.namespace, 'openssl', words), { timeout: 30_000 })
  // It holds the connection open until its input ends.
  asked.child.stdin?.end()
  const { stdout } = await asked
  const pem = /-----BEGIN[^]+?END CERTIFICATE-----/.exec(stdout)?.[0] ?? ''
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')
}

/** Whether this machine, which no rule of the plan names, is let in to the Hub. */
export function hubLetsUsIn({ hosts: [hub] }: LabSite): Promise<boolean> {
  return entered(hub?.address ?? '', 4545)
}

/** What is on the hosts, asked of the hosts; without moments and addresses. The thumbprint is that of the Hub's certificate. */
export async function built(site: LabSite, thumbprint: string): Promise<unknown> {
  const roots = 'HKLM\\Software\\Microsoft\\SystemCertificates\\Root\\Certificates'
  const uninstall = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall'
  return Promise.all(
    site.hosts.map(async (host) => {
      const products = await Promise.all(
        ['ExekraHub', 'ExekraStudio', 'PostgreSQL Lab'].map((key) => host.registry(`${uninstall}\\${key}`)),
      )
      const services = (await host.services()).filter(({ name }) => /^(ExekraHub|postgresql)/.test(name))
      const media = await access(join(host.driveC, 'ProgramData', 'ExekraRollout', 'media')).then(
        () => true,
        () => false,
      )
      return {
        name: host.name,
        starts: await host.starts(),
        services,
        mediaLeft: media ? 'media' : null,
        trustsHub: (await host.registry(`${roots}\\${thumbprint}`)) !== undefined,
        products: products.map(
          (values) => values && { name: values['DisplayName'], version: values['DisplayVersion'] },
        ),
      }
    }),
  )
}

const running = (name: string) => ({ name, status: 'Running', startType: 'Automatic' })
const version = '1.4.2'

/** The hosts of a lab when all of its plan is done. */
export const asPlanned = [
  {
    name: 'HUB01',
    starts: { hub: 1 },
    services: [running('ExekraHubRedis'), running('ExekraHubService')],
    mediaLeft: 'media',
    trustsHub: false,
    products: [{ name: 'Exekra Hub', version }, undefined, undefined],
  },
  {
    name: 'DB01',
    starts: { postgres: 1 },
    services: [running('postgresql-lab')],
    mediaLeft: 'media',
    trustsHub: false,
    products: [undefined, undefined, { name: 'PostgreSQL (lab stand-in)', version }],
  },
  {
    name: 'STUDIO01',
    starts: { studio: 1 },
    services: [],
    mediaLeft: 'media',
    trustsHub: true,
    products: [undefined, { name: 'Exekra Studio', version }, undefined],
  },
  {
    name: 'RUN01',
    starts: { runner: 1 },
    services: [],
    mediaLeft: 'media',
    trustsHub: true,
    products: [undefined, undefined, undefined],
  },
  {
    name: 'RUN02',
    starts: { runner: 1 },
    services: [],
    mediaLeft: 'media',
    trustsHub: true,
    products: [undefined, undefined, undefined],
  },
]
