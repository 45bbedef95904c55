/** Writes a path of a host as SFTP expects it. */

/** `C:\x\y` as SFTP of Windows' OpenSSH takes it: `/C:/x/y`. POSIX paths stay as they are. */
export function sftpPath(hostPath: string): string {
  if (!/^[A-Za-z]:[\\/]/.test(hostPath)) return hostPath
  return `/${hostPath.replaceAll('\\', '/')}`
}
