/** Owns the fields of a plan: what is typed becomes the plan's when the person pauses, leaves it or presses Enter; what is wrong with it is said beside it. */
import { Field, Input, Radio, RadioGroup, Select, Textarea } from '@fluentui/react-components'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useDraft } from '../model/draft.ts'
import { fieldFocused, useFieldFocus } from '../../navigation/field-focus.ts'
import textStyles from '../../shared/styles/text.module.css'
import styles from '../plan.module.css'

interface FieldProps {
  readonly label: string
  /** Where the value stands in the plan document: its problems are shown here, and findings lead here. */
  readonly path?: string
  readonly chip?: ReactNode
  readonly hint?: string
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
  /** Why a text cannot stand in the plan at all; it then stays in the field, and the plan as it was. */
  readonly refuse?: (text: string) => string | null
}

const pauseMs = 1000

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
  const problem = useProblem(field.path, value)
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
  // A page that goes, or a panel that closes, takes no half sentence with it.
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

export interface Choice<T extends string> {
  readonly value: T
  readonly label: string
}

/** One of a few, all in sight. */
export function ChoiceField<T extends string>({
  value,
  choices,
  onSet,
  ...field
}: FieldProps & { readonly value: T; readonly choices: readonly Choice<T>[]; readonly onSet: (value: T) => void }) {
  const problem = useProblem(field.path, value)
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

/** One of many. `none` stands for no value. */
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
  const problem = useProblem(field.path, value ?? '')
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

/** Where a value of the plan stands on screen; takes the focus when the person was sent to it. */
export function FieldPlace({ path, children }: { readonly path: string | undefined; readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const wanted = useFieldFocus((store) => path !== undefined && store.path === path)
  useEffect(() => {
    if (!wanted) return
    const target =
      place.current?.querySelector<HTMLElement>(
        'input:not([type="hidden"]):enabled, textarea:enabled, select:enabled, button:enabled',
      ) ?? place.current
    // In a locked revision fields are disabled: the place itself takes the focus then.
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

/** What is wrong with a part of the plan as a whole, where no single field of it is to blame. */
export function PartProblem({ path }: { readonly path: string }) {
  const message = useDraft((draft) => draft.problems.find((problem) => problem.path === path)?.message)
  return message === undefined ? null : <p role="alert" className={styles.refused}>{`This part ${message}.`}</p>
}

/** What is wrong with the value at that path, in words; null where nothing is. */
function useProblem(path: string | undefined, value: string): string | null {
  const message = useDraft((draft) =>
    path === undefined
      ? null
      : (draft.problems.find(
          (problem) =>
            problem.path === path || problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`),
        )?.message ?? null),
  )
  if (message === null) return null
  const short = value.length > 40 ? `${value.slice(0, 40)}…` : value
  return `${short === '' ? 'Nothing is stated' : short.includes('\n') ? 'This' : short}: ${message}.`
}
