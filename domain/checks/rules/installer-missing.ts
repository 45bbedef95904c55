/** Checks that the plan says how each component to be installed is installed. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { mediaText } from '../text/media.ts'
import { onInstaller } from '../../base/subject.ts'
import { componentNames } from '../../base/ids.ts'

const text = mediaText.installerMissing

export const installerMissing = defineCheck({
  id: 'installer-missing',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, catalogue, index }, say) {
    for (const component of componentNames) {
      const wanted = index.placementsOf[component].some((placement) => placement.provision === 'install')
      if (!wanted || plan.installers[component]) continue
      const { title, installer } = catalogue.components[component]
      say.block(onInstaller(component), text.missing(title, installer.why), `installers.${component}.mode`)
    }
    return text.pass
  },
})
