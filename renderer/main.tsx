/** Starts the window: client, theme, first picture. */
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { App } from './app.tsx'
import { clientOfWindow } from './client/bridge.ts'
import { ClientProvider } from './client/client-context.tsx'
import glyphs from './status/glyphs.svg?raw'
import { ThemeRoot } from './frame/theme-root.tsx'
import './theme/global.css'

// Without this zod would compile its parsers, which the CSP refuses and the browser reports.
z.config({ jitless: true })

// The symbols of the status glyphs are part of the page, so that a glyph is one <use> and no request.
document.body.insertAdjacentHTML('afterbegin', glyphs)

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
createRoot(root).render(
  <ClientProvider value={clientOfWindow()}>
    <ThemeRoot>
      <App />
    </ThemeRoot>
  </ClientProvider>,
)
