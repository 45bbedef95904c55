/** The local transport: this machine as a host, by its own PowerShell. */
import { open } from 'node:fs/promises'
import { partPathOf } from '../../../domain/base/host-path.ts'
import type { Session, Transport } from '../../engine/ports.ts'
import { ResidentPowerShell, type PowerShellMode } from '../powershell/resident-powershell.ts'
import type { Scripts } from '../powershell/scripts.ts'
import { folderOf } from '../shared/put-file.ts'
import { copyToPart } from './copy-file.ts'
import { fileTooLarge, fileUnreadable } from './failures.ts'
import { findPowerShell } from './find-powershell.ts'
import { startPowerShell } from './powershell-process.ts'
import { publishFile } from './publish-file.ts'

export interface LocalOptions {
  readonly executable?: string
  readonly mode?: PowerShellMode
  readonly scripts?: Scripts
}

/**
 * A transport to this machine. `open` throws FailureError `no-powershell` if there is none. It runs as the current
 * user; host and credential are not used.
 */
export function localTransport(options: LocalOptions = {}): Transport {
  return {
    async open(_host, _credential, signal) {
      const powershell = new ResidentPowerShell({
        open: () => startPowerShell(options.executable ?? findPowerShell()),
        ...(options.mode === undefined ? {} : { mode: options.mode }),
        ...(options.scripts === undefined ? {} : { scripts: options.scripts }),
      })
      try {
        await powershell.start(signal)
      } catch (error) {
        await powershell.close()
        throw error
      }
      return localSession(powershell)
    },
  }
}

function localSession(powershell: ResidentPowerShell): Session {
  return {
    run: (verb, params, options) => powershell.run(verb, params, options),
    async put(file, { signal, onProgress }) {
      const makeFolder = async () => {
        await powershell.run('New-WorkFolder', { Path: folderOf(file.remotePath) }, { signal })
      }
      await copyToPart(file, signal, makeFolder, onProgress ?? (() => undefined))
      await publishFile(powershell, { partPath: partPathOf(file), path: file.remotePath, sha256: file.sha256 }, signal)
    },
    async get(path, { maxBytes }) {
      const handle = await open(path, 'r').catch((error: unknown) => {
        throw fileUnreadable(path, error)
      })
      try {
        const { size } = await handle.stat()
        if (size > maxBytes) throw fileTooLarge(path, size, maxBytes)
        return new Uint8Array(await handle.readFile())
      } finally {
        await handle.close()
      }
    },
    close: () => powershell.close(),
  }
}
