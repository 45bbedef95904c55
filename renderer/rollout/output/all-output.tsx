/** The output of all hosts as one list, in order of arrival. */
import { Button } from '@fluentui/react-components'
import { useCallback } from 'react'
import { kindTitle } from './event-line.ts'
import { formatTimeMs } from '../../shared/format.ts'
import { useRun } from '../session/run-store.ts'
import { type ListedLine, LineList, type Listing } from './line-list.tsx'
import { useAllOutput } from './use-all-output.ts'
import { type LinesOf, useHostNames } from './use-host-names.ts'
import { outputText } from './text.ts'
import styles from './output-panel.module.css'

export function AllOutput({ hosts, host, ...listing }: Listing & { readonly hosts: LinesOf; readonly host: string }) {
  const runId = useRun((picture) => picture.runId)
  const live = useRun(({ state }) => state.status !== 'finished')
  const index = useRun((picture) => picture.state.index)
  const names = useHostNames(hosts, host)
  const { lines, length, readEarlier, failure } = useAllOutput(runId, live)
  const stepOf = useCallback(
    (id: string | null) => {
      const at = id === null ? undefined : index.stepAt.get(id)
      return at && index.lanes[at.lane]?.steps[at.index]
    },
    [index],
  )
  const line = useCallback(
    (i: number): ListedLine => {
      const read = lines.at(i)
      const step = stepOf(read?.step ?? null)
      return read
        ? {
            at: formatTimeMs(read.at),
            who: step?.host ?? '',
            kind: read.stream !== 'output' ? read.stream : step ? kindTitle(step.work.kind) : '',
            text: read.text,
          }
        : { at: '', who: '', kind: '', text: '' }
    },
    [lines, stepOf],
  )
  const ofHosts = useCallback(
    (i: number): boolean => names?.has(stepOf(lines.at(i)?.step ?? null)?.host ?? '') ?? true,
    [lines, names, stepOf],
  )
  const earlier = (): void => {
    listing.onFollow(false)
    readEarlier?.()
  }
  return (
    <>
      <p className={styles.title}>
        {outputText.inOrder(
          hosts === 'all'
            ? outputText.allHosts
            : hosts === 'chosen'
              ? host
              : outputText.selectedHosts(names?.size ?? 0),
        )}
        {failure ? ` · ${failure.message}` : ''}
        {readEarlier && (
          <Button size="small" appearance="transparent" onClick={earlier}>
            {outputText.earlier}
          </Button>
        )}
      </p>
      {length === 0 ? (
        <p className={styles.none}>{outputText.noneFromHosts}</p>
      ) : (
        <LineList
          label={outputText.all}
          count={length}
          line={line}
          wanted={names === null ? null : ofHosts}
          {...listing}
        />
      )}
    </>
  )
}
