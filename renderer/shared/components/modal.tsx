/** Owns dialogs that stand for as long as they are mounted: the focus goes back to what opened them, or to the content where that is gone. */
import { Dialog } from '@fluentui/react-components'
import { type ReactElement, useEffect, useState } from 'react'

// Fluent's own bookkeeping of what is hidden is done by then.
const afterFluentMs = 300

export function Modal({ onClose, children }: { readonly onClose: () => void; readonly children: ReactElement }) {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const target =
          opener instanceof HTMLElement && opener.isConnected && opener !== document.body
            ? opener
            : document.getElementById('main')
        target?.focus()
      })
      // Fluent hides the rest of the page from assistive technology and does not show it again when an open dialog goes with its view.
      setTimeout(() => {
        if (!document.querySelector('[role="dialog"]')) document.getElementById('root')?.removeAttribute('aria-hidden')
      }, afterFluentMs)
    },
    [opener],
  )
  return (
    <Dialog open onOpenChange={onClose}>
      {children}
    </Dialog>
  )
}
