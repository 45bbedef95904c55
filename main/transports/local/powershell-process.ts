/** Owns the one use of node-powershell: it starts this machine's PowerShell and holds it; what is spoken with it is ours. */
import { PowerShell, type PowerShellOptions } from 'node-powershell'
import { failed } from '../../../domain/base/failure.ts'
import type { ByteChannel, ChannelExit } from '../powershell/byte-channel.ts'
import { bootstrapLine } from '../powershell/bootstrap.ts'

// Its invoke and its history splice texts into code and keep every command; nothing but the start and the streams is used.
class HeldPowerShell extends PowerShell {
  // The library lets NODE_POWERSHELL go before what it is told; which PowerShell runs is for findPowerShell alone to say.
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
    spawnOptions: { windowsHide: true },
  }
  const shell = new HeldPowerShell(options)
  const child = held(shell)
  const exit = child.exit.then(
    () => ({ code: 0, reason: 'it ended with exit code 0.' }),
    (error: unknown): ChannelExit => ({
      code: child.process.exitCode,
      reason: `it ended: ${endOf(child.process, error)}.`,
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

/** What the operator is told where there is no PowerShell. */
export function noPowerShell(executable: string, reason: string) {
  return failed(
    'host',
    'no-powershell',
    `This machine's PowerShell (${executable}) could not be started: ${reason}`,
    'Install PowerShell 7, or name one in ROLLOUT_POWERSHELL.',
  )
}

interface Child {
  readonly process: { readonly pid?: number; readonly exitCode: number | null; readonly signalCode: string | null }
  readonly exit: Promise<void>
}

// The library keeps its process and its exit promise to itself, and both must be handled: an unhandled rejection would end us.
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
