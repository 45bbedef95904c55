/** Installers for sites where a PowerShell runs: a few lines that count starts, leave a mark, and end as told. */
import type { Ending } from './site-under-steps.ts'

export interface ScriptWanted {
  readonly name: string
  /** Full paths on the host: what the product is seen by, the count of starts, what tells it to go on, the folder of both, the folder of jobs. */
  readonly mark: string
  readonly starts: string
  readonly goOn: string
  readonly folder: string
  readonly jobs: string
  readonly ending: Ending
  readonly exitCode: number
}

/** The script. Windows PowerShell takes a file without a byte order mark for ANSI. */
export function scriptOf({ name, mark, starts, goOn, folder, jobs, ending, exitCode }: ScriptWanted): string {
  const lines = [
    `[void][IO.Directory]::CreateDirectory(${quoted(folder)})`,
    `[IO.File]::AppendAllText(${quoted(starts)}, "started" + [char]10)`,
    `[Console]::Out.WriteLine(${quoted(`Setting up ${name}`)})`,
    ...endingOf(ending, { name, mark, goOn, jobs }),
    `exit ${exitCode}`,
  ]
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function endingOf(
  ending: Ending,
  { name, mark, goOn, jobs }: Pick<ScriptWanted, 'name' | 'mark' | 'goOn' | 'jobs'>,
): string[] {
  switch (ending) {
    case 'done when told':
      return [
        `while (-not [IO.File]::Exists(${quoted(goOn)})) { Start-Sleep -Milliseconds 50 }`,
        `[IO.File]::WriteAllText(${quoted(mark)}, 'installed')`,
      ]
    case 'talkative':
      return [
        `for ($i = 0; $i -lt 2000; $i++) { [Console]::Out.WriteLine('x' * 1000) }`,
        `[IO.File]::WriteAllText(${quoted(mark)}, 'installed')`,
      ]
    case 'done':
    case 'restart':
    case 'restarts itself':
      return [`[IO.File]::WriteAllText(${quoted(mark)}, 'installed')`]
    case 'another at work':
      return []
    case 'fatal':
      return [`[Console]::Error.WriteLine('Action ended: Return value 3.')`]
    case 'lost':
      return [
        `foreach ($job in [IO.Directory]::GetDirectories(${quoted(jobs)})) {`,
        `  $description = [IO.Path]::Combine($job, 'job.json')`,
        `  if (-not [IO.File]::Exists($description) -or -not [IO.File]::ReadAllText($description).Contains(${quoted(`${name}.ps1`)})) { continue }`,
        `  $worker = [regex]::Match([IO.File]::ReadAllText([IO.Path]::Combine($job, 'worker.json')), '"processId":\\s*(\\d+)').Groups[1].Value`,
        `  [Diagnostics.Process]::GetProcessById([int]$worker).Kill()`,
        `}`,
      ]
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
