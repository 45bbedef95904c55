/** Checks that the signer of each installer is pinned. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { mediaText } from '../text/media.ts'
import { mediaOf } from '../../plan/media.ts'

const text = mediaText.signer

export const mediaSigner = defineCheck({
  id: 'media-signer',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan }, say) {
    const installers = mediaOf(plan).filter((file) => file.role === 'installer')
    for (const { owner, field, artefact } of installers) {
      if (artefact.signer === undefined) say.warn(owner, text.unpinned(artefact.file), `${field}.signer`)
    }
    return installers.length > 0 ? text.pass : null
  },
})
