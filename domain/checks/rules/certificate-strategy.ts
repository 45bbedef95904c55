/** Checks the HTTPS certificate strategy: self-signed is for pilots. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'

export const certificateStrategy = defineCheck({
  id: 'certificate-strategy',
  title: 'HTTPS certificate strategy',
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan }, say) {
    if (plan.certificate.strategy === 'self-signed' && plan.layout !== 'pilot') {
      say.block(
        wholePlan,
        "The Hub's certificate is self-signed outside a pilot; the documentation recommends that for pilots only.",
        'Set certificate.strategy to operator and supply a certificate of your organisation.',
        'certificate.strategy',
      )
    }
    return plan.certificate.strategy === 'operator'
      ? "The operator supplies the Hub's certificate."
      : 'The installer makes a self-signed certificate, as documented for pilots.'
  },
})
