/** The channel by which a test asks the stand-in what it saw, and acts as the user. */
import type { Asks } from './asks.ts'

interface Question {
  readonly id: number
  readonly name: keyof Asks
  readonly args: readonly unknown[]
}

/** Answers questions from now on. The stand-in itself is loaded with the program, after the hook that gives it its name. */
export function answerTests(): void {
  process.on('message', ({ id, name, args }: Question) => {
    void answer(name, args).then(
      (value) => process.send?.({ id, value }),
      (thrown: unknown) => process.send?.({ id, error: thrown instanceof Error ? thrown.message : String(thrown) }),
    )
  })
  // A test that is gone leaves nothing behind.
  process.on('disconnect', () => process.exit(0))
}

async function answer(name: keyof Asks, args: readonly unknown[]): Promise<unknown> {
  const { asks } = await import('./acts.ts')
  return (asks[name] as (...given: readonly unknown[]) => unknown)(...args)
}
