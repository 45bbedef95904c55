/** The words of the search over everything that is open. */
import { formatCount, plural } from '../../domain/base/plural.ts'
import type { ThemeChoice } from '../theme/themes.ts'

const themes: Readonly<Record<ThemeChoice, string>> = {
  system: 'Colours: same as the system',
  light: 'Colours: light',
  dark: 'Colours: dark',
  contrast: 'Colours: high contrast',
}

export const searchText = {
  title: 'Search',
  placeholder: 'Hosts, steps, commands',
  label: 'Search hosts, steps, commands',
  results: 'Results',
  none: (query: string) => `Nothing here is called "${query}".`,
  count: (shown: number, all: number) =>
    all > shown ? `The first ${formatCount(shown)} of ${plural(all, 'result')}` : plural(all, 'result'),
  openLink: 'Open this link',
  allPlans: 'All plans',
  allRollouts: 'All rollouts',
  ofThisPlan: 'In this plan',
  newestRun: 'The newest run of this plan',
  settingsPart: (part: string) => `Settings: ${part}`,
  helpKey: 'F1',
  themes,
  setting: 'Setting',
} as const
