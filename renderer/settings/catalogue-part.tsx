/** Owns what is documented about Exekra's components, each fact with its page, and what is left to the operator. */
import { isOperatorSupplied, openQuestions, type Catalogue } from '../../domain/plan/catalogue.ts'
import { componentNames } from '../../domain/base/ids.ts'
import { FailureView } from '../shared/components/failure-view.tsx'
import { SourceOf, Yours } from '../shared/components/provenance.tsx'
import { Waiting } from '../shared/components/waiting.tsx'
import { plural } from '../../domain/base/plural.ts'
import { useQuery } from '../shared/use-query.ts'
import tableStyles from '../shared/styles/plain-table.module.css'
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
      <FailureView title="The catalogue cannot be read" failure={failure} onAgain={again} />
    ) : (
      <Waiting rows={3}>Reading the catalogue</Waiting>
    )
  const questions = openQuestions(value)
  return (
    <>
      <p className={styles.about}>
        Only what a page of Exekra's documentation says stands here as a fact. What no page says is asked of you.
      </p>
      {componentNames.map((name) => (
        <Facts key={name} title={value.components[name].title} facts={factsOf(value.components[name])} />
      ))}
      <Facts
        title="Site"
        facts={Object.entries(value.facts).map(([what, fact]) => ({
          what: what.charAt(0).toUpperCase() + what.slice(1).replaceAll('-', ' '),
          value: factText(fact.value),
          sources: fact.source,
        }))}
      />
      {value.conflicts.length > 0 && (
        <>
          <h3 className={styles.sub}>Pages that contradict each other</h3>
          {value.conflicts.map((conflict) => (
            <p key={conflict.topic} className={styles.about}>
              <strong>{conflict.topic}</strong>: {conflict.sides.map((side) => side.value).join(' / ')}.{' '}
              {conflict.reading}
            </p>
          ))}
        </>
      )}
      <h3 className={styles.sub}>{`Yours to say: ${plural(questions.length, 'question')}`}</h3>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Why</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {questions.map((one) => (
            <tr key={one.at + one.question}>
              <td>{one.question}</td>
              <td>{one.why}</td>
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
            <th scope="col">What</th>
            <th scope="col">Documented</th>
            <th scope="col">Source</th>
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
  const named: Record<string, string> = {
    role: 'Role',
    form: 'Form',
    otherNames: 'Other names',
    operatingSystem: 'Operating system',
    minimumVersion: 'Version at least',
    services: 'Service',
    installDirectory: 'Folder',
    logs: 'Log',
    ports: 'Port',
  }
  return Object.entries(entry).flatMap(([key, value]) => {
    const what = named[key]
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
