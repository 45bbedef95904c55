/** Checks that the media lie where the plan says. */
import { rolloutSource } from '../../base/finding.ts'
import { wholePlan } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'
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
        wholePlan,
        `Nobody has looked yet whether the ${plural(media.length, 'file')} of the media are on the workstation.`,
        'Run the check where the media lie.',
        'installers',
      )
      return null
    }
    for (const { owner, field, artefact } of media) {
      const seen = files.get(artefact.file)
      if (!seen)
        say.warn(
          owner,
          `It is not known whether ${artefact.file} is on the workstation.`,
          'Run the check where the media lie.',
          `${field}.file`,
        )
      else if (!seen.exists)
        say.block(
          owner,
          `There is no file ${artefact.file} on the workstation.`,
          'Put the file there, or correct its path; paths are absolute or relative to the plan.',
          `${field}.file`,
        )
    }
    return `All ${plural(media.length, 'file')} of the media are on the workstation.`
  },
})
