/** Checks that the expected certificate is named, so that the endpoint can be held against it. */
import { rolloutSource } from '../../base/finding.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const certificatePinned = defineCheck({
  id: 'certificate-pinned',
  title: 'The expected certificate',
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan }, say) {
    if (plan.certificate.strategy === 'self-signed')
      return 'A self-signed certificate is not known before the Hub is installed; what the Hub shows over its own session is held from then on.'
    if (plan.certificate.sha256 === undefined) {
      say.warn(
        wholePlan,
        "The SHA-256 of the Hub's certificate is not in the plan: whatever certificate the Hub shows first would be taken for the right one.",
        'Set certificate.sha256 to the fingerprint of the certificate you supply.',
        'certificate.sha256',
      )
    }
    return 'The Hub must answer with exactly the certificate of the plan.'
  },
})
