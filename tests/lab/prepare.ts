/** Prepares PowerShell, installers and disk layers for the lab's tests. Run: node tests/lab/prepare.ts */
import { buildHost } from './build.ts'
import { buildInstallers } from './installers/build.ts'
import { labUnavailable } from './lab.ts'
import { layers } from './wine.ts'

const missing = labUnavailable()
if (missing === undefined) {
  await buildHost(['linux', 'win'])
  await buildInstallers()
  await layers()
} else {
  // The tests themselves say what they need.
  process.stdout.write(`Nothing to prepare, there is no lab here: ${missing}.\n`)
}
