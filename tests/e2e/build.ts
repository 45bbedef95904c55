/** Owns building what flows run over, ahead of them. Run: node tests/e2e/build.ts */
import { buildOnce } from './built.ts'

await buildOnce()
