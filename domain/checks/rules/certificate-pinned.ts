/** Checks that the expected certificate is named, so that the endpoint can be held against it. */
import { rolloutSource } from '../../base/finding.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'

const text = hubText.certificatePinned

export const certificatePinned = defineCheck({
  id: 'certificate-pinned',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan }, say) {
    if (plan.certificate.strategy === 'self-signed') return text.passSelfSigned
    if (plan.certificate.sha256 === undefined) {
      say.warn(wholePlan, text.missing, 'certificate.sha256')
    }
    return text.pass
  },
})
