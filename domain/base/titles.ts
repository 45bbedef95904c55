/** Titles of components, stages and operating systems, as people read them. */
import type { ComponentName, StageName } from './ids.ts'

export const stageTitles: Readonly<Record<StageName, string>> = {
  prerequisites: 'Prerequisites',
  hub: 'Hub',
  studio: 'Studio',
  runner: 'Runner',
  acceptance: 'Acceptance',
}

export const componentTitles: Readonly<Record<ComponentName, string>> = {
  hub: 'Hub',
  postgresql: 'PostgreSQL',
  redis: 'Redis',
  studio: 'Studio',
  runner: 'Runner',
}

/** An operating system of the plan as its maker writes it: `windows-server-2022` is Windows Server 2022. */
export function systemTitle(system: string): string {
  if (system === 'other') return 'another system'
  return system
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}
