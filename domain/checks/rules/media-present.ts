/** Checks that the media lie where the plan says. */
import { rolloutSource } from '../../base/finding.ts'
import { wholePlan } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { mediaText } from '../text/media.ts'
import { mediaOf } from '../../plan/media.ts'

const text = mediaText.present

export const mediaPresent = defineCheck({
  id: 'media-present',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, files }, say) {
    const media = mediaOf(plan)
    if (media.length === 0) return null
    if (!files) {
      say.warn(wholePlan, text.unread(media.length), 'installers')
      return null
    }
    for (const { owner, field, artefact } of media) {
      const seen = files.get(artefact.file)
      if (!seen) say.warn(owner, text.unknown(artefact.file), `${field}.file`)
      else if (!seen.exists) say.block(owner, text.missing(artefact.file), `${field}.file`)
    }
    return text.pass(media.length)
  },
})
