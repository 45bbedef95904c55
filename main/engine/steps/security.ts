/** Steps that change a host's firewall and its trusted certificates: open-port, trust-certificate. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { failed } from '../../../domain/base/failure.ts'
import { isWantedRule, withoutEffect } from '../../../domain/network/rule-judgement.ts'
import { seen, type StepContext, type StepHandler } from './handler.ts'
import { securityText } from './text.ts'

export const openPort: StepHandler<'open-port'> = {
  async observe({ session, signal, work, host }) {
    const { rule } = work
    const found = await session.run('Get-FirewallRule', { Name: rule.name }, { signal })
    const evidence = found.exists ? securityText.rule(rule.name, found) : securityText.noRule(rule.name)
    const dead = withoutEffect(found)
    if (dead.length > 0)
      throw failed(
        'host',
        'firewall-policy',
        securityText.noEffect(host.name, rule.port, dead),
        securityText.noEffectHint(rule.port, rule.remoteAddresses),
        'never',
        [evidence, ...dead.map(securityText.policy)],
      )
    if (!found.exists) return seen('absent', evidence)
    return seen(isWantedRule(found, rule) ? 'satisfied' : 'partial', evidence)
  },
  async apply({ session, signal, work }) {
    const { name, displayName, port, remoteAddresses } = work.rule
    await session.run(
      'Set-FirewallRule',
      { Name: name, DisplayName: displayName, Port: port, RemoteAddresses: remoteAddresses },
      { signal },
    )
  },
}

export const trustCertificate: StepHandler<'trust-certificate'> = {
  async observe(context) {
    const { sha256 } = await certificateOf(context)
    const { trusted } = await context.session.run(
      'Get-CertificateTrust',
      { Sha256: sha256 },
      { signal: context.signal },
    )
    return seen(trusted ? 'satisfied' : 'absent', securityText.trusted(sha256, trusted))
  },
  async apply(context) {
    const { sha256, der } = await certificateOf(context)
    await context.session.run('Add-TrustedCertificate', { Der: der, Sha256: sha256 }, { signal: context.signal })
  },
}

async function certificateOf({
  work,
  hubCertificate,
  localPath,
}: StepContext<'trust-certificate'>): Promise<{ sha256: string; der: string }> {
  if (work.certificate.from === 'learned') {
    if (hubCertificate) return hubCertificate
    throw failed('plan', 'certificate-unknown', securityText.unknownCertificate, securityText.unknownCertificateHint)
  }
  const { artefact } = work.certificate
  const bytes = await readCertificate(localPath(artefact.file))
  const fileHash = sha256Of(bytes)
  if (artefact.sha256 !== undefined && fileHash !== artefact.sha256)
    throw failed('trust', 'hash-mismatch', securityText.otherFile(artefact.file), securityText.otherFileHint, 'never', [
      `pinned ${artefact.sha256}`,
      `found  ${fileHash}`,
    ])
  const der = derOf(bytes)
  return { sha256: sha256Of(der), der: der.toString('base64') }
}

async function readCertificate(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch {
    throw failed('workstation', 'media-missing', securityText.unreadable(path), securityText.unreadableHint)
  }
}

function derOf(bytes: Buffer): Buffer {
  const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(bytes.toString('latin1'))
  return pem?.[1] === undefined ? bytes : Buffer.from(pem[1], 'base64')
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
