/** Bundles the bridge into one CommonJS file, as a sandboxed window needs. Run from the project's folder. */
import { defineConfig } from 'vite'

const config = defineConfig({
  root: 'preload',
  publicDir: false,
  build: {
    lib: { entry: 'preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    outDir: '../out/preload',
    emptyOutDir: true,
    target: 'chrome140',
    minify: false,
    rolldownOptions: { external: ['electron'] },
  },
})

export { config as default }
