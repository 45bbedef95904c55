/** Says how old the data on screen are while the application does not answer. */
import { Button } from '@fluentui/react-components'
import { useEffect } from 'react'
import { useClient } from '../client/client-context.tsx'
import { formatTime } from '../shared/format.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { announceUrgent } from '../shared/announcer.ts'
import { useOverview } from '../shared/overview-store.ts'
import { frameText } from './text.ts'
import styles from './frame.module.css'

export function StaleBanner() {
  const client = useClient()
  const { home, readAt, failure, refresh } = useOverview()
  const stale = home !== null && failure !== null
  const message = failure?.message ?? ''
  useEffect(() => {
    if (stale) announceUrgent(message)
  }, [stale, message])
  if (!home || !failure) return null
  return (
    <section className={styles.old} aria-label={message} data-screen-only="">
      <StatusGlyph status={failure.kind === 'link' ? 'unreachable' : 'failed'} size={20} />
      <p>
        <strong>{message}</strong> {frameText.stale(formatTime(readAt), failure.hint)}
      </p>
      <Button size="small" onClick={() => void refresh(client)}>
        {frameText.tryAgain}
      </Button>
    </section>
  )
}
