/** The log of the run as lines: of all hosts, the selected one, or those selected in the table. */
import { useCallback } from 'react'
import { eventLine } from './event-line.ts'
import { formatTimeMs } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useRun } from '../session/run-store.ts'
import { type ListedLine, LineList, type Listing } from './line-list.tsx'
import { panelText } from './text.ts'
import { type LinesOf, useHostNames } from './use-host-names.ts'

export function RunLog({ hosts, host, ...listing }: Listing & { readonly hosts: LinesOf; readonly host: string }) {
  const index = useRun((picture) => picture.state.index)
  const log = useRun((picture) => picture.log)
  const length = useRun((picture) => picture.length)
  const names = useHostNames(hosts, host)
  const line = useCallback(
    (i: number): ListedLine => {
      const event = log[i]
      if (!event) return { at: '', who: '', kind: '', text: '' }
      const { host: who, kind, text, status } = eventLine(index, event)
      return {
        at: formatTimeMs(event.at),
        who,
        kind,
        text,
        mark: status === null ? null : <StatusGlyph status={status} size={12} />,
      }
    },
    [log, index],
  )
  const ofHosts = useCallback(
    (i: number): boolean => {
      const event = log[i]
      return event !== undefined && names !== null && names.has(eventLine(index, event).host)
    },
    [log, index, names],
  )
  return (
    <LineList label={panelText.log} count={length} line={line} wanted={names === null ? null : ofHosts} {...listing} />
  )
}
