/** A network to a local server that can be slow, or fall silent without closing a connection. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface UnreliableLink {
  readonly port: number
  /** From now on nothing passes in either direction, as when a cable is pulled. */
  fallSilent(): void
  /** From now on what we send passes at this rate. */
  slowDown(bytesPerSecond: number): void
  stop(): void
}

/** Listens on a port of its own and passes everything on to `target` on 127.0.0.1. */
export async function startUnreliableLink(target: number): Promise<UnreliableLink> {
  const sockets = new Set<Socket>()
  let rate = Infinity
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: '127.0.0.1', port: target, noDelay: true })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(from)
          to.destroy()
        })
      from.on('data', (data: Buffer) => {
        to.write(data)
        if (from !== near || rate === Infinity) return
        near.pause()
        setTimeout(() => near.resume(), (data.length / rate) * 1000)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent: () => {
      sockets.forEach((socket) => socket.removeAllListeners('data').pause())
    },
    slowDown: (bytesPerSecond) => {
      rate = bytesPerSecond
    },
    stop: () => {
      server.close()
      sockets.forEach((socket) => socket.destroy())
    },
  }
}
