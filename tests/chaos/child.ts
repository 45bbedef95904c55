/**
 * The process that dies: it finishes what an earlier one left, starts or resumes a run, and kills itself at a given
 * moment.
 */
import { enableCompileCache } from 'node:module'
import type { Transports } from '../../main/engine/ports.ts'
import type { endingOf } from './story.ts'

enableCompileCache()
const { openTransports } = await import('../../main/transports/registry.ts')
const { FailureError } = await import('../../domain/base/failure.ts')
const story = await import('./story.ts')

/** When to die: after or before the commit that holds event number `seq`, or around the nth call of that kind on any host; or when the database can no longer be written. */
export type Death =
  | { readonly at: 'commit'; readonly seq: number; readonly when: 'before' | 'after' }
  | { readonly at: 'call'; readonly call: string; readonly nth: number; readonly when: 'before' | 'after' | 'during' }
  | { readonly at: 'spoilt'; readonly seq: number; readonly how: 'full' | 'read-only' }

export interface ChildWork {
  /** A story to go on with to its end; its ending is printed. */
  readonly finish?: string | undefined
  /** A story to go on with until death. */
  readonly die?: { readonly dir: string; readonly death: Death } | undefined
}

const { finish, die } = JSON.parse(process.argv[2] ?? '{}') as ChildWork
const say = (value: { ending: ReturnType<typeof endingOf>; rest: string } | { survived: string }) =>
  process.stdout.write(`${JSON.stringify(value)}\n`)
const dieNow = () => process.kill(process.pid, 'SIGKILL')

if (finish !== undefined) {
  process.chdir(finish)
  const app = story.openStory('.')
  const rest = await story.goOn(app)
  app.close()
  say({ ending: story.endingOf('.'), rest })
}
if (die !== undefined) {
  process.chdir(die.dir)
  const { death } = die
  const app = story.openStory(
    '.',
    death.at === 'call' ? { reach: async (options) => deadly(await openTransports(options), death) } : {},
  )
  if (death.at === 'commit') {
    const { runs } = app.store
    const append = runs.append.bind(runs)
    Reflect.set(runs, 'append', (...args: Parameters<typeof append>) => {
      const next = runs.summary(args[0]).lastSeq + args[1].length
      if (death.when === 'before' && next >= death.seq) dieNow()
      const committed = append(...args)
      if (next >= death.seq) dieNow()
      return committed
    })
  }
  if (death.at === 'spoilt') {
    const { database, runs } = app.store
    const append = runs.append.bind(runs)
    let spoilt = false
    Reflect.set(runs, 'append', (...args: Parameters<typeof append>) => {
      const committed = append(...args)
      if (spoilt || (committed.at(-1)?.seq ?? 0) < death.seq) return committed
      spoilt = true
      // What SQLite itself answers in these cases: the limit on pages is the full disk, query_only the file that became read-only.
      database.exec(
        death.how === 'read-only'
          ? 'PRAGMA query_only = ON'
          : `PRAGMA max_page_count = ${database.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0}`,
      )
      return committed
    })
  }
  say({
    survived: await story
      .goOn(app)
      .catch((error: unknown) => (error instanceof FailureError ? error.failure.code : String(error))),
  })
  if (death.at !== 'spoilt') app.close()
}

/** Transports whose nth call of a kind is the last thing this process does. */
function deadly(transports: Transports, { call, nth, when }: Extract<Death, { at: 'call' }>): Transports {
  let calls = 0
  const around = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const mine = name === call && ++calls === nth
    if (mine && when === 'before') dieNow()
    const result = await work()
    if (mine && when === 'after') dieNow()
    return result
  }
  return {
    close: () => transports.close(),
    for: (host) => ({
      open: async (...opening) => {
        const session = await around('open', () => transports.for(host).open(...opening))
        return {
          close: () => session.close(),
          get: (...args) => around('get', () => session.get(...args)),
          put: (file, options) => {
            if (when !== 'during') return around('put', () => session.put(file, options))
            const inMiddle = call === 'put' && ++calls === nth
            const onProgress = (sent: number) => {
              if (inMiddle && sent * 2 >= file.size) dieNow()
              options.onProgress?.(sent)
            }
            return session.put(file, { ...options, onProgress })
          },
          run: (verb, params, options) => around(verb, () => session.run(verb, params, options)),
        }
      },
    }),
  }
}
