/** A dialog that is open while it is mounted. Closing it returns the focus to the element that opened it. */
import { Dialog } from '@fluentui/react-components'
import { type ReactElement, useEffect, useState } from 'react'

// By then Fluent has updated which elements are hidden.
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
      // Fluent hides the rest of the page from screen readers and leaves it hidden when an open dialog is unmounted.
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
