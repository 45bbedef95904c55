/** A panel beside a main region: its heading, a close button, and Escape. Focus returns to what opened it. */
import { Button } from '@fluentui/react-components'
import { Dismiss20Regular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useRestoreFocus } from '../restore-focus.ts'
import styles from '../styles/panel.module.css'

export interface SidePanelProps {
  /** The accessible name of the panel. */
  readonly label: string
  /** The heading: an h2. */
  readonly heading: ReactNode
  readonly closeLabel: string
  /** What the panel shows now; when that changes, focus returns to the new opener. */
  readonly subject?: string
  readonly onClose: () => void
  /** Puts something around the close button, for example a place that a finding can focus. */
  readonly aroundClose?: (button: ReactNode) => ReactNode
  readonly children: ReactNode
}

export function SidePanel({
  label,
  heading,
  closeLabel,
  subject = '',
  onClose,
  aroundClose = (button) => button,
  children,
}: SidePanelProps) {
  const panel = useRestoreFocus<HTMLElement>(subject)
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-label={label}
      data-region="side panel"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header className={styles.panelHead}>
        {heading}
        {aroundClose(
          <Button
            appearance="subtle"
            size="small"
            icon={<Dismiss20Regular />}
            aria-label={closeLabel}
            onClick={onClose}
          />,
        )}
      </header>
      {children}
    </aside>
  )
}
