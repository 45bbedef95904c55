/** Checks that the signer of each installer is pinned. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { mediaOf } from '../../plan/media.ts'

export const mediaSigner = defineCheck({
  id: 'media-signer',
  title: 'Signer of the installers',
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan }, say) {
    const installers = mediaOf(plan).filter((file) => file.role === 'installer')
    for (const { owner, field, artefact } of installers) {
      if (artefact.signer === undefined)
        say.warn(
          owner,
          `The signer of ${artefact.file} is not pinned: the hash tells that it is this file, not who made it. No page says who signs Exekra's installers.`,
          "Look at the file's digital signature and add its thumbprint as signer, or accept the hash alone.",
          `${field}.signer`,
        )
    }
    return installers.length > 0 ? 'The signer of every installer is pinned.' : null
  },
})
