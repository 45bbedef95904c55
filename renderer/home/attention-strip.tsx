/** The strip of runs that wait for a person, the oldest first. */
import { Button } from '@fluentui/react-components'
import { useCallback, useRef } from 'react'
import { formatDuration } from '../shared/format.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import type { Overview } from '../shared/overview-store.ts'
import { stepThrough, useNextProblem } from '../navigation/next-problem.ts'
import { go } from '../shared/route.ts'
import { homeText } from './text.ts'
import styles from './home.module.css'

export function AttentionStrip({ home }: { readonly home: Overview }) {
  const list = useRef<HTMLUListElement>(null)
  useNextProblem(
    useCallback((by) => {
      const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
      const next = stepThrough(
        buttons,
        buttons.find((button) => button === document.activeElement),
        by,
      )
      next?.focus()
      return next !== undefined
    }, []),
  )
  const oldest = home.attention.toSorted((a, b) => a.since - b.since)
  if (oldest.length === 0) return null
  return (
    <ul ref={list} className={styles.strips} aria-label={homeText.attentionList}>
      {oldest.slice(0, 3).map((entry) => {
        const waited = Date.now() - entry.since
        return (
          <li key={`${entry.runId} ${entry.kind}`} className={styles.strip}>
            <StatusGlyph status={entry.kind === 'decision' ? 'failed' : 'needs-you'} size={26} />
            <div className={styles.stripText}>
              <strong>{`${entry.planName} ${homeText.attention[entry.kind]}`}</strong>
              <span>{entry.title}</span>
            </div>
            {waited > 0 && (
              <span className={styles.waited}>
                <span>{homeText.waiting}</span>
                <strong>{formatDuration(waited)}</strong>
              </span>
            )}
            <Button
              appearance="primary"
              onClick={() => {
                go({ view: 'run', runId: entry.runId })
              }}
            >
              {homeText.attentionAct[entry.kind]}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
