/** Owns the list of keys that people are told of. */
export interface KeyHelp {
  readonly keys: string
  readonly does: string
}

export const keyList: readonly KeyHelp[] = [
  { keys: 'Ctrl+K', does: 'Search hosts, steps, commands' },
  { keys: 'F6, Shift+F6', does: 'Next, previous region of the window' },
  { keys: 'Alt+1 to Alt+5', does: 'Plan, Review, Survey, Rollout, Acceptance' },
  { keys: 'F8, Shift+F8', does: 'Next, previous problem' },
  { keys: 'Ctrl+B', does: 'Rail slim or open' },
  { keys: 'Ctrl+Shift+D', does: 'Open the decision that waits' },
  { keys: 'F9', does: 'Pause or resume the rollout' },
  { keys: 'Ctrl+J', does: 'Output open or closed' },
  { keys: 'Ctrl+F', does: 'Find in the focused list' },
  { keys: 'Arrows, Home, End, PgUp, PgDn', does: 'Move in map, farm, table, log' },
  { keys: 'Space, Enter', does: 'Select, open' },
  { keys: '+ - 0', does: 'Zoom in, out, fit; with the map focused' },
  { keys: 'Ctrl+Z, Ctrl+Y', does: 'Undo, redo in a draft' },
  { keys: 'Ctrl+Shift+S', does: 'Speak a summary of the run' },
  { keys: 'Esc', does: 'Close what is open; the focus goes back' },
  { keys: 'F1', does: 'This help' },
]
