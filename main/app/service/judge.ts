/** Checks a plan as often as somebody types: media are hashed again only when they have changed. */
import { stat } from 'node:fs/promises'
import { runChecks } from '../../../domain/checks/check.ts'
import type { JudgedFinding } from '../../../domain/contract/shapes.ts'
import { mediaOf, type FileSeen } from '../../../domain/plan/media.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { judgeWithSurvey } from '../../../domain/checks/survey.ts'
import { applyWaivers } from '../../../domain/checks/waiver.ts'
import type { App } from '../core/app.ts'
import { lookAt, mediaPath } from '../workstation/plan-file.ts'

export interface Judge {
  /** The plan's media on this workstation, by the path written in the plan. */
  media(plan: Plan, folder: string): Promise<ReadonlyMap<string, FileSeen>>
  /**
   * Findings of a plan, the worst first. Without a folder media are not checked. `of` names the revision whose survey
   * and waivers are used.
   */
  judge(
    plan: Plan,
    folder: string | null,
    of: { readonly planId: string; readonly revision: number } | null,
  ): Promise<JudgedFinding[]>
}

/** A judge that remembers the files it has hashed. */
export function createJudge({ store, catalogue }: Pick<App, 'store' | 'catalogue'>): Judge {
  const hashed = new Map<string, { readonly stamp: string; readonly seen: FileSeen }>()

  async function inspectFile(path: string): Promise<FileSeen> {
    const stamp = await stat(path).then(
      ({ size, mtimeMs, ino }) => `${size} ${mtimeMs} ${ino}`,
      () => '',
    )
    const known = hashed.get(path)
    if (stamp !== '' && known?.stamp === stamp) return known.seen
    const seen = await lookAt(path)
    hashed.set(path, { stamp, seen })
    return seen
  }

  async function media(plan: Plan, folder: string): Promise<Map<string, FileSeen>> {
    const files = new Map<string, FileSeen>()
    for (const { artefact } of mediaOf(plan))
      if (!files.has(artefact.file)) files.set(artefact.file, await inspectFile(mediaPath(folder, artefact.file)))
    return files
  }

  return {
    media,
    async judge(plan, folder, of) {
      const files = folder === null ? new Map<string, FileSeen>() : await media(plan, folder)
      const answers = of === null ? [] : store.surveys.answers(of).map(({ answer }) => answer)
      const input = { plan, catalogue, ...(folder === null ? {} : { files }) }
      const findings = answers.length === 0 ? runChecks(input) : judgeWithSurvey(input, answers)
      return applyWaivers(findings, of === null ? [] : store.waivers.waivers(of.planId, of.revision))
    },
  }
}
