/** Shows a command line. */
import { memo } from 'react'
import styles from './command.module.css'

/** Each word is an inline block: browsers would otherwise break a line after the hyphen of -Direction. */
export const Command = memo(function Command({
  text,
  plain = false,
}: {
  readonly text: string
  readonly plain?: boolean
}) {
  return (
    <code className={`${styles.command} ${plain ? '' : styles.boxed}`}>
      {text.split(' ').map((word, i) => (
        <span key={i} className={styles.word}>
          {word}{' '}
        </span>
      ))}
    </code>
  )
})
