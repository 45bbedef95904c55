<#
.SYNOPSIS
How a job stands, and its journal from an offset on, in whole lines.
.PARAMETER Folder
Where jobs have their folders.
.PARAMETER Ticket
The job's name.
.PARAMETER Offset
The byte of the journal to read from; what the last call answered as offset.
.PARAMETER MaxBytes
How much to read at most; a single line that is longer is given whole.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Folder,
    [Parameter(Mandatory = $true)][ValidatePattern('^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$')][string]$Ticket,
    [Parameter(Mandatory = $true)][ValidateRange(0, 9007199254740991)][long]$Offset,
    [Parameter(Mandatory = $true)][ValidateRange(1, 16777216)][int]$MaxBytes
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Read-Record {
    # A JSON file of the job's folder, or nothing where there is none.
    param([string]$Path)
    if ([IO.File]::Exists($Path)) { ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($Path)) }
}

function Get-JobState {
    # A job without a result is lost when its host started anew, when its worker is gone, or when no worker came within two minutes.
    param([string]$JobFolder, $Job)
    $result = [IO.Path]::Combine($JobFolder, 'result.json')
    if ([IO.File]::Exists($result)) { return 'ended' }
    $standing = 'lost'
    if ($Job.bootId -eq (Get-StartId)) {
        $worker = Read-Record ([IO.Path]::Combine($JobFolder, 'worker.json'))
        if ($null -eq $worker) {
            $age = [DateTime]::UtcNow - [IO.File]::GetLastWriteTimeUtc([IO.Path]::Combine($JobFolder, 'job.json'))
            if ($age.TotalSeconds -lt 120) { $standing = 'starting' }
        }
        elseif (Test-ProcessAlive $worker.processId $worker.startTicks) { $standing = 'running' }
    }
    # The result may have been written while we looked elsewhere.
    if ($standing -eq 'lost' -and [IO.File]::Exists($result)) { return 'ended' }
    $standing
}

function Read-Journal {
    # The bytes from the offset to the last end of a line within reach.
    param([string]$Path)
    if (-not [IO.File]::Exists($Path)) { return , (New-Object byte[] 0) }
    $stream = New-Object IO.FileStream -ArgumentList $Path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::ReadWrite)
    try {
        $left = $stream.Length - $Offset
        if ($left -le 0) { return , (New-Object byte[] 0) }
        $size = [Math]::Min($left, $MaxBytes)
        while ($true) {
            $bytes = New-Object byte[] $size
            [void]$stream.Seek($Offset, [IO.SeekOrigin]::Begin)
            $count = 0
            while ($count -lt $size) {
                $read = $stream.Read($bytes, $count, $size - $count)
                if ($read -eq 0) { break }
                $count += $read
            }
            $end = if ($count -gt 0) { [Array]::LastIndexOf($bytes, [byte]10, $count - 1) } else { -1 }
            if ($end -ge 0) {
                $whole = New-Object byte[] ($end + 1)
                [Array]::Copy($bytes, $whole, $end + 1)
                return , $whole
            }
            if ($size -ge $left) { return , (New-Object byte[] 0) }
            $size = [Math]::Min($left, $size * 2)
        }
    }
    finally { $stream.Dispose() }
}

Write-Envelope {
    $jobFolder = [IO.Path]::Combine($Folder, $Ticket)
    $job = Read-Record ([IO.Path]::Combine($jobFolder, 'job.json'))
    if ($null -eq $job) { return [ordered]@{ state = 'absent'; journal = ''; offset = $Offset; exitCode = $null; error = $null; journalLost = $null; bootId = $null } }
    # The state first: when it says ended, the journal that is read after it is complete.
    $state = Get-JobState $jobFolder $job
    $bytes = Read-Journal ([IO.Path]::Combine($jobFolder, 'journal.jsonl'))
    $result = if ($state -eq 'ended') { Read-Record ([IO.Path]::Combine($jobFolder, 'result.json')) } else { $null }
    [ordered]@{
        state = $state
        journal = [Convert]::ToBase64String($bytes)
        offset = $Offset + $bytes.Length
        exitCode = $(if ($null -ne $result) { $result.exitCode } else { $null })
        error = $(if ($null -ne $result -and $null -ne $result.error) { [string]$result.error } else { $null })
        # A job that an earlier version started does not say this.
        journalLost = $(if ($null -ne $result -and $null -ne $result.PSObject.Properties['journalLost'] -and $null -ne $result.journalLost) { [string]$result.journalLost } else { $null })
        bootId = [string]$job.bootId
    }
}
