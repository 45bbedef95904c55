/** The bridge of the desktop program: what its windows use instead of a server, and the channels behind it. */

/** Stands in a window as `rollout`. Everything crosses as JSON text, as it does over HTTP. */
export interface Bridge {
  /** A call of the contract: its name and its input. Answers with a Reply. Rejects where the application is gone. */
  call(method: string, body: string): Promise<string>
  /**
   * Follows a run after that seq until the returned function is called: a Frame each time, null where the stream has
   * ended.
   */
  onEvent(run: string, after: number, onFrame: (frame: string | null) => void): () => void
}

export const channels = {
  call: 'rollout:call',
  watch: 'rollout:watch',
  next: 'rollout:next',
  unwatch: 'rollout:unwatch',
} as const
