/** Owns the words that people read for names of the domain. */
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
