/**
 * Bundles the desktop program's main process into out/main; native and large packages stay in node_modules.
 * Run from the project's folder.
 */
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

const config = defineConfig({
  root: 'main',
  publicDir: false,
  plugins: [
    {
      // A module finds resources from where it was written; in the bundle it goes on believing that it lies there. All
      // of out/main lies in one folder.
      name: 'modules-keep-their-place',
      enforce: 'pre',
      transform(code, id) {
        if (!id.startsWith(root) || id.includes('node_modules') || !code.includes('import.meta.url')) return undefined
        const place = relative(root, id).split(sep).join('/')
        return {
          code: code.replaceAll('import.meta.url', `new URL('../../${place}', import.meta.url).href`),
          map: null,
        }
      },
    },
  ],
  build: {
    ssr: 'shells/electron/main.ts',
    outDir: '../out/main',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: ['electron', 'better-sqlite3', 'ssh2', 'node-powershell'],
      output: { format: 'es', entryFileNames: 'index.js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: {
    noExternal: ['zod', 'saxes', 'xmlchars'],
    external: ['electron', 'better-sqlite3', 'ssh2', 'node-powershell'],
  },
})

export { config as default }
