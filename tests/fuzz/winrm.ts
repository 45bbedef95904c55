/**
 * Fuzzes everything that reads what a WinRM host sends. Run: node tests/fuzz/winrm.ts [COUNT] [SEED].
 * Exits with 1 at the first input that crashes a reader, is not read within ten seconds or exceeds the memory limit,
 * and names it.
 */
import { randomInt } from 'node:crypto'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { authTargets } from './auth-targets.ts'
import { feed, type Fed } from './feed.ts'
import { soapTargets } from './soap-targets.ts'
import { seedFrom, seedsBelow } from '../run/seed.ts'

interface Work {
  readonly count: number
  readonly seed: number
  /** The number of the input that is being read. */
  readonly at: Int32Array<SharedArrayBuffer>
}

const patienceMs = 10_000
const mostMegabytes = 1_024

if (isMainThread) await watch()
else work(workerData as Work)

function work({ count, seed, at }: Work): void {
  parentPort?.postMessage(
    feed({
      targets: [...authTargets, ...soapTargets],
      count,
      seed,
      onInput: (n) => {
        Atomics.store(at, 0, n)
      },
    }),
  )
}

// The readers run beside, so that one that never comes back is seen.
async function watch(): Promise<void> {
  const count = Number(process.argv[2] ?? 1_000_000)
  const seed = Number(process.argv[3] ?? seedFrom(process.env, () => randomInt(seedsBelow)))
  const at = new Int32Array(new SharedArrayBuffer(4))
  const began = performance.now()
  const data: Work = { count, seed, at }
  const worker = new Worker(new URL(import.meta.url), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  let before = -1
  const timer = setInterval(() => {
    const now = Atomics.load(at, 0)
    if (now === before) end(`input ${now}, seed ${seed}: not read within ${patienceMs / 1_000} s`)
    before = now
  }, patienceMs)
  const { lines, fault } = await new Promise<Fed>((resolve) => {
    worker.once('message', resolve)
    worker.once('error', (error) => {
      end(`input ${Atomics.load(at, 0)}, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
    })
  })
  clearInterval(timer)
  for (const line of lines) process.stdout.write(`${line}\n`)
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1_024)
  process.stdout.write(
    `${count} inputs, seed ${seed}, ${Math.round((performance.now() - began) / 1_000)} s, at most ${megabytes} MiB\n`,
  )
  if (fault !== undefined) end(fault)
  if (megabytes > mostMegabytes) end(`more than ${mostMegabytes} MiB`)
}

function end(why: string): never {
  process.stdout.write(`${why}\n`)
  process.exit(1)
}
