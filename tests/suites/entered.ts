/** Asks whether a firewall lets this machine in. */
import { connect } from 'node:net'

/**
 * Whether a connection is let in, which is then sent `say`. A firewall swallows one without a word, so this waits 3 seconds
 * for an answer.
 */
export function entered(host: string, port: number, say = ''): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 })
    const answer = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket
      .once('timeout', () => answer(false))
      .once('error', () => answer(false))
      .once('connect', () => {
        if (say === '') answer(true)
        else socket.end(say, () => resolve(true))
      })
  })
}
