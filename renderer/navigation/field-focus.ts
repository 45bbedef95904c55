/** The field of a plan that the person was sent to, until it has the focus; and the host whose panel is open. */
import { create } from 'zustand'

interface FieldFocus {
  /** A path of the plan document, such as hub.address; null where no field is wanted. */
  readonly path: string | null
  /** The host whose panel is open in Hosts; null where no panel is open. */
  readonly host: string | null
}

export const useFieldFocus = create<FieldFocus>(() => ({ path: null, host: null }))

/** Asks for a field of the plan document; the section that has it shows it. */
export function focusField(path: string, host: string | null = null): void {
  useFieldFocus.setState({ path, host })
}

/** The wanted path without `beginning`, alone in a list; an empty list where the wanted path has another beginning. */
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
