/** Checks that the media lie where the plan says. */
import { rolloutSource } from '../../base/finding.ts'
import { count, defineCheck } from '../check-context.ts'
import { mediaOf } from '../../plan/media.ts'

export const mediaPresent = defineCheck({
  id: 'media-present',
  title: 'Media on the workstation',
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, files }, say) {
    const media = mediaOf(plan)
    if (media.length === 0) return null
    if (!files) {
      say.warn(
        'plan',
        `Nobody has looked yet whether the ${count(media.length, 'file')} of the media are on the workstation.`,
        'Run the check where the media lie.',
      )
      return null
    }
    for (const { owner, artefact } of media) {
      const seen = files.get(artefact.file)
      if (!seen)
        say.warn(
          owner,
          `It is not known whether ${artefact.file} is on the workstation.`,
          'Run the check where the media lie.',
        )
      else if (!seen.exists)
        say.block(
          owner,
          `There is no file ${artefact.file} on the workstation.`,
          'Put the file there, or correct its path; paths are absolute or relative to the plan.',
        )
    }
    return `All ${count(media.length, 'file')} of the media are on the workstation.`
  },
})
