/** Output of attempts on its way to the store, redacted across the borders of chunks. */
import type { Clock, OutputChunk, RunListener } from '../../engine/ports.ts'
import type { Dependencies } from './dependencies.ts'

export interface KeptOutput {
  readonly write: (step: string, attempt: number, chunk: OutputChunk) => void
  /** Writes what was held back for an attempt once it has ended. */
  readonly hear: RunListener
  close(): void
}

/** The output of one run. Text is delayed only while it could be the beginning of a secret. */
export function keepOutput(
  { store, redactor }: Pick<Dependencies, 'store' | 'redactor'>,
  runId: string,
  clock: Clock,
): KeptOutput {
  interface Kept {
    readonly stream: OutputChunk['stream']
    readonly redact: ReturnType<typeof redactor.redactStream>
  }
  const open = new Map<string, Kept[]>()
  const save = (step: string, attempt: number, stream: OutputChunk['stream'], text: string) => {
    if (text !== '') store.output.write(runId, step, attempt, clock.now(), { stream, text })
  }
  const end = (step: string, attempt: number) => {
    const key = `${step} ${attempt}`
    for (const { stream, redact } of open.get(key) ?? []) save(step, attempt, stream, redact.flush())
    open.delete(key)
  }
  return {
    write(step, attempt, chunk) {
      const key = `${step} ${attempt}`
      const kept = open.get(key) ?? []
      open.set(key, kept)
      let redacted = kept.find(({ stream }) => stream === chunk.stream)
      if (!redacted) kept.push((redacted = { stream: chunk.stream, redact: redactor.redactStream() }))
      save(step, attempt, chunk.stream, redacted.redact.push(chunk.text))
    },
    hear(_runId, event) {
      if (event.type === 'step.succeeded' || event.type === 'step.failed' || event.type === 'step.interrupted')
        end(event.step, event.attempt)
    },
    close() {
      for (const key of [...open.keys()]) {
        const cut = key.lastIndexOf(' ')
        end(key.slice(0, cut), Number(key.slice(cut + 1)))
      }
      store.output.flush()
    },
  }
}
