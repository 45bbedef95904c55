/** Shows a failure: what happened, what to do, its code, and a button that copies all of it. */
import { Button } from '@fluentui/react-components'
import { Copy20Regular } from '@fluentui/react-icons'
import type { Failure } from '../../../domain/base/failure.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { go } from '../route.ts'
import { failureText } from '../text.ts'
import styles from './failure-view.module.css'

const lists: Readonly<Record<string, { readonly view: 'home' | 'runs'; readonly act: string }>> = {
  'unknown-address': { view: 'home', act: failureText.goToSites },
  'unknown-plan': { view: 'home', act: failureText.goToSites },
  'unknown-run': { view: 'runs', act: failureText.goToRuns },
}

// Copy details has the rest.
const mostEvidence = 3

interface FailureViewProps {
  readonly title: string
  readonly failure: Failure
  /** The title is the heading of the page. */
  readonly alone?: boolean
  readonly onAgain?: () => void
}

/** The main region of a view whose data could not be read. */
export function FailureMain(props: FailureViewProps) {
  return (
    <main id="main" tabIndex={-1} data-region="main">
      <FailureView {...props} />
    </main>
  )
}

/**
 * A failure in place of a view. A plan or run that does not exist leads back to the list instead of offering another
 * try.
 */
export function FailureView({ title, failure, alone = false, onAgain }: FailureViewProps) {
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
        <dt>{failureText.happened}</dt>
        <dd>{failure.message}</dd>
        <dt>{failureText.todo}</dt>
        <dd>{failure.hint}</dd>
        {/* The evidence of a bug is for developers: it is copied, not shown. */}
        {failure.kind !== 'bug' && failure.evidence.length > 0 && (
          <>
            <dt>{failureText.evidence}</dt>
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
              {failureText.tryAgain}
            </Button>
          )
        )}
        <Button
          appearance="subtle"
          icon={<Copy20Regular />}
          onClick={() => {
            void navigator.clipboard.writeText(detailsOf(failure))
          }}
        >
          {failureText.copyDetails}
        </Button>
      </p>
    </section>
  )
}

/** A failure beside the button that caused it. */
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

function detailsOf(failure: Failure): string {
  return [`${failure.kind} · ${failure.code}`, failure.message, failure.hint, ...failure.evidence].join('\n')
}
