<#
.SYNOPSIS
The resident PowerShell of a session: reads requests line by line, runs each in a fresh runspace, answers in lines of its own.
.DESCRIPTION
Requests:  script HASH BASE64 | run ID MILLISECONDS HASH VALUE | cancel ID
Answers:   NONCE ID KIND BASE64, KIND one of ready, output, error, warning, verbose, data (the envelope, in pieces), end
A VALUE is one word or several: sBASE64 (text), n1.5, t, f, z (nothing), lCOUNT and so many values, oCOUNT and so many names and values.
Both ways ASCII. The nonce tells the answers from whatever else a program writes on the same stream.
When standard input ends, the loop ends: after one request in a process of its own, or with the session that held it.
.PARAMETER Nonce
What every line of ours begins with.
.PARAMETER ModuleText
Rollout.psm1, to be defined in every runspace.
.PARAMETER WorkerText
Job-Worker.ps1, for Start-HostJob to lay down.
.PARAMETER Reader
Reads standard input; a reader of its own, because what it has buffered belongs to us.
#>
param(
    [Parameter(Mandatory = $true)][string]$Nonce,
    [Parameter(Mandatory = $true)][string]$ModuleText,
    [Parameter(Mandatory = $true)][string]$WorkerText,
    [Parameter(Mandatory = $true)][System.IO.TextReader]$Reader
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
. ([ScriptBlock]::Create($ModuleText))

$out = [Console]::OpenStandardOutput()
$scripts = @{}

function Write-Frame {
    # Pieces of at most 16000 characters: 64 kB of base64, well under the line limit of the other side. A pair of surrogates stays whole.
    param([string]$Id, [string]$Kind, [string]$Text)
    $from = 0
    do {
        $length = [Math]::Min(16000, $Text.Length - $from)
        if ($from + $length -lt $Text.Length -and [char]::IsHighSurrogate($Text[$from + $length - 1])) { $length-- }
        $piece = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Text.Substring($from, $length)))
        $bytes = [Text.Encoding]::ASCII.GetBytes("$Nonce $Id $Kind $piece`n")
        $out.Write($bytes, 0, $bytes.Length)
        $from += $length
    } while ($from -lt $Text.Length)
    $out.Flush()
}

function Read-WireValue {
    # The value that begins at the word $At.Next. No cmdlet may be given any of it: where module logging is on, Windows logs that.
    param([string[]]$Words, [hashtable]$At)
    $word = $Words[$At.Next]
    $At.Next++
    $rest = $word.Substring(1)
    switch ($word[0]) {
        's' { return [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($rest)) }
        'n' {
            $number = [double]::Parse($rest, [Globalization.CultureInfo]::InvariantCulture)
            if ($rest -notmatch '^-?\d{1,18}$') { return $number }
            if ([Math]::Abs($number) -le [int]::MaxValue) { return [int]$number }
            return [long]::Parse($rest, [Globalization.CultureInfo]::InvariantCulture)
        }
        't' { return $true }
        'f' { return $false }
        'l' {
            $list = [Array]::CreateInstance([object], [int]$rest)
            for ($index = 0; $index -lt $list.Length; $index++) { $list[$index] = Read-WireValue $Words $At }
            return , $list
        }
        'o' {
            $table = @{}
            for ($left = [int]$rest; $left -gt 0; $left--) {
                $name = Read-WireValue $Words $At
                $table[$name] = Read-WireValue $Words $At
            }
            return $table
        }
    }
}

function Write-Streams {
    param([string]$Id, $PowerShell)
    $streams = $PowerShell.Streams
    foreach ($record in @($streams.Warning.ReadAll())) { Write-Frame $Id 'warning' ([string]$record.Message + "`n") }
    foreach ($record in @($streams.Verbose.ReadAll())) { Write-Frame $Id 'verbose' ([string]$record.Message + "`n") }
    foreach ($record in @($streams.Information.ReadAll())) { Write-Frame $Id 'output' ([string]$record.MessageData + "`n") }
    foreach ($record in @($streams.Error.ReadAll())) { Write-Frame $Id 'error' ([string]$record + "`n") }
}

