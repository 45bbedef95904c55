/** Checks how Studio and Runner machines come to trust the certificate, which no page says. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const certificateTrust = defineCheck({
  id: 'certificate-trust',
  title: 'Trust in the certificate',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan, index }, say) {
    const clients = index.placementsOf.studio.length + index.placementsOf.runner.length
    if (clients === 0) return null
    if (plan.certificate.strategy === 'self-signed') {
      say.warn(
        wholePlan,
        'No page says how Studio and Runner treat a self-signed certificate. Rollout puts it into the trusted roots of their machines.',
        "Confirm with the pilot's first Runner that it connects.",
        'certificate.strategy',
      )
    }
    return plan.certificate.strategy === 'operator' && plan.certificate.trust
      ? 'Studio and Runner machines are given the certificate they must trust.'
      : 'Studio and Runner machines are said to trust the certificate already; the rollout tests the endpoint from each.'
  },
})
