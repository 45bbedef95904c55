/** Owns how the presence of a component on a host is judged: everything its detection names must hold. */
import type { Detection } from '../../../domain/plan/installer.ts'
import type { StepKind } from '../../../domain/graph/step.ts'
import { compareVersions } from '../../../domain/base/version.ts'
import type { VerbResult } from '../../../domain/remote/verb.ts'
import type { Observation, StepContext } from './handler.ts'

/** Looks for a component: satisfied when all that is named holds, absent when none does, else partial. */
export async function observeProduct(
  { session, signal }: Pick<StepContext<StepKind>, 'session' | 'signal'>,
  detect: Detection,
): Promise<Observation> {
  return judgeProduct(detect, await session.run('Get-ProductState', { Detect: detect }, { signal }))
}

/** The pure part of observeProduct. */
export function judgeProduct(detect: Detection, found: VerbResult<'Get-ProductState'>): Observation {
  const holds: boolean[] = []
  const evidence: string[] = []
  const note = (ok: boolean, line: string) => {
    holds.push(ok)
    evidence.push(line)
  }
  if (detect.uninstallName !== undefined) {
    const { uninstall } = found
    note(
      uninstall !== null,
      uninstall
        ? `Installed programs list "${uninstall.displayName}"${uninstall.version === null ? '' : `, version ${uninstall.version}`}`
        : `Installed programs do not list "${detect.uninstallName}"`,
    )
    if (uninstall && detect.minVersion !== undefined) {
      const enough = uninstall.version !== null && compareVersions(uninstall.version, detect.minVersion) >= 0
      note(
        enough,
        `Version ${uninstall.version ?? 'unknown'}, ${enough ? 'at least' : 'but wanted is at least'} ${detect.minVersion}`,
      )
    }
  }
  if (detect.file !== undefined)
    note(found.file?.exists === true, `${detect.file} ${found.file?.exists === true ? 'is there' : 'is not there'}`)
  if (detect.service !== undefined)
    note(
      found.service?.exists === true,
      `Service ${detect.service} ${found.service?.exists === true ? 'is there' : 'is not there'}`,
    )
  const state = holds.every(Boolean) ? 'satisfied' : holds.some(Boolean) ? 'partial' : 'absent'
  return { state, evidence }
}
