/** What Exekra documents, each fact with its page, and the values that only the operator can supply. */
import { isOperatorSupplied, openQuestions, type Catalogue } from '../../domain/plan/catalogue.ts'
import { componentNames } from '../../domain/base/ids.ts'
import { FailureView } from '../shared/components/failure-view.tsx'
import { SourceOf, Yours } from '../shared/components/provenance.tsx'
import { Waiting } from '../shared/components/waiting.tsx'
import { useQuery } from '../shared/use-query.ts'
import tableStyles from '../shared/styles/plain-table.module.css'
import { catalogueText } from './text.ts'
import styles from './settings.module.css'

interface Documented {
  readonly what: string
  readonly value: string
  readonly sources: readonly string[]
}

export function CataloguePart() {
  const { value, failure, again } = useQuery('catalogue', {})
  if (!value)
    return failure ? (
      <FailureView title={catalogueText.unreadable} failure={failure} onAgain={again} />
    ) : (
      <Waiting rows={3}>{catalogueText.reading}</Waiting>
    )
  const questions = openQuestions(value)
  return (
    <>
      <p className={styles.about}>{catalogueText.about}</p>
      {componentNames.map((name) => (
        <Facts key={name} title={value.components[name].title} facts={factsOf(value.components[name])} />
      ))}
      <Facts
        title={catalogueText.site}
        facts={Object.entries(value.facts).map(([what, fact]) => ({
          what: what.charAt(0).toUpperCase() + what.slice(1).replaceAll('-', ' '),
          value: factText(fact.value),
          sources: fact.source,
        }))}
      />
      {value.conflicts.length > 0 && (
        <>
          <h3 className={styles.sub}>{catalogueText.conflicts}</h3>
          {value.conflicts.map((conflict) => (
            <p key={conflict.topic} className={styles.about}>
              <strong>{conflict.topic}</strong>: {conflict.sides.map((side) => side.value).join(' / ')}.{' '}
              {conflict.reading}
            </p>
          ))}
        </>
      )}
      <h3 className={styles.sub}>{catalogueText.questions(questions.length)}</h3>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{catalogueText.questionColumns.question}</th>
            <th scope="col">{catalogueText.questionColumns.why}</th>
            <th scope="col">{catalogueText.columns.source}</th>
          </tr>
        </thead>
        <tbody>
          {questions.map((open) => (
            <tr key={open.at + open.question}>
              <td>{open.question}</td>
              <td>{open.why}</td>
              <td>
                <Yours />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly Documented[] }) {
  return (
    <>
      <h3 className={styles.sub}>{title}</h3>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{catalogueText.columns.what}</th>
            <th scope="col">{catalogueText.columns.documented}</th>
            <th scope="col">{catalogueText.columns.source}</th>
          </tr>
        </thead>
        <tbody>
          {facts.map((fact, i) => (
            <tr key={`${fact.what} ${i}`}>
              <td>{fact.what}</td>
              <td>{fact.value}</td>
              <td className={styles.sources}>
                {fact.sources.map((source) => (
                  <SourceOf key={source} source={source} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function factsOf(entry: Catalogue['components'][keyof Catalogue['components']]): Documented[] {
  const titles: Readonly<Record<string, string>> = catalogueText.facts
  return Object.entries(entry).flatMap(([key, value]) => {
    const what = titles[key]
    if (what === undefined || typeof value === 'string' || isOperatorSupplied(value)) return []
    return [value]
      .flat()
      .flatMap((fact) =>
        fact !== undefined && 'source' in fact ? [{ what, value: factText(fact.value), sources: fact.source }] : [],
      )
  })
}

function factText(value: unknown): string {
  if (Array.isArray(value)) return value.map(factText).join(', ')
  if (typeof value === 'object' && value !== null && 'text' in value) return factText(value.text)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
