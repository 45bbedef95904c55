/** The few SFTP calls we need, as promises that end when the link does. */
import type { SFTPWrapper } from 'ssh2'
import { fileAccessDenied, fileFailed } from './failures.ts'
import type { Link } from './link.ts'
import { called } from '../shared/race.ts'
import { sftpPath } from './remote-path.ts'

/** An open file on a host. */
export interface RemoteFile {
  /** Its size in bytes now. */
  size(): Promise<number>
  write(bytes: Buffer, position: number): Promise<void>
  /** Reads at most `buffer.length` bytes; 0 at the end of the file. */
  read(buffer: Buffer, position: number): Promise<number>
  truncate(size: number): Promise<void>
  /** Closes the file. Never throws: every write has been confirmed by then. */
  close(): Promise<void>
}

export interface Sftp {
  /**
   * Opens a file: `read`; `go-on` (must exist); `create` (emptied if it exists). Paths are the host's own.
   * Undefined if the file or its folder does not exist.
   */
  open(hostPath: string, mode: 'read' | 'go-on' | 'create', signal: AbortSignal): Promise<RemoteFile | undefined>
  /** Removes a file; does nothing if it does not exist. */
  remove(hostPath: string, signal: AbortSignal): Promise<void>
  end(): void
}

const flags = { read: 'r', 'go-on': 'r+', create: 'w' } as const

/** SFTP over a link, in one channel. */
export async function openSftp(link: Link, signal: AbortSignal): Promise<Sftp> {
  const wrapper = await link.sftp(signal)
  // An error without a listener would end the process; each call reports its own error.
  wrapper.on('error', () => undefined)
  return {
    async open(hostPath, mode, stop) {
      const path = sftpPath(hostPath)
      try {
        const handle = await link.during(() => called<Buffer>((done) => wrapper.open(path, flags[mode], done)), stop)
        return fileOf(link, wrapper, handle, hostPath, stop)
      } catch (error) {
        if (statusOf(error) === noSuchFile) return undefined
        throw refused(link, hostPath, error)
      }
    },
    async remove(hostPath, stop) {
      try {
        await link.during(
          () => called<undefined>((done) => wrapper.unlink(sftpPath(hostPath), (error) => done(error, undefined))),
          stop,
        )
      } catch (error) {
        if (statusOf(error) !== noSuchFile) throw refused(link, hostPath, error)
      }
    },
    end: () => wrapper.end(),
  }
}

function fileOf(link: Link, wrapper: SFTPWrapper, handle: Buffer, hostPath: string, signal: AbortSignal): RemoteFile {
  const ask = async <T>(start: Parameters<typeof called<T>>[0]): Promise<T> => {
    try {
      return await link.during(() => called(start), signal)
    } catch (error) {
      throw refused(link, hostPath, error)
    }
  }
  return {
    size: async () => (await ask<{ size: number }>((done) => wrapper.fstat(handle, done))).size,
    write: (bytes, position) =>
      ask<void>((done) => wrapper.write(handle, bytes, 0, bytes.length, position, (error) => done(error, undefined))),
    async read(buffer, position) {
      return ask<number>((done) => {
        wrapper.read(handle, buffer, 0, buffer.length, position, (error, count) => {
          if (statusOf(error) === endOfFile) done(undefined, 0)
          else done(error, count)
        })
      })
    },
    truncate: (size) => ask<void>((done) => wrapper.fsetstat(handle, { size }, (error) => done(error, undefined))),
    async close() {
      await link
        .during(() => called<undefined>((done) => wrapper.close(handle, (error) => done(error, undefined))))
        .catch(() => undefined)
    },
  }
}

// Status codes of SFTP version 3 (draft-ietf-secsh-filexfer-02, section 7).
const endOfFile = 1
const noSuchFile = 2
const permissionDenied = 3

function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
    ? error.code
    : undefined
}

// SFTP version 3 has one code for everything else, a full disk among it.
function refused(link: Link, hostPath: string, error: unknown): unknown {
  const status = statusOf(error)
  if (status === undefined) return error
  if (status === permissionDenied) return fileAccessDenied(link.peer, hostPath, error)
  return fileFailed(link.peer, hostPath, error)
}
