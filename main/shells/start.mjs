/** Owns the start of `npm start`: sees that Node is new enough, then hands over to start.ts. */
import module from 'node:module'
import { isNewEnough } from '../app/workstation/newer-node.mjs'

if (isNewEnough(import.meta.url, 'Rollout')) {
  module.enableCompileCache()
  const { start } = await import('./start.ts')
  await start(process.argv.slice(2))
}
