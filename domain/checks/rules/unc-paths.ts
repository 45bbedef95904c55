/** Checks that nothing an installer is given lies on a share. */
import { rolloutSource } from '../../base/finding.ts'
import { defineCheck } from '../check-context.ts'
import { installerTexts } from '../../plan/installer-text.ts'
import { mediaOf } from '../../plan/media.ts'

// Two slashes of either kind, a server, one more, a share; not after a drive letter (C:\\folder) nor a scheme (https://).
const unc =
  /(?<![\w:/\\.])(?:\\\\|\/\/)(?:\?\\UNC\\)?\w[\w.$-]*[\\/][^\s"'\\/]|\bfile:\/\/[\w.-]+\/|(?<=[\w/-]{2}:)\\\\[\w.$-]+\\[^\s"'\\]/i

export const uncPaths = defineCheck({
  id: 'unc-paths',
  title: 'No share behind an installer',
  needs: 'plan',
  source: rolloutSource,
  waivable: true,
  judge({ plan }, say) {
    for (const { owner, field, where, text } of installerTexts(plan)) {
      if (unc.test(text))
        say.block(
          owner,
          `${where} names a share (${text}). A session on a host cannot use its sign-in for a second machine (the double hop), so the share refuses it.`,
          'List the file as extra media; it is laid beside the installer, and {media} names that folder.',
          field,
        )
    }
    for (const { owner, field, artefact } of mediaOf(plan)) {
      if (unc.test(artefact.file))
        say.block(
          owner,
          `${artefact.file} lies on a share. Media are taken from the workstation's own disk, so that what was checked is what is sent.`,
          'Copy the file to the workstation and correct its path.',
          `${field}.file`,
        )
    }
    return 'No installer, file or environment value points to a share.'
  },
})
