/** Owns the PowerShell channel over ssh: one exec channel as the three streams the resident speaks through. */
import type { ClientChannel } from 'ssh2'
import { failed, type FailureError } from '../../../domain/base/failure.ts'
import { bootstrapCommand } from '../powershell/bootstrap.ts'
import type { ByteChannel, ChannelExit, OpenChannel } from '../powershell/byte-channel.ts'
import { describePeer } from '../shared/peer.ts'
import type { Link } from './link.ts'

/**
 * Starts PowerShell on the host of a link. `executable` is what the shell of the host finds: powershell.exe on Windows.
 * Throws FailureError `no-powershell` when the host has none, `powershell-not-started` when it ends before it says a word.
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
      // Windows' OpenSSH knows no signals and ends the process with its channel; elsewhere a process may outlive its channel.
      channel.signal('KILL')
      channel.close()
      // A channel closes, and gives its place back, only once its output has been taken.
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
        reason:
          code === null
            ? `${executable} was ended on the host by ${signal ?? 'a signal'}.`
            : `${executable} ended on the host with exit code ${code}.`,
      })
    })
    // A channel may close without a word about its process; both events come in this order when there is one.
    channel.once('close', () => {
      end({ code: null, reason: `${executable} ended on the host without saying how.` })
    })
    if (link.lost.aborted) onLost()
    else link.lost.addEventListener('abort', onLost, { once: true })
  })
}

// 'readable' leaves the bytes where they are, for the resident to read. The end of the stream counts too: exit says the rest.
function readable(channel: ClientChannel): Promise<'readable'> {
  return new Promise((resolve) => {
    const look = () => {
      if (channel.readableLength === 0) return
      channel.removeListener('readable', look)
      resolve('readable')
    }
    channel.on('readable', look)
  })
}

// 127 is POSIX shells' "command not found", 9009 that of cmd.exe in a batch; over ssh cmd.exe says 1 and its sentence, in its own language.
function notStarted(link: Link, executable: string, exit: ChannelExit, words: string): FailureError {
  const missing = exit.code === 127 || exit.code === 9009 || words.includes(executable)
  return missing
    ? failed(
        'host',
        'no-powershell',
        `${describePeer(link.peer)} let us in, but it has no ${executable}.`,
        'Use a Windows host whose PATH holds Windows PowerShell 5.1 (System32\\WindowsPowerShell\\v1.0).',
        'never',
        [words, exit.reason],
      )
    : failed(
        'host',
        'powershell-not-started',
        `PowerShell could not be started on ${describePeer(link.peer)}: ${exit.reason}`,
        'Start powershell.exe by hand on the host as the same user and put right what it says.',
        'never',
        [words],
      )
}
