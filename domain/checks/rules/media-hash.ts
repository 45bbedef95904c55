/** Checks that every file of the media is pinned by its hash, and is that file. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { mediaText } from '../text/media.ts'
import { mediaOf } from '../../plan/media.ts'

const text = mediaText.hash

export const mediaHash = defineCheck({
  id: 'media-hash',
  title: text.title,
  needs: 'plan',
  source: rolloutSource,
  waivable: false,
  judge({ plan, files }, say) {
    const media = mediaOf(plan)
    for (const { owner, field, artefact } of media) {
      const seen = files?.get(artefact.file)
      if (artefact.sha256 === undefined) {
        say.block(owner, text.unpinned(artefact.file, seen?.sha256), `${field}.sha256`)
      } else if (seen?.exists && seen.sha256 === null) say.warn(owner, text.unread(artefact.file), `${field}.sha256`)
      else if (seen?.exists && seen.sha256?.toLowerCase() !== artefact.sha256)
        say.block(owner, text.wrong(artefact.file, seen.sha256 ?? '', artefact.sha256), `${field}.sha256`)
    }
    if (media.length === 0) return null
    return files ? text.pass(media.length) : text.passUnread
  },
})
