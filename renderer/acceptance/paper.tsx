/** The summary as a page: always in light colours, and printed exactly as shown. */
import type { DocumentCell, DossierDocument } from '../../domain/acceptance/dossier-document.ts'
import { paperText } from './text.ts'
import styles from './acceptance.module.css'

export function Paper({ page }: { readonly page: DossierDocument }) {
  return (
    <article className={styles.paper} aria-label={page.title}>
      <h2 className={styles.title}>
        {page.title}
        {page.draft && <span className={styles.draft}>{paperText.draft}</span>}
      </h2>
      <p className={styles.subtitle}>
        {page.practice ? paperText.subtitleOnPractice(page.subtitle, paperText.practice) : page.subtitle}
      </p>
      <div className={`${styles.verdict} ${page.verdict.good ? styles.good : styles.attention}`}>
        <strong>{page.verdict.text}</strong>
        <span>{page.verdict.about}</span>
      </div>
      <dl className={styles.facts}>
        {page.facts.map((fact) => (
          <div key={fact.title}>
            <dt>{fact.title}</dt>
            <dd>
              {fact.value}
              {fact.notes.map((note) => (
                <small key={note}>{note}</small>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {page.sections.map((section, i) => (
        <section key={section.id} id={`part-${section.id}`} aria-labelledby={`title-${section.id}`}>
          <h3 id={`title-${section.id}`}>
            <span>{i + 1}</span>
            {section.title}
          </h3>
          {section.rows.length === 0 ? (
            <p className={styles.none}>{section.none}</p>
          ) : (
            <table>
              <thead>
                <tr>
                  {section.head.map((word) => (
                    <th key={word} scope="col">
                      {word}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {section.rows.map((row, n) => (
                  <tr key={n}>
                    {row.map((cell, at) => (
                      <Cell key={at} cell={cell} />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      ))}
    </article>
  )
}

function Cell({ cell }: { readonly cell: DocumentCell }) {
  if (cell.line === true) return <td className={styles.line} />
  const mark = cell.mark === undefined ? undefined : styles[cell.mark]
  return (
    <td>
      {cell.mono === true ? (
        <code>{cell.text}</code>
      ) : (
        <span className={mark}>
          {cell.mark === 'good' ? '✓ ' : cell.mark === 'attention' ? '▲ ' : ''}
          {cell.text}
        </span>
      )}
      {cell.notes?.map((note, i) => (
        <small key={i}>{note}</small>
      ))}
    </td>
  )
}
