/** The words of the frame: title bar, rail, and what is above every view. */
export const frameText = {
  product: 'Exekra Rollout',
  skip: 'Go to the content',
  practice: 'Practice',
  practiceNote: ' · no machine is touched',
  search: 'Search hosts, steps, commands',
  searchHint: 'Ctrl+K',
  searchKeys: 'Ctrl K',
  stale: (time: string, hint: string) => `You see the state of ${time}. ${hint}`,
  tryAgain: 'Try again',
} as const

export const railText = {
  label: 'Navigation',
  hint: 'Navigation, Ctrl+B',
  places: 'Places',
  journey: 'Journey of the plan',
  sites: 'Sites',
  runs: 'Runs',
  audit: 'Audit',
  settings: 'Settings',
  headings: { plan: 'Plan', review: 'Review', prove: 'Prove', run: 'Run', handOver: 'Hand over' },
} as const
