<#
.SYNOPSIS
Runs the program of a job, away from any session: journals its lines as they come, keeps its time limit, leaves a result.
.DESCRIPTION
Files of the folder: worker.json (who runs it), journal.jsonl (JSON lines, UTF-8, no byte order mark), result.json (there whole or not
at all; once it is there the job has ended). Whatever goes wrong ends in the result, never in silence.
.PARAMETER Folder
The folder of the job.
.PARAMETER PipeName
The pipe by which program, command line and environment arrive.
#>
param(
    [Parameter(Mandatory = $true)][string]$Folder,
    [Parameter(Mandatory = $true)][string]$PipeName
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
. ([ScriptBlock]::Create([IO.File]::ReadAllText([IO.Path]::Combine($Folder, 'Rollout.psm1'))))

$plainBytes = [Text.Encoding]::GetEncoding(28591)
$strictUtf8 = New-Object Text.UTF8Encoding -ArgumentList $false, $true
$journal = New-Object IO.FileStream -ArgumentList ([IO.Path]::Combine($Folder, 'journal.jsonl')), ([IO.FileMode]::CreateNew), ([IO.FileAccess]::Write), ([IO.FileShare]::ReadWrite), 1
# Why lines are missing from the journal: ever, and since the last line in it.
$missing = @{ Ever = $null; Now = $null }

function Write-Journal {
    # Lines into the journal, each whole or not at all. What the disk does not take is lost, and the program goes on.
    param([string]$Lines)
    if ($null -ne $missing.Now) { $Lines = (ConvertTo-JournalLine 'error' "Lines are missing here: $($missing.Now)") + $Lines }
    $bytes = [Text.Encoding]::UTF8.GetBytes($Lines)
    $at = $journal.Position
    try {
        $journal.Write($bytes, 0, $bytes.Length)
        $journal.Flush()
        $missing.Now = $null
    }
    catch {
        $missing.Now = Get-RootMessage $_.Exception
        $missing.Ever = $missing.Now
        try {
            # Whole lines stay: somebody may have read them already, and would go on in the middle of a later line.
            $taken = [Math]::Min($bytes.Length, [Math]::Max(0, $journal.Length - $at))
            while ($taken -gt 0 -and $bytes[$taken - 1] -ne 10) { $taken-- }
            $journal.SetLength($at + $taken)
            [void]$journal.Seek($at + $taken, [IO.SeekOrigin]::Begin)
        }
        catch { Write-Verbose $_.Exception.Message }
    }
}

function Receive-Work {
    $pipe = New-Object System.IO.Pipes.NamedPipeClientStream -ArgumentList '.', $PipeName, 'In'
    try {
        $pipe.Connect(60000)
        $reader = New-Object IO.StreamReader -ArgumentList $pipe
        $values = New-Object System.Collections.ArrayList
        while ($null -ne ($line = $reader.ReadLine())) { [void]$values.Add([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line))) }
        if ($values.Count -lt 4 -or $values.Count % 2 -ne 0) { Stop-WithCode 'no-work' 'The job did not receive all of its arguments.' }
        , $values
    }
    finally { $pipe.Dispose() }
}

function ConvertFrom-ProgramText {
    # Programs write UTF-8, or the code page of the console; each line is read as what it can be. Nulls are what UTF-16 leaves.
    param([string]$Text)
    $line = $Text.TrimEnd([char]13).Replace([string][char]0, '')
    if ($line -cnotmatch '[^\x00-\x7f]') { return $line }
    $bytes = $plainBytes.GetBytes($line)
    try { $strictUtf8.GetString($bytes) }
    catch {
        try { [Text.Encoding]::GetEncoding((Get-ConsolePage)).GetString($bytes) }
        catch { $line }
    }
}

function New-Source {
    param($Reader, [string]$Kind)
    $buffer = New-Object char[] 32768
    @{ Reader = $Reader; Kind = $Kind; Buffer = $buffer; Pending = $Reader.ReadAsync($buffer, 0, $buffer.Length); Rest = ''; Open = $true }
}

function Read-Source {
    # What a stream has given by now, into the journal. A line longer than 16384 is cut, so that one program cannot fill the memory.
    param([hashtable]$Source)
    if (-not $Source.Open -or -not $Source.Pending.IsCompleted) { return }
    $count = $Source.Pending.Result
    $lines = New-Object Text.StringBuilder
    $text = $Source.Rest + (New-Object string -ArgumentList $Source.Buffer, 0, $count)
    $from = 0
    while (($to = $text.IndexOf([char]10, $from)) -ge 0) {
        [void]$lines.Append((ConvertTo-JournalLine $Source.Kind (ConvertFrom-ProgramText $text.Substring($from, $to - $from))))
        $from = $to + 1
    }
    $Source.Rest = $text.Substring($from)
    if ($count -eq 0) { $Source.Open = $false }
    if ($Source.Rest.Length -gt 16384 -or ($count -eq 0 -and $Source.Rest -ne '')) {
        [void]$lines.Append((ConvertTo-JournalLine $Source.Kind (ConvertFrom-ProgramText $Source.Rest)))
        $Source.Rest = ''
    }
    if ($lines.Length -gt 0) { Write-Journal $lines.ToString() }
    if ($Source.Open) { $Source.Pending = $Source.Reader.ReadAsync($Source.Buffer, 0, $Source.Buffer.Length) }
}

