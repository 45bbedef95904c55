/** Owns how a failure is told: what happened, what to do, the code, and a way to copy it all. */
import { Button } from '@fluentui/react-components'
import { Copy20Regular } from '@fluentui/react-icons'
import type { Failure } from '../../../domain/base/failure.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { go } from '../route.ts'
import styles from './failure-view.module.css'

const lists: Readonly<Record<string, { readonly view: 'home' | 'runs'; readonly act: string }>> = {
  'unknown-address': { view: 'home', act: 'Go to sites' },
  'unknown-plan': { view: 'home', act: 'Go to sites' },
  'unknown-run': { view: 'runs', act: 'Go to runs' },
}

// More of it is in what is copied.
const mostEvidence = 3

/** A whole view that could not be drawn. What is not there is not there at a second try either: it leads back to the list. `alone`: its title is that of the page. */
export function FailureView({
  title,
  failure,
  alone = false,
  onAgain,
}: {
  readonly title: string
  readonly failure: Failure
  readonly alone?: boolean
  readonly onAgain?: () => void
}) {
  const Heading = alone ? 'h1' : 'h2'
  const list = lists[failure.code]
  return (
    <section className={styles.view} aria-label={title}>
      <Heading className={styles.title}>
        <StatusGlyph status="failed" size={22} />
        <span>{title}</span>
      </Heading>
      <p className={styles.code}>{`${failure.kind} · ${failure.code}`}</p>
      <dl className={styles.facts}>
        <dt>What happened</dt>
        <dd>{failure.message}</dd>
        <dt>What to do</dt>
        <dd>{failure.hint}</dd>
        {/* What a bug leaves behind is for whoever mends it: it is copied, not shown. */}
        {failure.kind !== 'bug' && failure.evidence.length > 0 && (
          <>
            <dt>What was seen</dt>
            <dd className={styles.evidence}>
              {failure.evidence.slice(0, mostEvidence).map((line) => (
                <code key={line}>{line}</code>
              ))}
            </dd>
          </>
        )}
      </dl>
      <p className={styles.acts}>
        {list ? (
          <Button
            appearance="primary"
            onClick={() => {
              go({ view: list.view })
            }}
          >
            {list.act}
          </Button>
        ) : (
          onAgain && (
            <Button appearance="primary" onClick={onAgain}>
              Try again
            </Button>
          )
        )}
        <Button
          appearance="subtle"
          icon={<Copy20Regular />}
          onClick={() => {
            void navigator.clipboard.writeText(failureText(failure))
          }}
        >
          Copy details
        </Button>
      </p>
    </section>
  )
}

/** A failure beside the act that met it. */
export function FailureNote({ failure }: { readonly failure: Failure | null }) {
  if (!failure) return null
  return (
    <div className={styles.note} role="alert">
      <StatusGlyph status="failed" />
      <div>
        <strong>{failure.message}</strong>
        <span>{failure.hint}</span>
        <code>{failure.code}</code>
      </div>
    </div>
  )
}

function failureText(failure: Failure): string {
  return [`${failure.kind} · ${failure.code}`, failure.message, failure.hint, ...failure.evidence].join('\n')
}
