/** Owns how a command is written: word for word, breakable only between words. */
import { memo } from 'react'
import styles from './command.module.css'

/** Browsers break PowerShell after the hyphen of -Direction: each word is an inline block, so that lines break between words. */
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