function New-SessionState {
    # As this PowerShell itself was started, so that a script sees the commands that it would see without us.
    try {
        $own = [runspace]::DefaultRunspace.InitialSessionState
        if ($null -ne $own) { return $own.Clone() }
    }
    catch { Write-Verbose 'The session state of this PowerShell is not to be had; a default one serves.' }
    [initialsessionstate]::CreateDefault2()
}

function Complete-Script {
    # Ends a script that was asked to stop. A call into the system that does not come back cannot be ended: then this process must go.
    param([string]$Id, $PowerShell, [string]$Why)
    $stopping = $PowerShell.BeginStop($null, $null)
    if ($stopping.AsyncWaitHandle.WaitOne(3000)) { return }
    Write-Frame $Id 'end' "$Why stuck"
    [Environment]::Exit(7)
}

function Invoke-Request {
    # Runs one script to its end, its time limit or its cancellation, and answers. Gives back the next line that is being read.
    param([string]$Id, [int]$Limit, [string]$Script, [string[]]$Words, $Next)
    $ending = 'done'
    $runspace = [runspacefactory]::CreateRunspace((New-SessionState))
    $powershell = [powershell]::Create()
    try {
        $runspace.Open()
        $runspace.SessionStateProxy.SetVariable('RolloutTexts', @{ Module = $ModuleText; Worker = $WorkerText })
        $powershell.Runspace = $runspace
        [void]$powershell.AddScript($ModuleText, $false).AddStatement().AddScript($Script, $true).AddParameters((Read-WireValue $Words @{ Next = 4 }))
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $work = $powershell.BeginInvoke()
        while (-not $work.AsyncWaitHandle.WaitOne(25)) {
            Write-Streams $Id $powershell
            if ($null -ne $Next -and $Next.IsCompleted) {
                $line = $Next.Result
                if ($null -eq $line) { $Next = $null }
                else {
                    $Next = $Reader.ReadLineAsync()
                    if ($line -eq "cancel $Id") { $ending = 'cancelled' }
                }
            }
            if ($ending -eq 'done' -and $clock.ElapsedMilliseconds -ge $Limit) { $ending = 'timeout' }
            if ($ending -ne 'done') { Complete-Script $Id $powershell $ending; break }
        }
        $envelope = $null
        try {
            $answers = @($powershell.EndInvoke($work))
            Write-Streams $Id $powershell
            for ($index = 0; $index -lt $answers.Count - 1; $index++) { Write-Frame $Id 'output' ([string]$answers[$index] + "`n") }
            if ($answers.Count -gt 0) { $envelope = [string]$answers[$answers.Count - 1] }
            else { $envelope = '{"ok":false,"error":{"code":"bad-script","message":"The script ended without an answer.","detail":""}}' }
        }
        catch {
            $thrown = $_.Exception
            while ($null -ne $thrown.InnerException -and $thrown -is [System.Management.Automation.MethodInvocationException]) { $thrown = $thrown.InnerException }
            $envelope = ConvertTo-FailureEnvelope $thrown
        }
        if ($ending -eq 'done') { Write-Frame $Id 'data' $envelope }
    }
    catch { Write-Frame $Id 'data' (ConvertTo-FailureEnvelope $_.Exception $_.ScriptStackTrace) }
    finally { $powershell.Dispose(); $runspace.Dispose() }
    Write-Frame $Id 'end' $ending
    # The caller must not unroll a task.
    , $Next
}

$next = $Reader.ReadLineAsync()
Write-Frame '0' 'ready' (ConvertTo-WireJson ([ordered]@{ version = [string]$PSVersionTable.PSVersion; processId = $PID }))
while ($null -ne $next) {
    $line = $next.Result
    if ($null -eq $line) { break }
    $next = $Reader.ReadLineAsync()
    $words = $line.Split(' ')
    if ($words[0] -eq 'script') { $scripts[$words[1]] = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($words[2])) }
    if ($words[0] -eq 'run') {
        if (-not $scripts.ContainsKey($words[3])) { Write-Frame $words[1] 'end' 'unknown-script'; continue }
        $next = Invoke-Request $words[1] ([int]$words[2]) $scripts[$words[3]] $words $next
    }
}
