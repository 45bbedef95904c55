/** Owns how the screens are built: into out/renderer, split so that the first picture needs little, with nothing that a strict CSP refuses. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Puts the symbols of the status glyphs into the page, so that each glyph is one <use> and no request. */
function glyphSheet(): Plugin {
  return { name: 'glyph-sheet', transformIndexHtml: (html) => html.replace('<!-- glyphs -->', () => readFileSync(here('status/glyphs.svg'), 'utf8').trim()) }
}

const config = defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react(), glyphSheet()],
  build: {
    outDir: here('../out/renderer'),
    emptyOutDir: true,
    target: 'es2024',
    // Small fonts would become data: addresses, which the CSP refuses.
    assetsInlineLimit: 0,
    // The polyfill is an inline script, which the CSP refuses as well.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
})

export { config as default }
