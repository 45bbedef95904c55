/** Owns that a view which cannot be drawn, or whose part of the screens cannot be read, does not take what is around it along. */
import { Component, type ReactNode } from 'react'
import { FailureError, failed, toFailure, type Failure } from '../../../domain/base/failure.ts'
import { useClient } from '../../client/client-context.tsx'
import { FailureView } from './failure-view.tsx'

interface Fenced {
  readonly children: ReactNode
  /** Nothing else stands in the window: the failure's title is that of the page. */
  readonly alone?: boolean
}

/** A fence around one view: it wants a key of that view, so that the next one stands on its own. */
export function ErrorBoundary(fenced: Fenced) {
  const client = useClient()
  // The browser remembers that a part failed until the page is read again; without the application there would be no page.
  return (
    <Boundary
      {...fenced}
      onReadAgain={() => {
        client.call('whoami', {}).then(
          () => {
            location.reload()
          },
          () => undefined,
        )
      }}
    />
  )
}

// A part of the screens is read when it is first needed.
const unreadPart = failed(
  'link',
  'no-answer',
  'Rollout on this computer does not answer: this view could not be read.',
  'It may have been closed. Start it again, then try again; what runs on the hosts goes on.',
).failure

function isUnreadPart(thrown: unknown): boolean {
  // The browser's own words, and those of what loads a part's styles before it.
  return (
    thrown instanceof Error &&
    /dynamically imported module|importing a module script|unable to preload css/i.test(thrown.message)
  )
}

class Boundary extends Component<Fenced & { readonly onReadAgain: () => void }, { readonly failure: Failure | null }> {
  override state = { failure: null as Failure | null }

  static getDerivedStateFromError(thrown: unknown): { readonly failure: Failure } {
    return {
      failure: isUnreadPart(thrown) ? unreadPart : thrown instanceof FailureError ? thrown.failure : toFailure(thrown),
    }
  }

  override render(): ReactNode {
    const { failure } = this.state
    const { children, alone = false, onReadAgain } = this.props
    if (!failure) return children
    return (
      <main id="main" tabIndex={-1} data-region="main">
        <FailureView
          alone={alone}
          title="This view could not be drawn"
          failure={failure}
          onAgain={() => {
            if (failure === unreadPart) onReadAgain()
            else this.setState({ failure: null })
          }}
        />
      </main>
    )
  }
}
