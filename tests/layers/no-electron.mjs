/** Owns a Node in which Electron cannot be found, whatever lies in node_modules. Loaded with --import. */
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    if (/^electron(\/|$)/.test(specifier)) throw new Error(`Electron is not here: ${context.parentURL} asked for it`)
    return next(specifier, context)
  },
})
