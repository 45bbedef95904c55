/** Owns the form of the certificate strategy: whose certificate the Hub shows, how it is known, and the file that others are to trust. */
import type { Plan } from '../../../domain/plan/plan.ts'
import { Docs, NoSource, Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { ArtefactFields } from '../installers/artefact-fields.tsx'
import { withoutUndefined } from '../model/edit.ts'
import { ChoiceField, TextField } from './fields.tsx'
import textStyles from '../../shared/styles/text.module.css'

const strategies = [
  { value: 'operator', label: 'A certificate of your organisation' },
  { value: 'self-signed', label: 'Self-signed by the installer, for a pilot only' },
] as const

export function CertificateForm() {
  const { edit } = useDraftSession()
  const { certificate } = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const put = (next: Plan['certificate'], field?: string): void => {
    edit((before) => ({ ...before, certificate: next }), field)
  }
  return (
    <section aria-labelledby="certificate-form">
      <h2 id="certificate-form">Certificate</h2>
      <ChoiceField
        label="Which certificate the Hub shows"
        path="certificate.strategy"
        chip={<Docs />}
        value={certificate.strategy}
        choices={strategies}
        disabled={locked}
        onSet={(strategy) => {
          put({ strategy })
        }}
      />
      {certificate.strategy === 'operator' && (
        <>
          <TextField
            label="SHA-256 of the Hub's certificate"
            path="certificate.sha256"
            chip={<Yours />}
            hint="64 hexadecimal digits. Left empty, whatever the Hub shows first is taken for the right one."
            value={certificate.sha256 ?? ''}
            disabled={locked}
            onSet={(sha256) => {
              put(
                withoutUndefined({ ...certificate, sha256: sha256 === '' ? undefined : sha256 }),
                'certificate.sha256',
              )
            }}
          />
          <h3 className={textStyles.label}>
            Trust on Studio and Runner hosts <NoSource />
          </h3>
          <p className={textStyles.quiet}>
            A DER or PEM file of the certificate or of its authority, where these hosts do not trust it yet. Left empty,
            nothing is added to their trusted roots.
          </p>
          <ArtefactFields
            what="the certificate to trust"
            path="certificate.trust"
            artefact={certificate.trust ?? { file: '' }}
            withSigner={false}
            disabled={locked}
            onSet={(trust, field) => {
              put(withoutUndefined({ ...certificate, trust: trust.file === '' ? undefined : trust }), field)
            }}
          />
        </>
      )}
    </section>
  )
}
