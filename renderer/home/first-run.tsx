/** Owns home on a fresh start: practice leads, and beside it the ways to a plan of one's own. */
import { Docs, Yours } from '../shared/components/provenance.tsx'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { HomeActs } from './home-acts.tsx'
import { PracticeCard } from './practice-card.tsx'
import pageStyles from '../shared/styles/reading.module.css'
import styles from './home.module.css'

const needs = [
  { text: 'A Windows machine for the Hub: Server 2019 or later, or Windows 10/11 Pro', source: <Docs /> },
  { text: 'PostgreSQL 14 or later that the Hub can reach', source: <Docs /> },
  { text: "A certificate for the Hub, or the installer's self-signed one for a pilot", source: <Docs /> },
  { text: 'An account that may administer each machine, kept in the vault', source: <Yours /> },
]

export function FirstRun() {
  return (
    <div className={pageStyles.reading}>
      <h1 className={styles.first}>Plan a site, prove it, roll it out</h1>
      <p className={styles.firstLead}>
        Exekra Rollout installs Hub, PostgreSQL, Redis, Studio and Runner on your machines from this computer. Nothing
        leaves your network.
      </p>
      <div className={styles.firstColumns}>
        <PracticeCard large />
        <HomeActs cards />
      </div>
      <h2 className={pageStyles.section}>What you need for a real site</h2>
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
