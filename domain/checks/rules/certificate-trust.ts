/** Checks how Studio and Runner machines come to trust the certificate, which no page says. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'

const text = hubText.certificateTrust

export const certificateTrust = defineCheck({
  id: 'certificate-trust',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, index }, say) {
    const clients = index.placementsOf.studio.length + index.placementsOf.runner.length
    if (clients === 0) return null
    if (plan.certificate.strategy === 'self-signed') {
      say.warn(wholePlan, text.selfSigned, 'certificate.strategy')
    }
    return plan.certificate.strategy === 'operator' && plan.certificate.trust ? text.passGiven : text.passTrusted
  },
})
