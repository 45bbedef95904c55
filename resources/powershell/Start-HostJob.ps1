<#
.SYNOPSIS
Starts a program as a job that outlives this session. A ticket is started once: a second call only says that it was.
.DESCRIPTION
The folder FOLDER/TICKET is prepared under another name and then moved to its own. A move cannot land on a folder that is
there, so of two calls one starts the job and the other is told; and whoever sees the folder sees it whole.
What the program is given reaches the worker by a pipe that only this user may open, with a name made for this one use: values of
the environment are in no command line and in no file.
.PARAMETER Folder
Where jobs have their folders. Made if it is not there.
.PARAMETER Ticket
The job's name, chosen by the caller.
.PARAMETER File
Full path of the program; an .msi file is installed by msiexec with /qn /norestart and a log.
.PARAMETER Arguments
The program's arguments. They are recorded: no secrets here.
.PARAMETER Environment
Values added to the program's environment; secrets belong here.
.PARAMETER TimeoutSeconds
After so long the program and all it started are ended.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Folder,
    [Parameter(Mandatory = $true)][ValidatePattern('^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$')][string]$Ticket,
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$File,
    [Parameter(Mandatory = $true)][AllowEmptyCollection()][AllowEmptyString()][string[]]$Arguments,
    [Parameter(Mandatory = $true)][hashtable]$Environment,
    [Parameter(Mandatory = $true)][ValidateRange(1, 864000)][int]$TimeoutSeconds
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Get-Program {
    # The program to start and its command line: the file itself, or msiexec for a package.
    param([string]$JobFolder)
    $extension = [IO.Path]::GetExtension($File).ToLowerInvariant()
    if ($extension -in '.cmd', '.bat') {
        Stop-WithCode 'batch-file' "$File is a batch file. Its arguments follow the rules of cmd.exe, so Rollout does not start it." 'Name cmd.exe as the program, with /d /c and the file as arguments.'
    }
    if ($extension -ne '.msi') { return @{ File = $File; Line = (@($Arguments | ForEach-Object { ConvertTo-NativeArgument $_ }) -join ' '); Log = '' } }
    $log = [IO.Path]::Combine($JobFolder, 'msi.log')
    $words = @('/i', (ConvertTo-NativeArgument $File), '/qn', '/norestart') + @($Arguments | ForEach-Object { ConvertTo-MsiArgument $_ }) + @('/l*v', (ConvertTo-NativeArgument $log))
    @{ File = [IO.Path]::Combine([Environment]::SystemDirectory, 'msiexec.exe'); Line = ($words -join ' '); Log = $log }
}

function New-Pipe {
    # Two ways to say the same, because Windows PowerShell and PowerShell 7 share none: only this user may open the pipe.
    param([string]$Name)
    if ($PSVersionTable.PSEdition -eq 'Core') {
        return New-Object System.IO.Pipes.NamedPipeServerStream -ArgumentList $Name, 'Out', 1, 'Byte', 'Asynchronous, CurrentUserOnly'
    }
    $security = New-Object System.IO.Pipes.PipeSecurity
    $me = [Security.Principal.WindowsIdentity]::GetCurrent().User
    $security.AddAccessRule((New-Object System.IO.Pipes.PipeAccessRule -ArgumentList $me, 'FullControl', 'Allow'))
    New-Object System.IO.Pipes.NamedPipeServerStream -ArgumentList $Name, 'Out', 1, 'Byte', 'Asynchronous', 0, 0, $security
}

