/** The card that starts a practice site: small beside other plans, large while there is none. */
import { Button } from '@fluentui/react-components'
import { Beaker20Regular, Timer20Regular } from '@fluentui/react-icons'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { startPractice } from './practice.ts'
import { homeText } from './text.ts'
import styles from './home.module.css'

export function PracticeCard({ large = false }: { readonly large?: boolean }) {
  const client = useClient()
  const act = useAct()
  return (
    <section className={`${styles.card} ${styles.practiceCard}`} aria-labelledby="practice">
      <Drawing />
      <div className={styles.cardBody}>
        {large && <p className={styles.kicker}>{homeText.practiceKicker}</p>}
        <h2 id="practice" className={large ? styles.cardTitleLarge : styles.cardTitle}>
          {homeText.practiceTitle}
        </h2>
        <p className={styles.cardText}>{homeText.practiceText}</p>
        <ul className={styles.points}>
          <li>
            <Timer20Regular aria-hidden="true" />
            <span>{homeText.practiceDuration}</span>
          </li>
          <li>
            <Beaker20Regular aria-hidden="true" />
            <span>{homeText.practiceFaults}</span>
          </li>
        </ul>
        <FailureNote failure={act.failure} />
        <span>
          <Button
            appearance="primary"
            size={large ? 'large' : 'medium'}
            disabledFocusable={act.busy}
            onClick={() => {
              if (!act.busy) void act.run(() => startPractice(client))
            }}
          >
            {act.busy ? homeText.practiceStarting : homeText.practiceStart}
          </Button>
        </span>
      </div>
    </section>
  )
}

/** A small picture of a rollout: hosts at the left, the server zone at the right. */
function Drawing() {
  const tiles = ['done', 'done', 'running', 'waiting', 'planned', 'planned'] as const
  return (
    <div className={styles.drawing} aria-hidden="true">
      <div className={styles.zone}>
        {tiles.map((status, i) => (
          <span key={i} className={styles.zoneTile}>
            <StatusGlyph status={status} size={18} />
          </span>
        ))}
      </div>
      <svg width="90" height="60" viewBox="0 0 90 60" className={styles.route}>
        <path d="M4 44h36a8 8 0 0 0 8-8V22a8 8 0 0 1 8-8h26m-6-5 6 5-6 5" />
        <circle cx="4" cy="44" r="3.500" />
      </svg>
      <div className={styles.zoneRight}>
        {[0, 1].map((i) => (
          <span key={i} className={styles.server}>
            <StatusGlyph status="done" size={16} />
            <span className={styles.bars}>
              <i />
              <i />
            </span>
          </span>
        ))}
      </div>
    </div>
  )
}
