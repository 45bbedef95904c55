/** Owns the field of a plan that the person was sent to, until it is on screen and takes the focus; and the host whose panel is open. */
import { create } from 'zustand'

interface FieldFocus {
  /** A path of the plan document, such as hub.address; null where nothing is wanted. */
  readonly path: string | null
  /** The host whose panel is open in Hosts; null where none is. */
  readonly host: string | null
}

export const useFieldFocus = create<FieldFocus>(() => ({ path: null, host: null }))

/** Wants a field; the section that has it shows it. */
export function focusField(path: string, host: string | null = null): void {
  useFieldFocus.setState({ path, host })
}

/** What stands after the beginning in the wanted path, alone in a list; an empty list where another path is wanted, or none. */
export function focusedPart(beginning: string): readonly string[] {
  const { path } = useFieldFocus.getState()
  return path?.startsWith(beginning) === true ? [path.slice(beginning.length)] : []
}

/** The field has been found. */
export function fieldFocused(): void {
  useFieldFocus.setState({ path: null })
}

/** Opens the panel of a host, or closes it. */
export function showHost(host: string | null): void {
  useFieldFocus.setState({ host })
}
