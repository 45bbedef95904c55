/** Waves: which hosts of a stage start together. */

export interface WavePolicy {
  /** Hosts that go first, alone; 0 for none. */
  readonly canary: number
  /** Size of every further wave: a number of hosts, or a share of the stage's hosts such as "25%". */
  readonly batch: number | string
}

/**
 * Cuts hosts into waves in their order: the canary first, then batches. No wave is empty; every host is in exactly one.
 */
export function splitWaves<T>(hosts: readonly T[], policy: WavePolicy): T[][] {
  const canary = Math.min(policy.canary, hosts.length)
  const waves = canary > 0 ? [hosts.slice(0, canary)] : []
  const size = batchSize(hosts.length, policy.batch)
  for (let i = canary; i < hosts.length; i += size) waves.push(hosts.slice(i, i + size))
  return waves
}

function batchSize(total: number, batch: number | string): number {
  const size = typeof batch === 'number' ? batch : Math.ceil((total * Number.parseInt(batch, 10)) / 100)
  return Math.max(1, size)
}
