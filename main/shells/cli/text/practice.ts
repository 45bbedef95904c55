/** What `practice` prints. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { plural } from '../../../../domain/base/plural.ts'

export const practiceText = {
  summary:
    'Creates a practice site: a plan, its media, and simulated hosts with faults. No machine is needed or touched.',
  outOption: 'the folder to create',
  layoutOption: 'enterprise (default) or pilot',
  runnersOption: 'number of Runners (default 5)',
  studiosOption: 'number of Studio hosts (default: from the layout)',
  seedOption: 'the same seed gives the same site (default 1)',
  faultOption: 'inject this fault, any number of times (default: one restart and one broken link)',
  speedOption: 'how many times faster than real time the site runs (default 20)',
  virtualOption: 'use virtual time: a whole rollout takes a second',
  layouts: 'pilot or enterprise',
  made: (dir: string, hosts: number, faults: readonly string[]) =>
    `Practice site in ${dir}: ${plural(hosts, 'simulated host')}. Faults: ${faults.join(', ') || 'none'}`,
  next: (plan: string, db: string) => `Roll it out with: ${commandName} run ${plan} --db ${db}`,
} as const
