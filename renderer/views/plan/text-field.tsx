/** Owns a field of a plan: what is typed becomes the plan's when the person leaves it or presses Enter, so that half a word is never judged. */
import { Field, Input } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import styles from './plan.module.css'

interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onSet: (value: string) => void
  readonly chip?: ReactNode
  readonly hint?: string
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly numeric?: boolean
}

export function TextField({ label, value, onSet, chip, hint, placeholder, disabled = false, numeric = false }: TextFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const set = (): void => {
    if (typed !== null && typed.trim() !== value) onSet(typed.trim())
    setTyped(null)
  }
  return (
    <Field label={<span className={styles.label}>{label}{chip}</span>} {...(hint === undefined ? {} : { hint })}>
      <Input value={typed ?? value} disabled={disabled} placeholder={placeholder ?? ''} inputMode={numeric ? 'numeric' : 'text'} spellCheck={false} onChange={(_, data) => { setTyped(data.value) }} onBlur={set} onKeyDown={(event) => {
        if (event.key === 'Enter') set()
        else if (event.key === 'Escape') setTyped(null)
      }} />
    </Field>
  )
}