function Get-LogTail {
    # The last lines of an msiexec log (UTF-16, or the code page of the host), at most 32 kB of it.
    param([string]$Path)
    if (-not [IO.File]::Exists($Path)) { return }
    $stream = New-Object IO.FileStream -ArgumentList $Path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::ReadWrite)
    try {
        $wide = $stream.ReadByte() -eq 255 -and $stream.ReadByte() -eq 254
        $length = [int][Math]::Min(32768, $stream.Length - $stream.Length % 2)
        [void]$stream.Seek($stream.Length - $stream.Length % 2 - $length, [IO.SeekOrigin]::Begin)
        $bytes = New-Object byte[] $length
        $length = $stream.Read($bytes, 0, $length)
        $text = if ($wide) { [Text.Encoding]::Unicode.GetString($bytes, 0, $length) } else { $plainBytes.GetString($bytes, 0, $length) }
        @($text.Split([char]10) | ForEach-Object { $_.Trim() } | Where-Object { $_ }) | Select-Object -Last 40
    }
    finally { $stream.Dispose() }
}

function Start-Program {
    param($Work)
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = $Work[0]
    $start.Arguments = $Work[1]
    $start.WorkingDirectory = [IO.Path]::GetDirectoryName($Work[0])
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    # One character a byte: what the bytes mean is settled line by line.
    $start.StandardOutputEncoding = $plainBytes
    $start.StandardErrorEncoding = $plainBytes
    for ($index = 4; $index -lt $Work.Count; $index += 2) { $start.EnvironmentVariables[$Work[$index]] = $Work[$index + 1] }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Dispose()
    $process
}

function Wait-Program {
    # Follows the program to its end; true where the time limit ended it. Something it left running may hold its streams: five seconds, no more.
    param([Diagnostics.Process]$Process, [int]$Limit)
    $sources = @((New-Source $Process.StandardOutput 'output'), (New-Source $Process.StandardError 'error'))
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $ended = $null
    $late = $false
    while (@($sources | Where-Object { $_.Open }).Count -gt 0 -or -not $Process.HasExited) {
        $open = @($sources | Where-Object { $_.Open })
        if (@($open | Where-Object { $_.Pending.IsCompleted }).Count -gt 0) { foreach ($source in $open) { Read-Source $source } }
        elseif ($open.Count -gt 0) { [void]$open[0].Pending.Wait(50) }
        else { [void]$Process.WaitForExit(50) }
        if ($null -eq $ended -and $Process.HasExited) { $ended = $clock.ElapsedMilliseconds }
        if ($null -ne $ended -and $clock.ElapsedMilliseconds - $ended -gt 5000) { break }
        if (-not $late -and $null -eq $ended -and $clock.Elapsed.TotalSeconds -ge $Limit) {
            $late = $true
            Write-Journal (ConvertTo-JournalLine 'error' "The time limit of $Limit seconds is over; the program and all it started are ended.")
            Stop-ProcessTree $Process
        }
    }
    $late
}

function Wait-End {
    # Waits for a program whose output cannot be followed any more; true where the time limit ended it. Its streams are emptied, or it would
    # stop at full pipes.
    param([Diagnostics.Process]$Process, [int]$Left)
    foreach ($reader in $Process.StandardOutput, $Process.StandardError) {
        try { [void]$reader.BaseStream.CopyToAsync([IO.Stream]::Null) }
        catch { Write-Verbose $_.Exception.Message }
    }
    if ($Process.WaitForExit([Math]::Max(1, $Left))) { return $false }
    Stop-ProcessTree $Process
    $true
}

$result = [ordered]@{ exitCode = $null; error = $null; journalLost = $null; at = $null }
try {
    $self = [Diagnostics.Process]::GetCurrentProcess()
    Write-TextFile ([IO.Path]::Combine($Folder, 'worker.json')) (ConvertTo-WireJson ([ordered]@{ processId = $PID; startTicks = $self.StartTime.ToUniversalTime().Ticks }))
    $work = Receive-Work
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $program = Start-Program $work
    try {
        Write-Journal (ConvertTo-JournalLine 'started' "$($work[0]) $($work[1]) (process $($program.Id))")
        $late = Wait-Program $program ([int]$work[2])
    }
    catch {
        $missing.Ever = Get-RootMessage $_.Exception
        $late = Wait-End $program ([int]$work[2] * 1000 - $clock.ElapsedMilliseconds)
    }
    if ($late) { $result.error = "The time limit of $($work[2]) seconds was over before the program ended; it was ended." }
    else {
        $result.exitCode = $program.ExitCode
        if ($work[3] -ne '' -and $result.exitCode -notin 0, 1641, 3010) {
            try { foreach ($line in @(Get-LogTail $work[3])) { Write-Journal (ConvertTo-JournalLine 'error' $line) } }
            catch { $missing.Ever = Get-RootMessage $_.Exception }
        }
    }
}
catch { $result.error = Get-RootMessage $_.Exception }
try {
    if ($null -eq $result.error) { Write-Journal (ConvertTo-JournalLine 'ended' "Exit code $($result.exitCode).") }
    else { Write-Journal (ConvertTo-JournalLine 'ended' $result.error) }
    $journal.Dispose()
}
catch { $missing.Ever = Get-RootMessage $_.Exception }
$result.journalLost = $missing.Ever
$result.at = ConvertTo-UtcText ([DateTime]::UtcNow)
Write-JobResult $Folder $result
