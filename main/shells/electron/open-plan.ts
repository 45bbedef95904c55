/** Opens a plan file from the menu: reads it and stores it as a draft. */
import type { Failure } from '../../../domain/base/failure.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import type { AppService } from '../../app/service/app-service.ts'
import { dialogText } from './text.ts'

/** The address of the view of that plan, such as #/plans/ID/hosts; a failure where the file is not a plan. */
export async function openPlanFile(
  api: AppService['api'],
  path: string,
): Promise<{ readonly fragment: string } | { readonly failure: Pick<Failure, 'message' | 'hint' | 'evidence'> }> {
  try {
    const read = await api['plan.open']({ path })
    if (!read.ok) return notAPlan(path, read.problems)
    const saved = await api['plan.saveDraft']({
      planId: read.planId,
      document: read.plan,
      folder: read.folder,
      basedOn: null,
    })
    return saved.ok
      ? { fragment: `#/plans/${encodeURIComponent(saved.revision.planId)}/hosts` }
      : notAPlan(path, saved.problems)
  } catch (thrown) {
    return { failure: toFailure(thrown) }
  }
}

function notAPlan(path: string, problems: readonly { readonly path: string; readonly message: string }[]) {
  return {
    failure: {
      message: dialogText.notAPlan(path),
      hint: dialogText.notAPlanHint,
      evidence: problems.map(
        (problem) => `${problem.path === '' ? dialogText.wholeDocument : problem.path}: ${problem.message}`,
      ),
    },
  }
}
