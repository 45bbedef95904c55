/** Owns the strip that says what needs the person, the oldest first. */
import { Button } from '@fluentui/react-components'
import { useCallback, useRef } from 'react'
import { formatDuration } from '../shared/format.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import type { Overview } from '../shared/overview-store.ts'
import { stepThrough, useNextProblem } from '../navigation/next-problem.ts'
import { go } from '../shared/route.ts'
import styles from './home.module.css'

type Attention = Overview['attention'][number]

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
    <ul ref={list} className={styles.strips} aria-label="Needs you">
      {oldest.slice(0, 3).map((one) => {
        const waited = Date.now() - one.since
        return (
          <li key={`${one.runId} ${one.kind}`} className={styles.strip}>
            <StatusGlyph status={one.kind === 'decision' ? 'failed' : 'needs-you'} size={26} />
            <div className={styles.stripText}>
              <strong>{`${one.planName} ${sentence[one.kind]}`}</strong>
              <span>{one.title}</span>
            </div>
            {waited > 0 && (
              <span className={styles.waited}>
                <span>Waiting</span>
                <strong>{formatDuration(waited)}</strong>
              </span>
            )}
            <Button
              appearance="primary"
              onClick={() => {
                go({ view: 'run', runId: one.runId })
              }}
            >
              {act[one.kind]}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}

const sentence: Record<Attention['kind'], string> = {
  gate: 'waits for you at a gate',
  decision: 'waits for a decision',
  'by-hand': 'waits for work by hand',
  paused: 'is paused',
  'not-driven': 'is not being driven',
}
const act: Record<Attention['kind'], string> = {
  gate: 'Go to gate',
  decision: 'Decide',
  'by-hand': 'Go to work by hand',
  paused: 'Go to run',
  'not-driven': 'Go to run',
}
