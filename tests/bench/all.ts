/** `npm run bench`: every benchmark in turn, each in its own process. Prints results; judges nothing. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const benches = [
  'engine.ts',
  'resume.ts',
  'store.ts',
  'resident.ts',
  'sftp-against-scp.ts',
  'winrm-against-pywinrm.ts',
  'first-picture.ts',
  'window.ts',
] as const
const wanted = process.argv.slice(2)

for (const bench of benches.filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))) {
  console.log(`\n${bench}`)
  spawnSync(process.execPath, [join(import.meta.dirname, bench)], { stdio: 'inherit' })
}
