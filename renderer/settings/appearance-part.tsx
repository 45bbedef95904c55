/** The choice of colours. */
import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import { useSettings } from '../shared/settings-store.ts'
import { themeChoices } from '../theme/themes.ts'
import { appearanceText } from './text.ts'

export function AppearancePart() {
  const { theme, setTheme } = useSettings()
  return (
    <Field label={appearanceText.colours}>
      <RadioGroup
        value={theme}
        onChange={(_, { value }) => {
          setTheme(themeChoices.find((choice) => choice === value) ?? 'system')
        }}
      >
        {themeChoices.map((choice) => (
          <Radio key={choice} value={choice} label={appearanceText.themes[choice]} />
        ))}
      </RadioGroup>
    </Field>
  )
}
