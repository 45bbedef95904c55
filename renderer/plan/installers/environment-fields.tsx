/** Fields of an installer's environment variables: a text or a vault entry each. */
import { Button } from '@fluentui/react-components'
import { Add20Regular, Delete20Regular } from '@fluentui/react-icons'
import type { ComponentName } from '../../../domain/base/ids.ts'
import { Yours } from '../../shared/components/provenance.tsx'
import { renameVariable, type Unattended } from '../model/edit-installers.ts'
import { ChoiceField, choicesOf, TextField } from '../forms/fields.tsx'
import { environmentText } from './text.ts'
import textStyles from '../../shared/styles/text.module.css'
import styles from './installers.module.css'

const kinds = choicesOf(environmentText.kinds)

interface EnvironmentFieldsProps {
  readonly component: ComponentName
  readonly environment: Unattended['environment']
  readonly disabled: boolean
  readonly onSet: (environment: Unattended['environment'], field?: string) => void
}

/** The fields of the environment of one installer. */
export function EnvironmentFields({ component, environment, disabled, onSet }: EnvironmentFieldsProps) {
  const path = `installers.${component}.environment`
  const names = Object.keys(environment)
  const fresh =
    Array.from({ length: names.length + 1 }, (_, i) => `NAME_${i + 1}`).find((name) => !names.includes(name)) ?? 'NAME'
  return (
    <fieldset className={styles.fields}>
      <legend className={textStyles.label}>
        {environmentText.title(component)} <Yours />
      </legend>
      {Object.entries(environment).map(([name, value], i) => {
        const kind = 'secret' in value ? 'secret' : 'text'
        const set = (next: typeof value, field?: string): void => {
          onSet({ ...environment, [name]: next }, field)
        }
        return (
          <div key={i} className={styles.variable}>
            <TextField
              label={environmentText.name(i + 1)}
              path={`${path}.${name}`}
              value={name}
              disabled={disabled}
              refuse={(text) => (text !== name && names.includes(text) ? environmentText.nameTaken(text) : null)}
              onSet={(next) => {
                onSet(renameVariable(environment, name, next), `${path}[${i}]`)
              }}
            />
            <ChoiceField
              label={environmentText.kind(name)}
              value={kind}
              choices={kinds}
              disabled={disabled}
              onSet={(next) => {
                set(next === 'secret' ? { secret: '' } : { text: '' })
              }}
            />
            <TextField
              label={environmentText[kind](name)}
              path={`${path}.${name}.${kind}`}
              value={'secret' in value ? value.secret : value.text}
              disabled={disabled}
              onSet={(text) => {
                set(kind === 'secret' ? { secret: text } : { text }, `${path}.${name}.${kind}`)
              }}
            />
            {!disabled && (
              <span>
                <Button
                  size="small"
                  icon={<Delete20Regular />}
                  onClick={() => {
                    onSet(Object.fromEntries(Object.entries(environment).filter(([other]) => other !== name)))
                  }}
                >
                  {environmentText.remove(name)}
                </Button>
              </span>
            )}
          </div>
        )
      })}
      {!disabled && (
        <span>
          <Button
            size="small"
            icon={<Add20Regular />}
            onClick={() => {
              onSet({ ...environment, [fresh]: { text: '' } })
            }}
          >
            {environmentText.add(component)}
          </Button>
        </span>
      )}
    </fieldset>
  )
}
