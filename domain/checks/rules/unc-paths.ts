/** Checks that nothing an installer is given lies on a share. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { mediaText } from '../text/media.ts'
import { installerTexts } from '../../plan/installer-text.ts'
import { mediaOf } from '../../plan/media.ts'

// Two slashes of either kind, a server, one more, a share; not after a drive letter (C:\\folder) nor a scheme
// (https://).
const unc =
  /(?<![\w:/\\.])(?:\\\\|\/\/)(?:\?\\UNC\\)?\w[\w.$-]*[\\/][^\s"'\\/]|\bfile:\/\/[\w.-]+\/|(?<=[\w/-]{2}:)\\\\[\w.$-]+\\[^\s"'\\]/i

const text = mediaText.share

export const uncPaths = defineCheck({
  id: 'unc-paths',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan }, say) {
    for (const { owner, field, where, text: written } of installerTexts(plan)) {
      if (unc.test(written)) say.block(owner, text.inText(where, written), field)
    }
    for (const { owner, field, artefact } of mediaOf(plan)) {
      if (unc.test(artefact.file)) say.block(owner, text.file(artefact.file), `${field}.file`)
    }
    return text.pass
  },
})
