/** Owns how the bridge is bundled: one CommonJS file, which is all that a sandboxed window takes. Run from the project's folder. */
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
