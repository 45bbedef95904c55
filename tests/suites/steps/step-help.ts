/** Makes what the suite of steps hands its parts: lanes over the site's own sessions, and files of this workstation. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepSessions } from '../../../main/engine/sessions.ts'
import { lanesOver } from './lane-under-test.ts'
import type { SiteUnderSteps, StepHelp } from './site-under-steps.ts'

/** `close` ends the sessions and the site, and removes the files. */
export function stepHelpFor(site: SiteUnderSteps): { readonly help: StepHelp; close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-steps-'))
  let files = 0
  const sessions = keepSessions(site.transports, site.vault, site.plan.defaultCredential)
  return {
    help: {
      lanes: lanesOver(site, sessions, (file) => file),
      file(name, bytes) {
        const path = join(folder, `${++files}-${name}`)
        writeFileSync(path, bytes)
        return { path, sha256: createHash('sha256').update(bytes).digest('hex') }
      },
    },
    async close() {
      await sessions.closeAll()
      await site.transports.close()
      await site.close?.()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
