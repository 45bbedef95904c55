/** The columns of the survey matrix. A check names its own column where it is defined. */
import { columnText } from './text/columns.ts'

export const surveyColumns = [
  { id: 'reach', ...columnText.reach },
  { id: 'rights', ...columnText.rights },
  { id: 'edition', ...columnText.edition },
  { id: 'shell', ...columnText.shell },
  { id: 'bits', ...columnText.bits },
  { id: 'restart', ...columnText.restart },
  { id: 'disk', ...columnText.disk },
  { id: 'clock', ...columnText.clock },
  { id: 'name', ...columnText.name },
  { id: 'ports', ...columnText.ports },
  { id: 'services', ...columnText.services },
  { id: 'paths', ...columnText.paths },
] as const
export type SurveyColumn = (typeof surveyColumns)[number]
export type SurveyColumnId = SurveyColumn['id']
