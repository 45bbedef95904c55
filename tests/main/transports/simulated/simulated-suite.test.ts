/** Runs the behavioural suite of every transport over the simulated one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transportSuite } from '../../../suites/transport-suite.ts'
import { makeWorld, type PracticeWorld } from './practice-world.ts'
import { installByHand } from '../../../../main/transports/simulated/verbs/inspect.ts'

let world: PracticeWorld | undefined

// Programs of a job are arbitrary there, and a model knows only its installers: that part says that it was left out.
transportSuite({
  name: 'the practice site',
  rung: 'rung 1',
  async open() {
    const made = makeWorld(mkdtempSync(join(tmpdir(), 'practice-suite-')), {})
    world = made
    installByHand(made.site.siteFile, 'HUB01', 'practice-hub-installer', made.clock.now())
    return {
      session: await made.open('HUB01'),
      reopen: () => made.open('HUB01'),
      workFolder: 'C:\\ProgramData\\ExekraRollout\\suite',
      windows: true,
      firewall: true,
      service: 'ExekraHubService',
    }
  },
  close() {
    world?.transport.close()
    if (world) rmSync(world.dir, { recursive: true, force: true })
    return Promise.resolve()
  },
})
