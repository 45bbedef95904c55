/** Chooses the PowerShell of this machine. */

/** The executable: ROLLOUT_POWERSHELL if it is set, else Windows PowerShell on Windows and pwsh elsewhere. */
export function findPowerShell(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  const named = environment['ROLLOUT_POWERSHELL']
  if (named !== undefined && named !== '') return named
  if (platform !== 'win32') return 'pwsh'
  // By its full path: a powershell.exe in the current folder or earlier on the PATH must not run instead.
  return `${environment['SystemRoot'] ?? 'C:\\Windows'}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`
}
