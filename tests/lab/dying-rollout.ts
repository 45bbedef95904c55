/** One life of a rollout over the lab: it resumes the run, and kills itself after N commits or during an installer. */
import { createApp } from '../../main/app/core/app.ts'
import { openTransports } from '../../main/transports/registry.ts'
import { documentVault } from '../../main/vault/env-vault.ts'
import { text } from 'node:stream/consumers'

export interface Life {
  readonly db: string
  readonly runId: string
  /** Commits until death; null: live to the end. */
  readonly commits: number | null
  /** Dies when a job of an installer is seen running. */
  readonly atInstaller: boolean
}

const life = JSON.parse(process.argv[2] ?? '{}') as Life
const dieNow = () => process.kill(process.pid, 'SIGKILL')

const app = createApp({
  dbFile: life.db,
  by: 'chaos@lab',
  vault: documentVault(await text(process.stdin)),
  reach: async (options) => {
    const transports = await openTransports(options)
    return {
      close: () => transports.close(),
      for: (host) => ({
        async open(...opening) {
          const session = await transports.for(host).open(...opening)
          return {
            ...session,
            async run(verb, params, options) {
              const answer = await session.run(verb, params, options)
              if (life.atInstaller && verb === 'Read-HostJob' && 'state' in answer && answer.state === 'running')
                dieNow()
              return answer
            },
          }
        },
      }),
    }
  },
})
let commits = 0
const { runs } = app.store
const append = runs.append.bind(runs)
Reflect.set(runs, 'append', (...args: Parameters<typeof append>) => {
  const committed = append(...args)
  if (++commits === life.commits) dieNow()
  return committed
})
const active = await app.executeRun(life.runId, { openGates: true })
const rest = await active.run(new AbortController().signal)
process.stdout.write(
  `${JSON.stringify({
    rest,
    outcome: active.state().outcome,
    pending: [...active.state().lanes.flat()]
      .flatMap((lane) => lane.steps)
      .filter((step) => step.status === 'failed')
      .map((step) => step.failure),
  })}\n`,
)
await active.close()
app.close()
