#!/usr/bin/env node
/** Owns the start of the command line: sees that Node is new enough, then hands over to main.ts. */
import module from 'node:module'
import { isNewEnough } from '../../app/workstation/newer-node.mjs'

if (isNewEnough(import.meta.url, 'rollout')) {
  module.enableCompileCache()
  const { main } = await import('./main.ts')
  await main(process.argv.slice(2))
}
