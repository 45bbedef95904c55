/** Keeps several requests in flight, as many as the link can take. */

export interface PipelineLimits {
  readonly chunkBytes: number
  readonly inFlightBytes: number
  readonly promptAnswerMs: number
  readonly slowAnswerMs: number
}

/**
 * Runs `move` for every chunk from `start` up to `end`, several at once. The number under way begins at four, grows by
 * one with each answer that took a while and is halved by a slow one: a long line is filled, a slow one never holds
 * seconds of data that a cancel or a keepalive would have to wait behind. `onMoved` is given the position up to which
 * everything has been answered. Rejects with the first error, once nothing is under way any more.
 */
export async function pipelined(
  start: number,
  end: number,
  limits: PipelineLimits,
  move: (position: number, length: number) => Promise<void>,
  onMoved: (upTo: number) => void,
  now: () => number = () => performance.now(),
): Promise<void> {
  const most = Math.max(1, Math.floor(limits.inFlightBytes / limits.chunkBytes))
  let allowed = Math.min(4, most)
  let next = start
  let failure: { error: unknown } | undefined
  const underWay = new Map<number, number>()
  await new Promise<void>((resolve) => {
    const begin = () => {
      while (failure === undefined && next < end && underWay.size < allowed) {
        const position = next
        const length = Math.min(limits.chunkBytes, end - next)
        next += length
        const since = now()
        underWay.set(position, length)
        move(position, length).then(
          () => {
            answered(position, now() - since)
          },
          (error: unknown) => {
            failure ??= { error }
            underWay.delete(position)
            begin()
          },
        )
      }
      if (underWay.size === 0) resolve()
    }
    const answered = (position: number, elapsedMs: number) => {
      underWay.delete(position)
      if (elapsedMs > limits.slowAnswerMs) allowed = Math.max(1, Math.floor(allowed / 2))
      else if (elapsedMs > limits.promptAnswerMs) allowed = Math.min(most, allowed + 1)
      // Map keeps the order of sending, so the first entry is the oldest without an answer.
      if (failure === undefined) onMoved(underWay.keys().next().value ?? next)
      begin()
    }
    begin()
  })
  if (failure) throw failure.error
}
