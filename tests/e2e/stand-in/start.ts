/** Starts the real main bundle over the stand-in, with electron.ts as electron. Tests start it with a channel. */
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { answerTests } from './control.ts'

const electron = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: electron, shortCircuit: true } : next(specifier, context),
})

answerTests()
await import(pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'index.js')).href)
