/** Owns the page of settings: how the window looks, and where data lie. */
import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import { useHome } from '../../stores/home.ts'
import { useSettings } from '../../stores/settings.ts'
import { type ThemeChoice, themeChoices } from '../../theme/themes.ts'
import styles from './home.module.css'

const names: Record<ThemeChoice, string> = { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' }

export function SettingsView() {
  const { theme, setTheme } = useSettings()
  const person = useHome((store) => store.person)
  return (
    <main id="main" className={styles.page} tabIndex={-1} data-region="main">
      <div className={styles.reading}>
        <h1 className={styles.title}>Settings</h1>
        <Field label="Colours">
          <RadioGroup value={theme} onChange={(_, { value }) => { setTheme(themeChoices.find((choice) => choice === value) ?? 'system') }}>
            {themeChoices.map((choice) => <Radio key={choice} value={choice} label={names[choice]} />)}
          </RadioGroup>
        </Field>
        {person && (
          <dl className={styles.facts}>
            <dt>Version</dt><dd>{person.version}</dd>
            <dt>You act as</dt><dd>{person.by}</dd>
            <dt>Database</dt><dd className={styles.path}>{person.database}</dd>
            <dt>Data folder</dt><dd className={styles.path}>{person.dataFolder}</dd>
          </dl>
        )}
      </div>
    </main>
  )
}
