/** Checks that every file of the media is pinned by its hash, and is that file. */
import { rolloutSource } from '../../base/finding.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'
import { mediaOf } from '../../plan/media.ts'

export const mediaHash = defineCheck({
  id: 'media-hash',
  title: 'SHA-256 of the media',
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, files }, say) {
    const media = mediaOf(plan)
    for (const { owner, field, artefact } of media) {
      const seen = files?.get(artefact.file)
      if (artefact.sha256 === undefined) {
        const found = seen?.sha256
          ? ` The file there has ${seen.sha256}; compare it with what its maker publishes.`
          : ''
        say.block(
          owner,
          `The plan does not pin the SHA-256 of ${artefact.file}; what arrives on a host could not be held against anything.${found}`,
          'Add sha256 beside the file.',
          `${field}.sha256`,
        )
      } else if (seen?.exists && seen.sha256 === null)
        say.warn(
          owner,
          `${artefact.file} was not hashed; whether it is the pinned file is not known.`,
          'Run the check again with the media at hand.',
          `${field}.sha256`,
        )
      else if (seen?.exists && seen.sha256?.toLowerCase() !== artefact.sha256)
        say.block(
          owner,
          `${artefact.file} is not the file the plan pins: its SHA-256 is ${seen.sha256}, the plan says ${artefact.sha256}.`,
          'Fetch the file again from its maker, or correct the plan if the file was changed on purpose.',
          `${field}.sha256`,
        )
    }
    if (media.length === 0) return null
    return files
      ? `All ${plural(media.length, 'file')} of the media have the pinned SHA-256.`
      : 'Every file of the media is pinned by its SHA-256; the files themselves were not looked at.'
  },
})
