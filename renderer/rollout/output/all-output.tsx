/** Owns the output of all hosts as one list: what every host wrote, in the order in which it came. */
import { Button } from '@fluentui/react-components'
import { useCallback } from 'react'
import { kindWord } from './event-line.ts'
import { formatTimeMs } from '../../shared/format.ts'
import { useRun } from '../session/run-store.ts'
import { type ListedLine, LineList, type Listing } from './line-list.tsx'
import { useAllOutput } from './use-all-output.ts'
import { type LinesOf, useHostNames } from './use-host-names.ts'
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
      const one = lines.at(i)
      const step = stepOf(one?.step ?? null)
      return one
        ? {
            at: formatTimeMs(one.at),
            who: step?.host ?? '',
            kind: one.stream !== 'output' ? one.stream : step ? kindWord(step.work.kind) : '',
            text: one.text,
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
        {`Output of ${hosts === 'all' ? 'all hosts' : hosts === 'chosen' ? host : `${names?.size ?? 0} selected hosts`}, in the order in which it came`}
        {failure ? ` · ${failure.message}` : ''}
        {readEarlier && (
          <Button size="small" appearance="transparent" onClick={earlier}>
            Read what came earlier
          </Button>
        )}
      </p>
      {length === 0 ? (
        <p className={styles.none}>No host has written anything so far.</p>
      ) : (
        <LineList
          label="Output of all hosts"
          count={length}
          line={line}
          wanted={names === null ? null : ofHosts}
          {...listing}
        />
      )}
    </>
  )
}
