/** Maps a host's facts to an operating system of the plan. */
import type { Facts } from './facts.ts'
import type { OperatingSystem } from '../plan/host.ts'

/**
 * The operating system by build, product type and edition; undefined where the facts do not say enough. Build numbers
 * are Microsoft's.
 */
export function osOf(facts: Facts): OperatingSystem | undefined {
  const { build, productType, edition } = facts.os
  if (productType === 'unknown') return undefined
  if (productType !== 'workstation')
    return build >= 26100
      ? 'windows-server-2025'
      : build >= 20348
        ? 'windows-server-2022'
        : build >= 17763
          ? 'windows-server-2019'
          : build >= 14393
            ? 'windows-server-2016'
            : 'other'
  if (build < 10240) return 'other'
  if (edition === null) return undefined
  const family = build >= 22000 ? 'windows-11' : 'windows-10'
  if (edition.startsWith('Professional')) return `${family}-pro`
  if (edition.startsWith('Enterprise')) return `${family}-enterprise`
  if (edition.startsWith('Core')) return `${family}-home`
  return 'other'
}
