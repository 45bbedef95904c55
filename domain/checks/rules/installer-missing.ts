/** Checks that the plan says how each component to be installed is installed. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { onInstaller } from '../../base/subject.ts'
import { componentNames } from '../../base/ids.ts'

export const installerMissing = defineCheck({
  id: 'installer-missing',
  title: 'How each component is installed',
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, catalogue, index }, say) {
    for (const component of componentNames) {
      const wanted = index.placementsOf[component].some((placement) => placement.provision === 'install')
      if (!wanted || plan.installers[component]) continue
      const { title, installer } = catalogue.components[component]
      say.block(
        onInstaller(component),
        `${title} is to be installed and the plan does not say how. ${installer.why}`,
        `Add installers.${component}: unattended with your installer's file and arguments, or by-hand with instructions; or set provision to existing.`,
        `installers.${component}.mode`,
      )
    }
    return 'Every component to be installed has an installer or instructions.'
  },
})
