/** The shell of a session: created when a command needs one, created again if the host lost it, and always deleted. */
import { FailureError } from '../../../domain/base/failure.ts'
import { lostWhileStarting } from './failures.ts'
import type { WinrmLimits } from './limits.ts'
import { cancelled, lostCode } from '../shared/failures.ts'
import type { Peer } from '../shared/peer.ts'
import type { Slots } from '../shared/slots.ts'
import { guid, type WsmvClient } from './wsmv/client.ts'
import { FaultError } from './wsmv/faults.ts'
import type { CommandLine } from './wsmv/operations.ts'

/** A command in a shell. */
export interface StartedCommand {
  readonly shellId: string
  readonly commandId: string
}

export interface WinrsShell {
  /**
   * Starts a command, in a new shell if there is none or the host no longer knows it. A start whose answer was lost is
   * not tried again.
   */
  start(line: CommandLine, signal: AbortSignal): Promise<StartedCommand>
  /** Deletes the shell, and with it what runs there. Never throws. */
  close(): Promise<void>
}

export interface RemoteShellOptions {
  readonly peer: Peer
  readonly client: WsmvClient
  /** The shells this host allows one user, shared by all its sessions. */
  readonly slots: Slots
  readonly limits: WinrmLimits
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

const utf8 = 65001

/** A shell that does not exist yet. */
export function winrsShell({ peer, client, slots, limits, sleep }: RemoteShellOptions): WinrsShell {
  let current: Promise<string> | undefined
  const deletes = new Set<Promise<void>>()

  // The shell has our own id, so it can be deleted even if the answer to its creation was lost.
  const remove = (shellId: string) => {
    const deleting = client.delete(shellId, AbortSignal.timeout(limits.deleteMs)).catch(() => undefined)
    deletes.add(deleting)
    void deleting.then(() => {
      deletes.delete(deleting)
    })
    return deleting
  }
  const create = async (signal: AbortSignal): Promise<string> => {
    const shellId = guid()
    // With the profile, as over SSH: installers write to it, and what DPAPI protects can be read only with it.
    try {
      return await client.create({ shellId, codePage: utf8, noProfile: false, idleMs: limits.idleMs }, signal)
    } catch (error) {
      if (!(error instanceof FaultError)) void remove(shellId)
      throw error
    }
  }
  const createInTurn = async (signal: AbortSignal): Promise<string> => {
    await slots.take(signal).catch(() => {
      throw cancelled(peer)
    })
    try {
      for (let waited = 0, wait = 1_000; ; waited += wait, wait = Math.min(wait * 2, 15_000)) {
        try {
          return await create(signal)
        } catch (error) {
          if (!(error instanceof FaultError && error.action === 'back-off') || waited + wait > limits.quotaMs)
            throw error
          await sleep(wait, signal)
        }
      }
    } catch (error) {
      slots.give()
      throw error
    }
  }
  const forget = async () => {
    const shell = current
    current = undefined
    const shellId = await shell?.catch(() => undefined)
    if (shellId === undefined) return
    await remove(shellId)
    slots.give()
  }
  const startOnce = async (line: CommandLine, signal: AbortSignal): Promise<StartedCommand> => {
    const shellId = await (current ??= createInTurn(signal).catch((error: unknown) => {
      current = undefined
      throw error
    }))
    try {
      return { shellId, commandId: await client.command(shellId, { ...line, commandId: guid() }, signal) }
    } catch (error) {
      // What may have been started ends with its shell.
      if (!(error instanceof FaultError) || error.action === 'reopen') await forget()
      throw error
    }
  }
  return {
    async start(line, signal) {
      try {
        return await startOnce(line, signal)
      } catch (error) {
        if (error instanceof FaultError && error.action === 'reopen') return startOnce(line, signal)
        // Every other failure explains itself: a slow answer, a wrong one, a stopped service.
        if (error instanceof FailureError && error.failure.code === lostCode)
          throw lostWhileStarting(peer, [error.message])
        throw error
      }
    },
    async close() {
      await forget()
      await Promise.all(deletes)
    },
  }
}
