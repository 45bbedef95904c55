/** The words and glyphs of status: the closed list of states that a view may show. */
export const statusWords = {
  planned: 'Planned',
  waiting: 'Waiting',
  'needs-you': 'Needs you',
  running: 'Running',
  done: 'Done',
  unchanged: 'Unchanged',
  warn: 'Warning',
  failed: 'Failed',
  block: 'Block',
  unreachable: 'Unreachable',
  unknown: 'Unknown',
  skipped: 'Skipped',
  excluded: 'Excluded',
  cancelled: 'Cancelled',
  pass: 'Pass',
  'gate-planned': 'Gate',
  'gate-opened': 'Opened',
} as const

export type Status = keyof typeof statusWords

/** The symbol in glyphs.svg. */
export function glyphOf(status: Status): string {
  switch (status) {
    case 'pass':
      return 'glyph-unchanged'
    case 'cancelled':
      return 'glyph-excluded'
    default:
      return `glyph-${status}`
  }
}
