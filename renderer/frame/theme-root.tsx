/** Applies the theme that the person chose, or that of the system. */
import { FluentProvider } from '@fluentui/react-components'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { useSettings } from '../shared/settings-store.ts'
import { themes, type ThemeName } from '../theme/themes.ts'

const fullHeight = { height: '100%' }
const darkQuery = matchMedia('(prefers-color-scheme: dark)')
const paperQuery = matchMedia('print')

/** Puts the theme's variables around everything. */
export function ThemeRoot({ children }: { readonly children: ReactNode }) {
  const name = useThemeName()
  useEffect(() => {
    document.documentElement.dataset['theme'] = name
    document.documentElement.style.colorScheme = name === 'light' ? 'light' : 'dark'
  }, [name])
  return (
    // As a style, not a class: Fluent copies classes to the element that holds dialogs, which would then cover the
    // page.
    <FluentProvider theme={themes[name]} style={fullHeight}>
      {children}
    </FluentProvider>
  )
}

function useThemeName(): ThemeName {
  const choice = useSettings((settings) => settings.theme)
  const systemDark = useSyncExternalStore(watchDark, () => darkQuery.matches)
  // Paper is white.
  const onPaper = useSyncExternalStore(watchPaper, () => paperQuery.matches)
  if (onPaper) return 'light'
  if (choice !== 'system') return choice
  return systemDark ? 'dark' : 'light'
}

const watchDark = watching(darkQuery)
const watchPaper = watching(paperQuery)

function watching(query: MediaQueryList): (changed: () => void) => () => void {
  return (changed) => {
    query.addEventListener('change', changed)
    return () => {
      query.removeEventListener('change', changed)
    }
  }
}
