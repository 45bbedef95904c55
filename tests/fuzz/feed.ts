/** Feeds damaged inputs to readers: they must read or refuse each one soon and in bounded memory. */
import { FailureError } from '../../domain/base/failure.ts'
import { chance, damage, type Below } from './damage.ts'

export interface Target {
  readonly name: string
  /** What is damaged. */
  readonly seeds: readonly Buffer[]
  readonly read: (bytes: Buffer, below: Below) => unknown
}

export interface Feeding {
  readonly targets: readonly Target[]
  readonly count: number
  readonly seed: number
  /** Told the number of each input before it is read. */
  readonly onInput: (n: number) => void
}

export interface Fed {
  /** A line for each target. */
  readonly lines: readonly string[]
  /** The first input that was neither read nor refused, in words; undefined where there is none. */
  readonly fault: string | undefined
}

const refusals: ReadonlySet<string> = new Set([
  'bad-answer',
  'ntlm-weak',
  'answer-altered',
  'bad-xml',
  'wrong-answer',
  'link-lost',
])

/** Feeds all, or up to the first that goes wrong. */
export function feed({ targets, count, seed, onInput }: Feeding): Fed {
  const below = chance(seed)
  const tally = targets.map(({ name }) => ({ name, read: 0, refused: 0, slowestMs: 0 }))
  const lines = () =>
    tally.map(
      ({ name, read, refused, slowestMs }) =>
        `${name}: ${read} read, ${refused} refused, slowest ${slowestMs.toFixed(1)} ms`,
    )
  for (let n = 0; n < count; n++) {
    const target = targets[n % targets.length]
    const line = tally[n % targets.length]
    const whole = target?.seeds[below(target.seeds.length)]
    if (!target || !line || !whole) throw new Error('a target has nothing to be fed with')
    const bytes = damage(whole, below)
    onInput(n)
    const start = performance.now()
    try {
      target.read(bytes, below)
      line.read++
    } catch (error) {
      if (!(error instanceof FailureError && refusals.has(error.failure.code)))
        return {
          lines: lines(),
          fault: `${target.name}, input ${n}, seed ${seed}: ${bytes.toString('hex')}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        }
      line.refused++
    }
    line.slowestMs = Math.max(line.slowestMs, performance.now() - start)
  }
  return { lines: lines(), fault: undefined }
}
