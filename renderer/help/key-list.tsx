/** Every key of the window, as a table in Help. */
import { useEffect, useRef } from 'react'
import { helpText } from './text.ts'
import styles from './help.module.css'

export function KeyList() {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  return (
    <div className={styles.article} role="region" aria-label={helpText.keysTitle} tabIndex={0}>
      <h3 ref={heading} className={styles.heading1} tabIndex={-1}>
        {helpText.keysTitle}
      </h3>
      <table className={styles.table}>
        <tbody>
          {helpText.keys.map(([keys, does]) => (
            <tr key={keys}>
              <th scope="row">
                <kbd>{keys}</kbd>
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{helpText.keysNote}</p>
    </div>
  )
}
