/** The person's choices for this window, kept between visits: theme and rail, nothing of a plan. */
import { create } from 'zustand'
import { themeChoices, type ThemeChoice } from '../theme/themes.ts'
import { readStored, writeStored } from './browser-storage.ts'

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
  theme: themeChoices.find((choice) => choice === readStored(themeKey)) ?? 'system',
  railOpen: toBoolean(readStored(railKey)),
  setTheme: (theme) => {
    writeStored(themeKey, theme)
    set({ theme })
  },
  setRailOpen: (railOpen) => {
    writeStored(railKey, String(railOpen))
    set({ railOpen })
  },
}))

function toBoolean(text: string | null): boolean | null {
  return text === 'true' ? true : text === 'false' ? false : null
}
