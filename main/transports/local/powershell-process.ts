/**
 * The only use of node-powershell: starts this machine's PowerShell and gives its streams. The protocol on them is
 * ours.
 */
import { PowerShell, type PowerShellOptions } from 'node-powershell'
import type { ByteChannel, ChannelExit } from '../powershell/byte-channel.ts'
import { bootstrapLine } from '../powershell/bootstrap.ts'
import { endedText, noPowerShell } from './failures.ts'

// We use only the start and the streams: invoke and history of the library insert text into code and store every
// command.
class HeldPowerShell extends PowerShell {
  // The library prefers NODE_POWERSHELL over its options; only findPowerShell may decide which PowerShell runs.
  protected override setExecutable(options: { executable?: string }): string {
    return options.executable ?? 'pwsh'
  }
}

/**
 * Starts a PowerShell of this machine and gives it the bootstrap. `executable` is a full path or a name on the PATH.
 * Throws FailureError `no-powershell` when it cannot be started.
 */
export async function startPowerShell(executable: string): Promise<ByteChannel> {
  const options: PowerShellOptions = {
    executable,
    // -NoExit -Command - is what the library adds: commands come by standard input, and the first one is the bootstrap.
    executableOptions: {
      '-NoProfile': true,
      '-NonInteractive': true,
      '-ExecutionPolicy': 'Bypass',
      '-OutputFormat': 'Text',
    },
    // PowerShell 7 draws its output for the terminal that TERM names, also into a pipe.
    spawnOptions: { windowsHide: true, env: { ...process.env, TERM: 'dumb', NO_COLOR: '1' } },
  }
  const shell = new HeldPowerShell(options)
  const child = held(shell)
  const exit = child.exit.then(
    () => ({ code: 0, reason: endedText.withCodeZero }),
    (error: unknown): ChannelExit => ({
      code: child.process.exitCode,
      reason: endedText.otherwise(endOf(child.process, error)),
    }),
  )
  if (child.process.pid === undefined) {
    const { reason } = await exit
    throw noPowerShell(executable, reason)
  }
  const { stdin, stdout, stderr } = shell.streams
  stdin.on('error', () => undefined).write(`${bootstrapLine}\n`)
  return {
    stdin,
    stdout,
    stderr,
    exit,
    kill: () => {
      if (child.process.exitCode === null && child.process.signalCode === null)
        shell.dispose('SIGKILL').catch(() => undefined)
    },
  }
}

interface Child {
  readonly process: { readonly pid?: number; readonly exitCode: number | null; readonly signalCode: string | null }
  readonly exit: Promise<void>
}

// The library hides its process and its exit promise. Both must be handled: an unhandled rejection would end this
// program.
function held(shell: PowerShell): Child {
  const child = Reflect.get(shell, 'process') as Child['process']
  const exit = Reflect.get(shell, 'exitPromise') as Promise<void>
  return { process: child, exit }
}

function endOf(child: Child['process'], error: unknown): string {
  if (child.signalCode !== null) return `signal ${child.signalCode}`
  if (child.exitCode !== null) return `exit code ${child.exitCode}`
  return error instanceof Error ? error.message : String(error)
}
