#!/usr/bin/env node
/** Entry point of the command line: checks the Node version, then runs main.ts. */
import module from 'node:module'
import { isNewEnough } from '../../app/workstation/newer-node.mjs'

if (isNewEnough(import.meta.url, 'rollout')) {
  module.enableCompileCache()
  const { main } = await import('./main.ts')
  await main(process.argv.slice(2))
}
