/** Finds which address of this workstation a host sees. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIP } from 'node:net'

/** The address that this workstation asks the host from; undefined where both are the same machine, or none is found. */
export async function ownAddressTo(address: string): Promise<string | undefined> {
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4')
  try {
    // Sends nothing: it only asks the system for the way there.
    socket.connect(9, address)
    await once(socket, 'connect')
    const own = socket.address().address
    return own === socket.remoteAddress().address ? undefined : own
  } catch {
    return undefined
  } finally {
    socket.close()
  }
}
