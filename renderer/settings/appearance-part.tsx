/** Owns how the window looks, as the person chose it. */
import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import { useSettings } from '../shared/settings-store.ts'
import { type ThemeChoice, themeChoices } from '../theme/themes.ts'

const names: Record<ThemeChoice, string> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
}

export function AppearancePart() {
  const { theme, setTheme } = useSettings()
  return (
    <Field label="Colours">
      <RadioGroup
        value={theme}
        onChange={(_, { value }) => {
          setTheme(themeChoices.find((choice) => choice === value) ?? 'system')
        }}
      >
        {themeChoices.map((choice) => (
          <Radio key={choice} value={choice} label={names[choice]} />
        ))}
      </RadioGroup>
    </Field>
  )
}
