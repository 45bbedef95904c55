/** Checks the HTTPS certificate strategy: self-signed is for pilots. */
import { sources } from '../../plan/catalogue.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { hubText } from '../text/hub.ts'

const text = hubText.certificateStrategy

export const certificateStrategy = defineCheck({
  id: 'certificate-strategy',
  title: text.title,
  needs: 'plan',
  source: sources['deployment-planning'],
  waivable: true,
  judge({ plan }, say) {
    if (plan.certificate.strategy === 'self-signed' && plan.layout !== 'pilot') {
      say.block(wholePlan, text.selfSigned, 'certificate.strategy')
    }
    return plan.certificate.strategy === 'operator' ? text.passOwn : text.passSelfSigned
  },
})
