/** Entry point of `npm start`: checks the Node version, then runs start.ts. */
import module from 'node:module'
import { isNewEnough } from '../app/workstation/newer-node.mjs'

if (isNewEnough(import.meta.url, 'Rollout')) {
  module.enableCompileCache()
  const { start } = await import('./start.ts')
  await start(process.argv.slice(2))
}
