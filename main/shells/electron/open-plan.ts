/** Owns opening a plan file from the menu: read, stored as a draft, then shown. */
import type { Failure } from '../../../domain/base/failure.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import type { AppService } from '../../app/service/app-service.ts'

/** The place of the plan in that file, such as #/plans/ID/hosts; a failure where it is no plan. */
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
      message: `${path} cannot be taken as a plan.`,
      hint: 'Correct what is named below, then open it again.',
      evidence: problems.map((problem) => `${problem.path === '' ? 'the document' : problem.path}: ${problem.message}`),
    },
  }
}
