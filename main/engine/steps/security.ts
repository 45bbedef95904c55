/** Owns the steps that change what a host lets in and whom it trusts: open-port, trust-certificate. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { failed } from '../../../domain/base/failure.ts'
import { seen, type StepContext, type StepHandler } from './handler.ts'

export const openPort: StepHandler<'open-port'> = {
  async observe({ session, signal, work }) {
    const { rule } = work
    const found = await session.run('Get-FirewallRule', { Name: rule.name }, { signal })
    if (!found.exists) return seen('absent', `There is no firewall rule ${rule.name}`)
    const evidence = `Firewall rule ${rule.name}: TCP ${found.port ?? 'any'} from ${found.remoteAddresses.join(', ') || 'nowhere'}, ${found.enabled ? 'on' : 'off'}`
    const same = found.enabled && found.port === rule.port && sameMembers(found.remoteAddresses, rule.remoteAddresses)
    return seen(same ? 'satisfied' : 'partial', evidence)
  },
  async apply({ session, signal, work }) {
    const { name, displayName, port, remoteAddresses } = work.rule
    await session.run(
      'Set-FirewallRule',
      { Name: name, DisplayName: displayName, Port: port, RemoteAddresses: remoteAddresses },
      { signal },
    )
    return undefined
  },
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === new Set(a).size
}

export const trustCertificate: StepHandler<'trust-certificate'> = {
  async observe(context) {
    const { sha256 } = await certificateOf(context)
    const { trusted } = await context.session.run(
      'Get-CertificateTrust',
      { Sha256: sha256 },
      { signal: context.signal },
    )
    return seen(
      trusted ? 'satisfied' : 'absent',
      `Certificate ${sha256} is ${trusted ? '' : 'not '}in the machine's trusted roots`,
    )
  },
  async apply(context) {
    const { sha256, der } = await certificateOf(context)
    await context.session.run('Add-TrustedCertificate', { Der: der, Sha256: sha256 }, { signal: context.signal })
    return undefined
  },
}

async function certificateOf({
  work,
  hubCertificate,
  localPath,
}: StepContext<'trust-certificate'>): Promise<{ sha256: string; der: string }> {
  if (work.certificate.from === 'learned') {
    if (hubCertificate) return hubCertificate
    throw failed(
      'plan',
      'certificate-unknown',
      "The Hub's self-signed certificate is not known: no step has seen it on the Hub host.",
      "Retry the step that awaits the Hub's endpoint, then this one.",
    )
  }
  const { artefact } = work.certificate
  const bytes = await readCertificate(localPath(artefact.file))
  const fileHash = sha256Of(bytes)
  if (artefact.sha256 !== undefined && fileHash !== artefact.sha256)
    throw failed(
      'trust',
      'hash-mismatch',
      `${artefact.file} on this workstation is not the file that the plan pins.`,
      'Put the pinned file back, or correct the plan in a new revision.',
      'never',
      [`pinned ${artefact.sha256}`, `found  ${fileHash}`],
    )
  const der = derOf(bytes)
  return { sha256: sha256Of(der), der: der.toString('base64') }
}

async function readCertificate(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch {
    throw failed(
      'workstation',
      'media-missing',
      `${path} cannot be read on this workstation.`,
      'Put the certificate file where the plan says it is, then retry.',
    )
  }
}

function derOf(bytes: Buffer): Buffer {
  const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(bytes.toString('latin1'))
  return pem?.[1] === undefined ? bytes : Buffer.from(pem[1], 'base64')
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
