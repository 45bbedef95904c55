/** The open sessions: one per host, opened on first use, dropped when broken, closed when the lane is done. */
import { toFailure } from '../../domain/base/failure.ts'
import { doorsOf, type Host } from '../../domain/plan/host.ts'
import type { Session, Transports, Vault } from './ports.ts'

export interface Sessions {
  /** The conversation with a host, opened if need be. Throws FailureError: link, credential or trust. */
  get(host: Host, signal: AbortSignal): Promise<Session>
  /** Forgets a conversation that broke. */
  drop(hostName: string): Promise<void>
  closeAll(): Promise<void>
}

/** Keeps sessions by host name. `defaultCredential` is used where a host names none. */
export function keepSessions(transports: Transports, vault: Vault, defaultCredential: string | undefined): Sessions {
  const open = new Map<string, Promise<Session>>()

  async function connect(host: Host, signal: AbortSignal): Promise<Session> {
    const ref = host.credential ?? defaultCredential
    const needsCredential = doorsOf(host.reach).length > 0
    const credential = needsCredential && ref !== undefined ? await vault.credential(ref) : undefined
    return transports.for(host).open(host, credential, signal)
  }

  async function drop(hostName: string): Promise<void> {
    const session = open.get(hostName)
    open.delete(hostName)
    await session?.then((s) => s.close(), toFailure)
  }

  return {
    get(host, signal) {
      const found = open.get(host.name)
      if (found) return found
      const opening = connect(host, signal)
      open.set(host.name, opening)
      opening.catch(() => {
        if (open.get(host.name) === opening) open.delete(host.name)
      })
      return opening
    },
    drop,
    async closeAll() {
      await Promise.all([...open.keys()].map(drop))
    },
  }
}
