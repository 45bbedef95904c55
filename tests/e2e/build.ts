/** Builds what the end-to-end tests need, ahead of them. Run: node tests/e2e/build.ts */
import { buildOnce } from './built.ts'

await buildOnce()
