/** The PowerShell channel over SSH: one exec channel as three streams. */
import type { ClientChannel } from 'ssh2'
import type { FailureError } from '../../../domain/base/failure.ts'
import { bootstrapCommand } from '../powershell/bootstrap.ts'
import type { ByteChannel, ChannelExit, OpenChannel } from '../powershell/byte-channel.ts'
import { noPowerShell, powershellNotStarted } from './failures.ts'
import { sshText } from './text.ts'
import type { Link } from './link.ts'

/**
 * Starts PowerShell on the host of a link. `executable` is what the shell of the host finds: powershell.exe on Windows.
 * Throws FailureError `no-powershell` when the host has none, `powershell-not-started` when it ends before it is ready.
 */
export function powershellOver(link: Link, executable: string): OpenChannel {
  return async (signal) => {
    const channel = await link.exec(bootstrapCommand(executable), signal)
    const bytes = byteChannel(link, channel, executable)
    try {
      const first = await link.during(() => Promise.race([readable(channel), bytes.exit]), signal)
      if (first === 'readable' || first.code === 0) return bytes
      throw notStarted(link, executable, first, String(channel.stderr.read() ?? '').trim())
    } catch (error) {
      bytes.kill()
      throw error
    }
  }
}

function byteChannel(link: Link, channel: ClientChannel, executable: string): ByteChannel {
  return {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    exit: exitOf(link, channel, executable),
    kill() {
      if (link.lost.aborted) return
      // Windows' OpenSSH knows no signals and ends the process with its channel; elsewhere a process may outlive its
      // channel.
      channel.signal('KILL')
      channel.close()
      // A channel closes, and frees its slot, only once its output has been read.
      channel.resume()
      channel.stderr.resume()
    },
  }
}

function exitOf(link: Link, channel: ClientChannel, executable: string): Promise<ChannelExit> {
  return new Promise((resolve) => {
    const onLost = () => {
      resolve({ code: null, reason: (link.lost.reason as FailureError).message })
    }
    const end = (exit: ChannelExit) => {
      link.lost.removeEventListener('abort', onLost)
      resolve(exit)
    }
    channel.once('exit', (code: number | null, signal?: string) => {
      end({
        code,
        reason: code === null ? sshText.endedBySignal(executable, signal) : sshText.endedWithCode(executable, code),
      })
    })
    // A channel may close without reporting how its process ended; otherwise 'exit' comes before 'close'.
    channel.once('close', () => {
      end({ code: null, reason: sshText.endedUnknown(executable) })
    })
    if (link.lost.aborted) onLost()
    else link.lost.addEventListener('abort', onLost, { once: true })
  })
}

// 'readable' leaves the bytes in the stream for the resident. The end of the stream counts too: `exit` tells the rest.
function readable(channel: ClientChannel): Promise<'readable'> {
  return new Promise((resolve) => {
    const check = () => {
      if (channel.readableLength === 0) return
      channel.removeListener('readable', check)
      resolve('readable')
    }
    channel.on('readable', check)
  })
}

// "Command not found" is exit code 127 in POSIX shells and 9009 in a cmd.exe batch; over SSH cmd.exe gives 1 and a
// localized sentence.
function notStarted(link: Link, executable: string, exit: ChannelExit, output: string): FailureError {
  const missing = exit.code === 127 || exit.code === 9009 || output.includes(executable)
  return missing
    ? noPowerShell(link.peer, executable, [output, exit.reason])
    : powershellNotStarted(link.peer, exit.reason, [output])
}
