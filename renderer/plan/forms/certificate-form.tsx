/** Form of the Hub's certificate: its strategy, its fingerprint, and the file that Studio and Runner hosts trust. */
import type { Plan } from '../../../domain/plan/plan.ts'
import { Docs, NoSource, Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { ArtefactFields } from '../installers/artefact-fields.tsx'
import { withoutUndefined } from '../model/edit.ts'
import { ChoiceField, choicesOf, TextField } from './fields.tsx'
import { certificateText } from './text.ts'
import textStyles from '../../shared/styles/text.module.css'

const strategies = choicesOf(certificateText.strategies)

/** The form of the certificate of the open plan. */
export function CertificateForm() {
  const { edit } = useDraftSession()
  const { certificate } = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const put = (next: Plan['certificate'], field?: string): void => {
    edit((before) => ({ ...before, certificate: next }), field)
  }
  return (
    <section aria-labelledby="certificate-form">
      <h2 id="certificate-form">{certificateText.title}</h2>
      <ChoiceField
        label={certificateText.strategy}
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
            label={certificateText.sha256}
            path="certificate.sha256"
            chip={<Yours />}
            hint={certificateText.sha256Hint}
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
            {certificateText.trust} <NoSource />
          </h3>
          <p className={textStyles.quiet}>{certificateText.trustAbout}</p>
          <ArtefactFields
            what={certificateText.trustFile}
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
