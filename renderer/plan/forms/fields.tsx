/**
 * Fields of the plan. A typed value enters the plan on a pause, on leaving the field or on Enter. Problems appear at
 * the field.
 */
import { Field, Input, Radio, RadioGroup, Select, Textarea } from '@fluentui/react-components'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useDraft } from '../model/draft.ts'
import { fieldFocused, useFieldFocus } from '../../navigation/field-focus.ts'
import { fieldText } from './text.ts'
import textStyles from '../../shared/styles/text.module.css'
import styles from '../plan.module.css'

interface FieldProps {
  readonly label: string
  /** The path of the value in the plan document. Its problems appear here, and its findings lead here. */
  readonly path?: string
  readonly chip?: ReactNode
  readonly hint?: string
  /** The sentence for an invalid empty value, where `Enter the (label).` does not say it. */
  readonly missing?: string
  readonly disabled?: boolean
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onSet: (value: string) => void
  readonly placeholder?: string
  readonly numeric?: boolean
  /** Lines of text instead of one. */
  readonly lines?: number
  readonly mono?: boolean
  /** Why a text cannot enter the plan; null if it can. A refused text stays in the field only. */
  readonly refuse?: (text: string) => string | null
}

const pauseMs = 1000

/** A text field. */
export function TextField({
  value,
  onSet,
  placeholder = '',
  numeric = false,
  lines,
  mono = false,
  refuse,
  ...field
}: TextFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const problem = useProblem(field, value, numeric)
  const refused = typed !== null && typed.trim() !== value ? (refuse?.(typed.trim()) ?? null) : null
  const set = (): void => {
    if (typed === null || refused !== null) return
    const text = lines === undefined ? typed.trim() : typed
    if (text !== value) onSet(text)
  }
  const latest = useRef(set)
  useEffect(() => {
    latest.current = set
  })
  useEffect(() => {
    if (typed === null) return
    const timer = setTimeout(() => {
      latest.current()
    }, pauseMs)
    return () => {
      clearTimeout(timer)
    }
  }, [typed])
  // Keep what was typed when the page or the panel closes.
  useEffect(() => {
    const flush = (): void => {
      latest.current()
    }
    addEventListener('pagehide', flush)
    return () => {
      removeEventListener('pagehide', flush)
      flush()
    }
  }, [])
  const left = (): void => {
    set()
    if (refused === null) setTyped(null)
  }
  const shown = typed ?? value
  return (
    <Labelled {...field} problem={refused ?? (typed === null || typed === value ? problem : null)}>
      {lines === undefined ? (
        <Input
          value={shown}
          disabled={field.disabled === true}
          placeholder={placeholder}
          inputMode={numeric ? 'numeric' : 'text'}
          spellCheck={false}
          onChange={(_, data) => {
            setTyped(data.value)
          }}
          onBlur={left}
          onKeyDown={(event) => {
            if (event.key === 'Enter') left()
            else if (event.key === 'Escape' && typed !== null) {
              event.stopPropagation()
              setTyped(null)
            }
          }}
        />
      ) : (
        <Textarea
          className={mono ? styles.paste : ''}
          resize="vertical"
          rows={lines}
          value={shown}
          disabled={field.disabled === true}
          placeholder={placeholder}
          spellCheck={false}
          onChange={(_, data) => {
            setTyped(data.value)
          }}
          onBlur={left}
        />
      )}
    </Labelled>
  )
}

/** One choice with its label. */
export interface Choice<T extends string> {
  readonly value: T
  readonly label: string
}

/** The choices of a map from value to label, in its order. */
export function choicesOf<T extends string>(labels: Readonly<Record<T, string>>): readonly Choice<T>[] {
  return (Object.keys(labels) as T[]).map((value) => ({ value, label: labels[value] }))
}

/** Radio buttons: one of a few choices. */
export function ChoiceField<T extends string>({
  value,
  choices,
  onSet,
  ...field
}: FieldProps & { readonly value: T; readonly choices: readonly Choice<T>[]; readonly onSet: (value: T) => void }) {
  const problem = useProblem(field, value)
  return (
    <Labelled {...field} problem={problem}>
      <RadioGroup
        value={value}
        disabled={field.disabled === true}
        onChange={(_, data) => {
          const chosen = choices.find((choice) => choice.value === data.value)
          if (chosen) onSet(chosen.value)
        }}
      >
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </RadioGroup>
    </Labelled>
  )
}

/** A list: one of many choices. `none` is the label for no value. */
export function SelectField<T extends string>({
  value,
  choices,
  none,
  onSet,
  ...field
}: FieldProps & {
  readonly value: T | undefined
  readonly choices: readonly Choice<T>[]
  readonly none?: string
  readonly onSet: (value: T | undefined) => void
}) {
  const problem = useProblem(field, value ?? '')
  return (
    <Labelled {...field} problem={problem}>
      <Select
        value={value ?? ''}
        disabled={field.disabled === true}
        onChange={(_, data) => {
          onSet(choices.find((choice) => choice.value === data.value)?.value)
        }}
      >
        {none !== undefined && <option value="">{none}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    </Labelled>
  )
}

function Labelled({
  label,
  path,
  chip,
  hint,
  problem,
  children,
}: FieldProps & { readonly problem: string | null; readonly children: React.ReactElement }) {
  return (
    <FieldPlace path={path}>
      <Field
        label={
          <span className={textStyles.label}>
            {label}
            {chip}
          </span>
        }
        {...(hint === undefined ? {} : { hint })}
        {...(problem === null ? {} : { validationMessage: problem })}
      >
        {children}
      </Field>
    </FieldPlace>
  )
}

/** The place of a value on screen. It takes the focus when a finding or a banner leads to it. */
export function FieldPlace({ path, children }: { readonly path: string | undefined; readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const wanted = useFieldFocus((store) => path !== undefined && store.path === path)
  useEffect(() => {
    if (!wanted) return
    const target =
      place.current?.querySelector<HTMLElement>(
        'input:not([type="hidden"]):enabled, textarea:enabled, select:enabled, button:enabled',
      ) ?? place.current
    // The fields of a locked revision are disabled: focus the place itself.
    if (target === place.current) target?.setAttribute('tabindex', '-1')
    target?.scrollIntoView({ block: 'center' })
    target?.focus()
    fieldFocused()
  }, [wanted])
  return (
    <div ref={place} data-field={path}>
      {children}
    </div>
  )
}

/** The sentence `text` while the part of the plan at `path` is invalid as a whole. */
export function PartProblem({ path, text }: { readonly path: string; readonly text: string }) {
  const wrong = useDraft((draft) => draft.problems.some((problem) => problem.path === path))
  return wrong ? (
    <p role="alert" className={styles.refused}>
      {text}
    </p>
  ) : null
}

/** The problem with the value of a field as a sentence; null if there is none. */
function useProblem({ path, label, missing }: FieldProps, value: string, numeric = false): string | null {
  const message = useDraft((draft) =>
    path === undefined
      ? null
      : (draft.problems.find(
          (problem) =>
            problem.path === path || problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`),
        )?.message ?? null),
  )
  if (message === null) return null
  if (value.trim() === '') return missing ?? fieldText.missing(label)
  return numeric && !/^-?\d+$/.test(value) ? fieldText.wholeNumber : fieldText.wrong(message)
}
