/** The switches in the row above the map. */
import toolStyles from '../shared/styles/map-tools.module.css'

export interface Switch<T extends string> {
  readonly name: T
  readonly label: string
}

/** One of several. */
export function Choice<T extends string>({
  label,
  of,
  chosen,
  onChoose,
}: {
  readonly label: string
  readonly of: readonly Switch<T>[]
  readonly chosen: T
  readonly onChoose: (name: T) => void
}) {
  return (
    <span className={toolStyles.group} role="group" aria-label={label}>
      {of.map(({ name, label: text }) => (
        <button
          key={name}
          type="button"
          className={toolStyles.toggle}
          aria-pressed={name === chosen}
          onClick={() => {
            onChoose(name)
          }}
        >
          {text}
        </button>
      ))}
    </span>
  )
}

/** Any of several. */
export function Switches<T extends string>({
  label,
  of,
  on,
  onToggle,
}: {
  readonly label: string
  readonly of: readonly Switch<T>[]
  readonly on: ReadonlySet<T>
  readonly onToggle: (name: T) => void
}) {
  return (
    <span className={toolStyles.group} role="group" aria-label={label}>
      {of.map(({ name, label: text }) => (
        <button
          key={name}
          type="button"
          className={toolStyles.toggle}
          aria-pressed={on.has(name)}
          onClick={() => {
            onToggle(name)
          }}
        >
          {text}
        </button>
      ))}
    </span>
  )
}
