/** An SSH session: one connection, one resident PowerShell, and SFTP that starts with the first file. */
import { FailureError } from '../../../domain/base/failure.ts'
import type { Session } from '../../engine/ports.ts'
import { ResidentPowerShell } from '../powershell/resident-powershell.ts'
import type { Scripts } from '../powershell/scripts.ts'
import { download } from './download.ts'
import { powershellOver } from './exec-channel.ts'
import type { Link } from './link.ts'
import { limitsFor, type SshLimits } from './limits.ts'
import { putFile } from './put-file.ts'
import { openSftp, type Sftp } from './sftp.ts'

export interface SessionOptions {
  readonly limits: SshLimits
  /** What the shell of the host finds PowerShell by. */
  readonly powershell: string
  readonly scripts?: Scripts
}

/** Begins a session on a link: starts its PowerShell, and ends the link again when that fails. */
export async function openSession(link: Link, options: SessionOptions, signal: AbortSignal): Promise<Session> {
  const powershell = new ResidentPowerShell({
    open: powershellOver(link, options.powershell),
    ...(options.scripts && { scripts: options.scripts }),
  })
  const { limits } = options
  let sftp: Promise<Sftp> | undefined
  // Opened by the first file and kept; a try that failed is not kept.
  const files = (stop: AbortSignal) =>
    (sftp ??= openSftp(link, stop).catch((error: unknown) => {
      sftp = undefined
      throw error
    }))
  const run: Session['run'] = (verb, params, options) => orLost(link, () => powershell.run(verb, params, options))
  const session: Session = {
    run,
    put: async (file, options) => {
      await putFile(link, await files(options.signal), limitsFor(limits, file.remotePath), run, file, options)
    },
    get: async (remotePath, { signal: stop, maxBytes }) =>
      download(link, await files(stop), limitsFor(limits, remotePath), remotePath, maxBytes, stop),
    async close() {
      await powershell.close()
      await link.close()
    },
  }
  try {
    await orLost(link, () => powershell.start(signal))
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}

// The PowerShell says that it ended; the link knows why.
async function orLost<T>(link: Link, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw link.lost.aborted && error instanceof FailureError && error.failure.kind === 'link' ? link.lost.reason : error
  }
}
