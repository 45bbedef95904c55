/** The columns of the survey matrix. A check names its own column where it is defined. */
export const surveyColumns = [
  { id: 'reach', head: 'Reach', title: 'Reach' },
  { id: 'rights', head: 'Rights', title: 'Administrator rights' },
  { id: 'edition', head: 'Edition', title: 'Edition of Windows' },
  { id: 'shell', head: 'Shell', title: 'PowerShell' },
  { id: 'bits', head: '64-bit', title: 'Architecture' },
  { id: 'restart', head: 'Restart', title: 'Restart due' },
  { id: 'disk', head: 'Disk', title: 'Free disk' },
  { id: 'clock', head: 'Clock', title: 'Clock' },
  { id: 'name', head: 'Name', title: 'Name of the machine' },
  { id: 'ports', head: 'Ports', title: 'Ports in use' },
  { id: 'services', head: 'Services', title: 'Services' },
  { id: 'paths', head: 'Paths', title: 'Network paths from this host' },
] as const
export type SurveyColumn = (typeof surveyColumns)[number]
export type SurveyColumnId = SurveyColumn['id']
