/** Parts of the suite about firewall and trust: open-port, trust-certificate. */
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { createHash } from 'node:crypto'
import { makeCertificate } from '../../main/transports/winrm/http/reach.ts'
import { applied, failedAs, onlyLooked, unchanged } from './expected.ts'
import type { StepPart } from './site-under-steps.ts'

export const securityParts: readonly StepPart[] = [
  {
    name: 'open-port: makes the rule, leaves the right one alone, and puts a changed one right',
    leftOut: ({ firewall }) => (firewall === true ? undefined : 'no Windows firewall, real or recorded'),
    async run(_site, { lanes }) {
      const rule = {
        name: 'exekra-rollout-steps',
        displayName: 'Exekra Rollout steps',
        port: 45_461,
        remoteAddresses: ['192.0.2.7', '198.51.100.0/24'],
      }
      applied(await lanes.once({ kind: 'open-port', rule }))
      unchanged(
        await lanes.once({ kind: 'open-port', rule: { ...rule, remoteAddresses: rule.remoteAddresses.toReversed() } }),
      )
      applied(await lanes.once({ kind: 'open-port', rule: { ...rule, remoteAddresses: ['203.0.113.1'] } }), 'partial')
      applied(await lanes.once({ kind: 'open-port', rule: { ...rule, port: 45_462 } }), 'partial')
    },
  },
  {
    name: 'trust-certificate: adds the pinned certificate, from PEM and from DER; the second time it is there',
    leftOut: ({ certificates }) =>
      certificates === true ? undefined : 'an added root does not stay there, or may not',
    async run(_site, { lanes, file }) {
      const pem = makeCertificate({ authority: true }).certificate
      const der = new X509Certificate(pem).raw
      const [asPem, asDer] = [file('root.pem', pem), file('root.cer', der)]
      applied(
        await lanes.once({
          kind: 'trust-certificate',
          certificate: { from: 'file', artefact: { file: asPem.path, sha256: asPem.sha256 } },
        }),
      )
      unchanged(
        await lanes.once({
          kind: 'trust-certificate',
          certificate: { from: 'file', artefact: { file: asDer.path, sha256: asDer.sha256 } },
        }),
      )
      const other = new X509Certificate(makeCertificate({ authority: true }).certificate).raw
      const hubCertificate = { sha256: createHash('sha256').update(other).digest('hex'), der: other.toString('base64') }
      applied(await lanes.once({ kind: 'trust-certificate', certificate: { from: 'learned' } }, { hubCertificate }))
      unchanged(await lanes.once({ kind: 'trust-certificate', certificate: { from: 'learned' } }, { hubCertificate }))
    },
  },
  {
    name: 'trust-certificate: trusts nothing that was not pinned, is not there, or was seen by nobody',
    async run(_site, { lanes, file }) {
      const { path } = file('changed.cer', 'not what was approved')
      for (const [certificate, kind, code] of [
        [{ from: 'file', artefact: { file: path, sha256: '0'.repeat(64) } }, 'trust', 'hash-mismatch'],
        [{ from: 'file', artefact: { file: `${path}.none` } }, 'workstation', 'media-missing'],
        [{ from: 'learned' }, 'plan', 'certificate-unknown'],
      ] as const) {
        const tried = await lanes.once({ kind: 'trust-certificate', certificate })
        failedAs(tried, kind, code)
        onlyLooked(tried)
        assert.deepEqual(tried.saw, [])
      }
    },
  },
]
