/** A Node that cannot find Electron, whatever is in node_modules. Loaded with --import. */
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    if (/^electron(\/|$)/.test(specifier)) throw new Error(`Electron is not here: ${context.parentURL} asked for it`)
    return next(specifier, context)
  },
})
