BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    $shell = if ($IsWindows) { "$env:SystemRoot\System32\cmd.exe" } else { '/bin/sh' }
    # The script has them of its own; a mock needs a command of that name beforehand.
    function Start-Worker { param([string]$JobFolder, [string]$PipeName) }
    function Send-Work { param($Pipe, $Program) }

    function Get-JobFile { param([string]$Name) [IO.File]::ReadAllText([IO.Path]::Combine($folder, 'ticket', $Name)) }
}

Describe 'Start-HostJob' {
    BeforeAll {
        Mock Start-Worker { }
        Mock Send-Work { $state.Program = $Program }
        Mock Get-StartId { 'this start' }
    }
    BeforeEach {
        $state = @{ Program = $null }
        $folder = [IO.Path]::Combine($TestDrive, [Guid]::NewGuid().ToString('N'), 'jobs')
        $asked = @{ Folder = $folder; Ticket = 'ticket'; File = $shell; Arguments = @('/c', 'two words', ''); Environment = @{ SECRET = 'canary' }; TimeoutSeconds = 60 }
    }

    It 'starts a program and lays down all that its worker needs' {
        Get-AnswerText 'Start-HostJob' $asked | Should -BeExactly '{"started":true,"alreadyStarted":false}'
        Should -Invoke Start-Worker -Exactly 1 -ParameterFilter { $JobFolder -eq [IO.Path]::Combine($folder, 'ticket') -and $PipeName -match '^exekra-rollout-[0-9a-f]{32}$' }
        $state.Program.File, $state.Program.Line, $state.Program.Log | Should -BeExactly $shell, '/c "two words" ""', ''
        $job = ConvertFrom-Json (Get-JobFile 'job.json')
        $job.ticket, $job.program, $job.commandLine, $job.timeoutSeconds, $job.bootId | Should -Be 'ticket', $shell, '/c "two words" ""', 60, 'this start'
        Get-JobFile 'Rollout.psm1' | Should -BeExactly $RolloutTexts.Module
        Get-JobFile 'Job-Worker.ps1' | Should -BeExactly $RolloutTexts.Worker
        (Get-JobFile 'result.room').Length | Should -Be 16384
        @([IO.Directory]::GetFileSystemEntries($folder)).Count | Should -Be 1
    }

    It 'leaves no value of the environment in any file' {
        [void](Get-Answer 'Start-HostJob' $asked)
        foreach ($file in [IO.Directory]::GetFiles([IO.Path]::Combine($folder, 'ticket'))) { [IO.File]::ReadAllText($file) | Should -Not -Match 'canary' }
    }

    It 'starts a ticket once' {
        [void](Get-Answer 'Start-HostJob' $asked)
        Get-AnswerText 'Start-HostJob' (Get-Changed $asked 'File' 'C:\other.exe') | Should -BeExactly '{"started":false,"alreadyStarted":true}'
        Should -Invoke Start-Worker -Exactly 1
    }

    It 'has a package installed by msiexec, with a log' {
        $package = [IO.Path]::Combine($TestDrive, 'Runner 1.MSI')
        [IO.File]::WriteAllText($package, '')
        $asked.File = $package
        $asked.Arguments = @('HUB=https://hub:4545', 'INSTALLDIR=C:\Program Files\Exekra\')
        [void](Get-Answer 'Start-HostJob' $asked)
        $log = [IO.Path]::Combine($folder, 'ticket', 'msi.log')
        $state.Program.File | Should -BeExactly ([IO.Path]::Combine([Environment]::SystemDirectory, 'msiexec.exe'))
        $state.Program.Line | Should -BeExactly "/i `"$package`" /qn /norestart HUB=https://hub:4545 INSTALLDIR=`"C:\Program Files\Exekra\`" /l*v $(ConvertTo-NativeArgument $log)"
        $state.Program.Log | Should -BeExactly $log
    }

    It 'refuses a batch file: <Name>' -ForEach @(@{ Name = 'a.cmd' }, @{ Name = 'a.BAT' }) {
        $file = [IO.Path]::Combine($TestDrive, $Name)
        [IO.File]::WriteAllText($file, '')
        (Get-Refusal 'Start-HostJob' (Get-Changed $asked 'File' $file)).code | Should -BeExactly 'batch-file'
        [IO.Directory]::Exists($folder) | Should -BeFalse
    }

    It 'refuses a program that is not there: <Name>' -ForEach @(@{ Name = 'sh' }, @{ Name = '/none/x' }, @{ Name = '/' }) {
        $refusal = Get-Refusal 'Start-HostJob' (Get-Changed $asked 'File' $Name)
        $refusal.code, $refusal.message | Should -BeExactly 'no-program', "There is no program $Name on this host."
        [IO.Directory]::Exists($folder) | Should -BeFalse
    }

    It 'uses the ticket up where the worker could not be started, and says why to whoever reads it' {
        Mock Start-Worker { Stop-WithCode 'worker-not-started' 'Windows did not start the job.' }
        (Get-Refusal 'Start-HostJob' $asked).code | Should -BeExactly 'worker-not-started'
        (Get-Answer 'Start-HostJob' $asked).alreadyStarted | Should -BeTrue
        $job = Get-Answer 'Read-HostJob' @{ Folder = $folder; Ticket = 'ticket'; Offset = 0; MaxBytes = 1 }
        $job.state, $job.error | Should -BeExactly 'ended', 'The worker could not be started: Windows did not start the job.'
    }

    It 'leaves nothing behind of a folder that could not be prepared' {
        Mock New-ResultRoom { throw [IO.IOException]::new('no space', $(if ($IsWindows) { 0x70070070 } else { 28 })) }
        (Get-Refusal 'Start-HostJob' $asked).code | Should -BeExactly 'disk-full'
        @([IO.Directory]::GetFileSystemEntries($folder)).Count | Should -Be 0
    }

    It 'gives way to another call that was first with the ticket' {
        Mock New-ResultRoom { [void][IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'ticket')) }
        Get-AnswerText 'Start-HostJob' $asked | Should -BeExactly '{"started":false,"alreadyStarted":true}'
        @([IO.Directory]::GetFileSystemEntries($folder)).Count | Should -Be 1
        Should -Invoke Start-Worker -Exactly 0
    }

    It 'wants all of its parameters' { Get-NotAsked 'Start-HostJob' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Folder'; Value = '' }
        @{ Name = 'Ticket'; Value = 'a/b' }
        @{ Name = 'Ticket'; Value = '..' }
        @{ Name = 'Ticket'; Value = 't' * 101 }
        @{ Name = 'File'; Value = '' }
        @{ Name = 'Environment'; Value = 'SECRET=1' }
        @{ Name = 'TimeoutSeconds'; Value = 0 }
        @{ Name = 'TimeoutSeconds'; Value = 864001 }
    ) {
        (Get-Refusal 'Start-HostJob' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}

Describe 'Start-HostJob, with a worker that is really started' {
    It 'runs a program to its end, away from this session' {
        $folder = [IO.Path]::Combine($TestDrive, 'real jobs')
        $words = if ($IsWindows) { '/d', '/c', 'echo %SECRET%& exit 7' } else { '-c', 'echo $SECRET; exit 7' }
        $asked = @{ Folder = $folder; Ticket = 'ticket'; File = $shell; Arguments = $words; Environment = @{ SECRET = 'canary' }; TimeoutSeconds = 60 }
        (Get-Answer 'Start-HostJob' $asked).started | Should -BeTrue
        # The worker takes its work by the pipe only after it has said who it is.
        $worker = ConvertFrom-Json (Get-JobFile 'worker.json')
        try { [Diagnostics.Process]::GetProcessById($worker.processId).WaitForExit(60000) | Should -BeTrue }
        catch [ArgumentException] { Write-Verbose 'It has ended already.' }
        $job = Get-Answer 'Read-HostJob' @{ Folder = $folder; Ticket = 'ticket'; Offset = 0; MaxBytes = 65536 }
        $job.state, $job.exitCode, $job.error | Should -Be 'ended', 7, $null
        $lines = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($job.journal)).TrimEnd().Split("`n") | ConvertFrom-Json
        @($lines | Where-Object { $_.kind -eq 'output' }).text | Should -BeExactly 'canary'
    }
}
