/** Error boundary for a lazily loaded view: the frame around it stays usable. */
import { Component, type ReactNode } from 'react'
import { FailureError, toFailure, type Failure } from '../../../domain/base/failure.ts'
import { useClient } from '../../client/client-context.tsx'
import { FailureMain } from './failure-view.tsx'
import { failureText, viewNotLoaded } from '../text.ts'

interface BoundaryProps {
  readonly children: ReactNode
  /** True where the failure's title is the only heading of the page. */
  readonly alone?: boolean
}

/** Give it a key of the view, so that a failure ends when another view is shown. */
export function ErrorBoundary(props: BoundaryProps) {
  const client = useClient()
  // The browser remembers that a script failed until the page is reloaded. Reload only when the application answers.
  return (
    <Boundary
      {...props}
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

function isNotLoaded(thrown: unknown): boolean {
  // Chromium's and Firefox's messages, and that of the loader of a view's styles.
  return (
    thrown instanceof Error &&
    /dynamically imported module|importing a module script|unable to preload css/i.test(thrown.message)
  )
}

class Boundary extends Component<
  BoundaryProps & { readonly onReadAgain: () => void },
  { readonly failure: Failure | null }
> {
  override state = { failure: null as Failure | null }

  static getDerivedStateFromError(thrown: unknown): { readonly failure: Failure } {
    return {
      failure: isNotLoaded(thrown)
        ? viewNotLoaded
        : thrown instanceof FailureError
          ? thrown.failure
          : toFailure(thrown),
    }
  }

  override render(): ReactNode {
    const { failure } = this.state
    const { children, alone = false, onReadAgain } = this.props
    if (!failure) return children
    return (
      <FailureMain
        alone={alone}
        title={failureText.viewFailed}
        failure={failure}
        onAgain={() => {
          if (failure === viewNotLoaded) onReadAgain()
          else this.setState({ failure: null })
        }}
      />
    )
  }
}
