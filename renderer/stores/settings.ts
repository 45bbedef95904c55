/** Owns what a person chose for this window and what is kept of it between visits: theme, rail, and nothing of any plan. */
import { create } from 'zustand'
import { themeChoices, type ThemeChoice } from '../theme/themes.ts'

interface Settings {
  readonly theme: ThemeChoice
  /** null: by the width of the window. */
  readonly railOpen: boolean | null
  readonly setTheme: (theme: ThemeChoice) => void
  readonly setRailOpen: (open: boolean) => void
}

const themeKey = 'rollout.theme'
const railKey = 'rollout.rail'

/** The person's settings. */
export const useSettings = create<Settings>((set) => ({
  theme: themeChoices.find((choice) => choice === read(themeKey)) ?? 'system',
  railOpen: toBoolean(read(railKey)),
  setTheme: (theme) => {
    keep(themeKey, theme)
    set({ theme })
  },
  setRailOpen: (railOpen) => {
    keep(railKey, String(railOpen))
    set({ railOpen })
  },
}))

function toBoolean(text: string | null): boolean | null {
  return text === 'true' ? true : text === 'false' ? false : null
}

// A browser may refuse storage altogether; the setting then lasts as long as the window.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Kept for this window only.
  }
}
