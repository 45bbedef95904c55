/** The home page while there is no plan: the practice site first, then the ways to a plan. */
import { Docs, Yours } from '../shared/components/provenance.tsx'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { HomeActs } from './home-acts.tsx'
import { PracticeCard } from './practice-card.tsx'
import pageStyles from '../shared/styles/reading.module.css'
import { homeText } from './text.ts'
import styles from './home.module.css'

const needs = [
  { text: homeText.needs.hub, source: <Docs /> },
  { text: homeText.needs.database, source: <Docs /> },
  { text: homeText.needs.certificate, source: <Docs /> },
  { text: homeText.needs.account, source: <Yours /> },
]

export function FirstRun() {
  return (
    <div className={pageStyles.reading}>
      <h1 className={styles.first}>{homeText.firstTitle}</h1>
      <p className={styles.firstLead}>{homeText.firstLead}</p>
      <div className={styles.firstColumns}>
        <PracticeCard large />
        <HomeActs cards />
      </div>
      <h2 className={pageStyles.section}>{homeText.needsTitle}</h2>
      <ul className={styles.needs}>
        {needs.map(({ text, source }) => (
          <li key={text}>
            <StatusGlyph status="planned" />
            <span>{text}</span>
            {source}
          </li>
        ))}
      </ul>
    </div>
  )
}
