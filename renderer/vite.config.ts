/**
 * Builds the window into out/renderer: split so that the first view loads little, and nothing violates a strict CSP.
 * Run from the project's folder.
 */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const config = defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
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