function Start-Worker {
    # Windows: by CIM, because what OpenSSH or WinRM started ends with its session. Elsewhere: in a session of its own, off our streams.
    param([string]$JobFolder, [string]$PipeName)
    $encode = { param($Text) [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Text)) }
    $text = "`$d=[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('$(& $encode $JobFolder)'));" +
        "& ([ScriptBlock]::Create([IO.File]::ReadAllText([IO.Path]::Combine(`$d,'Job-Worker.ps1')))) -Folder `$d -PipeName '$PipeName'"
    $options = @('-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text)))
    $powershell = Get-ThisPowerShell
    if (Test-Windows) {
        $line = (ConvertTo-NativeArgument $powershell) + ' -WindowStyle Hidden ' + ($options -join ' ')
        # Not in the job's folder: a folder that a process works in cannot be removed.
        $made = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = $line }
        if ($made.ReturnValue -ne 0) { Stop-WithCode 'worker-not-started' "Windows did not start the job: Win32_Process.Create answered $($made.ReturnValue)." $powershell }
        return
    }
    $start = New-Object Diagnostics.ProcessStartInfo -ArgumentList '/bin/sh'
    $start.UseShellExecute = $false
    $detach = 'if command -v setsid >/dev/null; then set -- setsid "$@"; else set -- nohup "$@"; fi; "$@" </dev/null >/dev/null 2>&1 &'
    $start.Arguments = @(@('-c', $detach, 'sh', $powershell) + $options | ForEach-Object { ConvertTo-NativeArgument $_ }) -join ' '
    $start.WorkingDirectory = '/'
    $shell = [Diagnostics.Process]::Start($start)
    $shell.WaitForExit()
}

function Send-Work {
    # One base64 line each: program, command line, time limit, log; then name and value by turns.
    param($Pipe, $Program)
    $waiting = $Pipe.BeginWaitForConnection($null, $null)
    if (-not $waiting.AsyncWaitHandle.WaitOne(60000)) { Stop-WithCode 'worker-not-started' 'The job did not begin within 60 seconds.' 'The worker did not open its pipe.' }
    $Pipe.EndWaitForConnection($waiting)
    $values = New-Object System.Collections.ArrayList
    $values.AddRange(@($Program.File, $Program.Line, [string]$TimeoutSeconds, $Program.Log))
    # Not by $Environment.Keys: a variable may have that name.
    foreach ($entry in $Environment.GetEnumerator()) { [void]$values.Add([string]$entry.Key); [void]$values.Add([string]$entry.Value) }
    foreach ($value in $values) {
        $bytes = [Text.Encoding]::ASCII.GetBytes([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($value)) + "`n")
        $Pipe.Write($bytes, 0, $bytes.Length)
    }
    $Pipe.Flush()
}

Write-Envelope {
    $jobFolder = [IO.Path]::Combine([IO.Path]::GetFullPath($Folder), $Ticket)
    if ([IO.Directory]::Exists($jobFolder)) { return [ordered]@{ started = $false; alreadyStarted = $true } }
    if (-not [IO.Path]::IsPathRooted($File) -or -not [IO.File]::Exists($File)) { Stop-WithCode 'no-program' "There is no program $File on this host." }
    $program = Get-Program $jobFolder
    $preparing = [IO.Path]::Combine([IO.Path]::GetFullPath($Folder), ".$Ticket.$([Guid]::NewGuid().ToString('N'))")
    [void][IO.Directory]::CreateDirectory($preparing)
    $job = [ordered]@{ ticket = $Ticket; program = $program.File; commandLine = $program.Line; timeoutSeconds = $TimeoutSeconds; bootId = Get-StartId; at = ConvertTo-UtcText ([DateTime]::UtcNow) }
    try {
        New-ResultRoom $preparing
        Write-TextFile ([IO.Path]::Combine($preparing, 'job.json')) (ConvertTo-WireJson $job)
        Write-TextFile ([IO.Path]::Combine($preparing, 'Rollout.psm1')) $RolloutTexts.Module
        Write-TextFile ([IO.Path]::Combine($preparing, 'Job-Worker.ps1')) $RolloutTexts.Worker
        [IO.Directory]::Move($preparing, $jobFolder)
    }
    catch {
        [IO.Directory]::Delete($preparing, $true)
        if ([IO.Directory]::Exists($jobFolder)) { return [ordered]@{ started = $false; alreadyStarted = $true } }
        throw
    }
    $pipeName = 'exekra-rollout-' + [Guid]::NewGuid().ToString('N')
    $pipe = New-Pipe $pipeName
    try {
        try { Start-Worker $jobFolder $pipeName }
        catch {
            # It certainly did not start: the ticket is used up, and says so to whoever reads it.
            $why = 'The worker could not be started: ' + $_.Exception.Message
            Write-JobResult $jobFolder ([ordered]@{ exitCode = $null; error = $why; journalLost = $null; at = ConvertTo-UtcText ([DateTime]::UtcNow) })
            throw
        }
        Send-Work $pipe $program
    }
    finally { $pipe.Dispose() }
    [ordered]@{ started = $true; alreadyStarted = $false }
}
