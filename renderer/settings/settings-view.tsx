/** The settings, one part at a time. */
import type { ReactNode } from 'react'
import { address, type SettingsPart, settingsParts } from '../shared/route.ts'
import { AppearancePart } from './appearance-part.tsx'
import { CataloguePart } from './catalogue-part.tsx'
import { DataPart } from './data-part.tsx'
import { MediaPart } from './media-part.tsx'
import { TransportsPart } from './transports-part.tsx'
import { VaultPart } from './vault-part.tsx'
import pageStyles from '../shared/styles/reading.module.css'
import { settingsText } from './text.ts'
import styles from './settings.module.css'

export function SettingsView({ part }: { readonly part: SettingsPart }) {
  return (
    <main id="main" className={pageStyles.page} tabIndex={-1} data-region="main">
      <div className={pageStyles.reading}>
        <h1 className={pageStyles.title}>{settingsText.title}</h1>
        <div className={styles.columns}>
          <ul className={styles.parts}>
            {settingsParts.map((name) => (
              <li key={name}>
                <a href={address({ view: 'settings', part: name })} aria-current={name === part ? 'page' : undefined}>
                  {settingsText.titles[name]}
                </a>
              </li>
            ))}
          </ul>
          <section className={styles.part} aria-labelledby="part-title">
            <h2 id="part-title" className={pageStyles.section}>
              {settingsText.titles[part]}
            </h2>
            {partOf(part)}
          </section>
        </div>
      </div>
    </main>
  )
}

function partOf(part: SettingsPart): ReactNode {
  switch (part) {
    case 'vault':
      return <VaultPart />
    case 'transports':
      return <TransportsPart />
    case 'media':
      return <MediaPart />
    case 'catalogue':
      return <CataloguePart />
    case 'appearance':
      return <AppearancePart />
    case 'data':
      return <DataPart />
  }
}
