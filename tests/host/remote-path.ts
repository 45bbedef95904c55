/** The full path of the PowerShell that the programs of the suite are run by on the host. */
import type { Session } from '../../main/engine/ports.ts'
import { follow, texts } from '../suites/transport/job-programs.ts'
import { ask } from '../suites/transport/host-under-test.ts'

/**
 * On Windows the one that every Windows has, unless another full path was named. Elsewhere the one that was named, asked of a
 * shell where it is no full path. Undefined where there is none: programs are then not run there.
 */
export async function fullPathOf(
  session: Session,
  windows: boolean,
  workFolder: string,
  named: string | undefined,
): Promise<string | undefined> {
  if (windows)
    return named?.includes('\\') === true ? named : 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
  if (named === undefined || named.startsWith('/')) return named
  const job = { folder: `${workFolder}/jobs`, ticket: 'where' }
  const params = {
    Folder: job.folder,
    Ticket: job.ticket,
    File: '/bin/sh',
    Arguments: ['-c', 'command -v "$1"', 'sh', named],
    Environment: {},
    TimeoutSeconds: 60,
  }
  await ask(session, 'Start-HostJob', params)
  const [path] = texts(await follow(session, { ...job, params }), 'output')
  return path?.startsWith('/') === true ? path : undefined
}
