/** The hosts of a cause: all of them selected at first, each a toggle for a person who may act. */
import { Button } from '@fluentui/react-components'
import type { PendingDecision } from '../../../domain/run/pending.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import type { FailureGroup } from './failure-groups.ts'
import { hostPicksText } from './text.ts'
import styles from './decision.module.css'

interface HostPicksProps {
  readonly group: FailureGroup
  /** The id of each step's failure. */
  readonly ids: ReadonlyMap<string, string>
  /** The failures that waited when the decision was opened; ids, like those that are picked. */
  readonly known: ReadonlySet<string>
  readonly picked: ReadonlySet<string>
  readonly onChange: (picked: ReadonlySet<string>) => void
  readonly acts: boolean
}

export function HostPicks({ group, ids, known, picked, onChange, acts }: HostPicksProps) {
  const all = group.pending
  const idOf = ({ step }: PendingDecision): string => ids.get(step.id) ?? ''
  const wanted = all.filter((pending) => picked.has(idOf(pending))).length
  const fresh = all.filter((pending) => !known.has(idOf(pending))).length
  const status = group.failure.kind === 'by-hand' ? 'needs-you' : 'failed'
  const toggle = (id: string): void => {
    const next = new Set(picked)
    if (!next.delete(id)) next.add(id)
    onChange(next)
  }
  return (
    <section>
      <h2>{acts ? hostPicksText.title(wanted, all.length) : hostPicksText.titleReadOnly(all.length)}</h2>
      <div className={styles.hosts} role="group" aria-label={hostPicksText.hosts}>
        {all.map((pending) =>
          acts ? (
            <button
              key={pending.step.id}
              type="button"
              className={styles.host}
              aria-pressed={picked.has(idOf(pending))}
              onClick={() => {
                toggle(idOf(pending))
              }}
            >
              {pending.step.host}
              <StatusGlyph status={status} size={12} />
            </button>
          ) : (
            <span key={pending.step.id} className={styles.host}>
              {pending.step.host}
              <StatusGlyph status={status} size={12} />
            </span>
          ),
        )}
      </div>
      {acts && all.length > 1 && (
        <div className={styles.hostActs}>
          <Button
            size="small"
            disabled={wanted === all.length}
            onClick={() => {
              onChange(new Set(ids.values()))
            }}
          >
            {hostPicksText.selectAll}
          </Button>
          <Button
            size="small"
            disabled={wanted === 0}
            onClick={() => {
              onChange(new Set())
            }}
          >
            {hostPicksText.selectNone}
          </Button>
          <span>{hostPicksText.hint}</span>
        </div>
      )}
      {acts && fresh > 0 && <p role="status">{hostPicksText.failedSince(fresh)}</p>}
    </section>
  )
}
