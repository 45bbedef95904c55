/** Owns how a path of a host is written for SFTP. */

/** `C:\x\y` as SFTP of Windows' OpenSSH takes it: `/C:/x/y`. POSIX paths stay as they are. */
export function sftpPath(hostPath: string): string {
  if (!/^[A-Za-z]:[\\/]/.test(hostPath)) return hostPath
  return `/${hostPath.replaceAll('\\', '/')}`
}

/** The folder of a path of a host, in the host's own spelling. */
export function folderOf(hostPath: string): string {
  const cut = Math.max(hostPath.lastIndexOf('\\'), hostPath.lastIndexOf('/'))
  const folder = hostPath.slice(0, cut)
  return /^[A-Za-z]:$/.test(folder) || folder === '' ? hostPath.slice(0, cut + 1) : folder
}
