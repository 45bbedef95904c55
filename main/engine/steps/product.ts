/** Judges whether a component is installed on a host: everything that its detection names must be found. */
import type { Detection } from '../../../domain/plan/installer.ts'
import type { StepKind } from '../../../domain/graph/step.ts'
import type { VerbResult } from '../../../domain/remote/verb.ts'
import type { Observation, StepContext } from './handler.ts'
import { productText } from './text.ts'

/** Detects a component: satisfied when everything named is found, absent when nothing is, else partial. */
export async function observeProduct(
  { session, signal }: Pick<StepContext<StepKind>, 'session' | 'signal'>,
  detect: Detection,
): Promise<Observation> {
  return judgeProduct(detect, await session.run('Get-ProductState', { Detect: detect }, { signal }))
}

/** The pure part of observeProduct. */
export function judgeProduct(detect: Detection, found: VerbResult<'Get-ProductState'>): Observation {
  const matches: boolean[] = []
  const evidence: string[] = []
  const note = (ok: boolean, line: string) => {
    matches.push(ok)
    evidence.push(line)
  }
  if (detect.uninstallName !== undefined) {
    const { uninstall } = found
    // What another account installed for itself is not there for those the plan is for, and is not ours to judge.
    const counts = uninstall !== null && uninstall.scope !== 'other-account'
    note(
      counts,
      uninstall
        ? productText.listed(uninstall.displayName, uninstall.version)
        : productText.notListed(detect.uninstallName),
    )
    if (uninstall?.scope === 'own-account') evidence.push(productText.ownOnly(uninstall.displayName, uninstall.account))
    if (uninstall?.scope === 'other-account')
      evidence.push(productText.otherOnly(uninstall.displayName, uninstall.account))
    if (uninstall && counts && detect.minVersion !== undefined) {
      const enough = uninstall.version !== null && compareVersions(uninstall.version, detect.minVersion) >= 0
      note(enough, productText.version(uninstall.version, detect.minVersion))
    }
  }
  if (detect.file !== undefined)
    note(found.file?.exists === true, productText.file(detect.file, found.file?.exists === true))
  if (detect.service !== undefined)
    note(found.service?.exists === true, productText.service(detect.service, found.service?.exists === true))
  const state = matches.every(Boolean) ? 'satisfied' : matches.some(Boolean) ? 'partial' : 'absent'
  return { state, evidence }
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; missing or invalid parts are 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function parts(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0)
}
