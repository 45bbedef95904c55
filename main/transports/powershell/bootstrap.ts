/** The bootstrap: the fixed text that starts PowerShell. Everything else arrives by standard input. */

/** What the bootstrap prints first: it is there and reads. */
export const helloLine = 'exekra-rollout-hello'
/** What the bootstrap prints, followed by one word, when this PowerShell cannot serve. */
export const refusedPrefix = 'exekra-rollout-refused'

// One line, ASCII, no double quotes: it must survive as a line of `-Command -` as well as inside -EncodedCommand. It
// must not name $input (PowerShell would then read standard input itself), and it reads with a reader of its own,
// because Console.In answers ReadLineAsync only when the line is there. The line it reads: nonce, module, worker,
// resident; the last three in base64.
const statements = [
  `$ErrorActionPreference='Stop'`,
  `$ProgressPreference='SilentlyContinue'`,
  `if($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage'){Write-Output '${refusedPrefix} language-mode';exit 9}`,
  `if($PSVersionTable.PSVersion -lt [version]'5.1'){Write-Output '${refusedPrefix} version';exit 9}`,
  `$o=[Console]::OpenStandardOutput()`,
  `$b=[Text.Encoding]::ASCII.GetBytes('${helloLine}'+[char]10)`,
  `$o.Write($b,0,$b.Length)`,
  `$o.Flush()`,
  `$r=New-Object IO.StreamReader([Console]::OpenStandardInput(),[Text.Encoding]::ASCII,$false,65536)`,
  `$l=$r.ReadLine()`,
  `if($null -eq $l){exit 8}`,
  `$p=$l.Split(' ')`,
  `$d={param($t)[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($t))}`,
  `& ([ScriptBlock]::Create((& $d $p[3]))) -Nonce $p[0] -ModuleText (& $d $p[1]) -WorkerText (& $d $p[2]) -Reader $r`,
  `exit 0`,
]

/**
 * The bootstrap as one line of PowerShell, for a PowerShell that takes its commands from standard input (`-Command -`).
 */
export const bootstrapLine = statements.join(';')

/**
 * Arguments of powershell.exe or pwsh that run the bootstrap: only letters, digits, dashes, +, / and =, so every shell
 * passes them unchanged.
 */
export const bootstrapArguments: readonly string[] = [
  '-NoLogo',
  '-NoProfile',
  '-NonInteractive',
  '-ExecutionPolicy',
  'Bypass',
  '-OutputFormat',
  'Text',
  '-EncodedCommand',
  Buffer.from(bootstrapLine, 'utf16le').toString('base64'),
]

/**
 * The command line for a remote shell, for example `powershell.exe -NoLogo ... -EncodedCommand ...`; under the 8191
 * characters of cmd.exe.
 */
export function bootstrapCommand(executable = 'powershell.exe'): string {
  return [executable, ...bootstrapArguments].join(' ')
}
