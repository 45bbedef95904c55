BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))

    function Set-JobFile { param([string]$Name, [string]$Text) [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'ticket', $Name), $Text) }

    function Get-State {
        param([long]$Offset = 0, [int]$MaxBytes = 1024)
        Get-Answer 'Read-HostJob' @{ Folder = $folder; Ticket = 'ticket'; Offset = $Offset; MaxBytes = $MaxBytes }
    }

    function Get-Journal {
        # The journal that is read, and where to read on.
        param([long]$Offset = 0, [int]$MaxBytes = 1024)
        $answer = Get-State $Offset $MaxBytes
        "$([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($answer.journal)))|$($answer.offset)"
    }
}

Describe 'Read-HostJob' {
    BeforeAll {
        Mock Get-StartId { 'this start' }
        $alive = '{"processId":' + $PID + ',"startTicks":' + [Diagnostics.Process]::GetCurrentProcess().StartTime.ToUniversalTime().Ticks + '}'
        $ended = '{"exitCode":3010,"error":null,"journalLost":null,"at":"2026-03-01T10:00:00.000Z"}'
    }
    BeforeEach {
        $folder = [IO.Path]::Combine($TestDrive, [Guid]::NewGuid().ToString('N'))
        [void][IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'ticket'))
        Set-JobFile 'job.json' '{"ticket":"ticket","bootId":"this start"}'
        $asked = @{ Folder = $folder; Ticket = 'ticket'; Offset = 0; MaxBytes = 1024 }
    }

    It 'knows no job that was never started' {
        Get-AnswerText 'Read-HostJob' @{ Folder = $folder; Ticket = 'never'; Offset = 7; MaxBytes = 1 } |
            Should -BeExactly '{"state":"absent","journal":"","offset":7,"exitCode":null,"error":null,"journalLost":null,"bootId":null}'
    }

    It 'finds a job starting whose worker has not come yet' { (Get-State).state | Should -BeExactly 'starting' }

    It 'finds a job lost whose worker did not come within two minutes' {
        [IO.File]::SetLastWriteTimeUtc([IO.Path]::Combine($folder, 'ticket', 'job.json'), [DateTime]::UtcNow.AddSeconds(-121))
        (Get-State).state | Should -BeExactly 'lost'
    }

    It 'finds a job running whose worker lives' {
        Set-JobFile 'worker.json' $alive
        $answer = Get-State
        $answer.state, $answer.exitCode, $answer.bootId | Should -Be 'running', $null, 'this start'
    }

    It 'finds a job lost whose worker is gone, or is another process by now' -ForEach @(@{ Worker = '{"processId":2147483647,"startTicks":1}' }, @{ Worker = $null }) {
        Set-JobFile 'worker.json' $(if ($null -eq $Worker) { '{"processId":' + $PID + ',"startTicks":1}' } else { $Worker })
        (Get-State).state | Should -BeExactly 'lost'
    }

    It 'finds a job lost whose host was started anew' {
        Set-JobFile 'worker.json' $alive
        Set-JobFile 'job.json' '{"ticket":"ticket","bootId":"an earlier start"}'
        $answer = Get-State
        $answer.state, $answer.bootId | Should -Be 'lost', 'an earlier start'
    }

    It 'tells how a job ended, also after another start' {
        Set-JobFile 'job.json' '{"ticket":"ticket","bootId":"an earlier start"}'
        Set-JobFile 'result.json' $ended.PadRight(16384)
        Get-AnswerText 'Read-HostJob' $asked |
            Should -BeExactly '{"state":"ended","journal":"","offset":0,"exitCode":3010,"error":null,"journalLost":null,"bootId":"an earlier start"}'
    }

    It 'tells why a job could not be run, and that its journal has gaps' {
        Set-JobFile 'result.json' '{"exitCode":null,"error":"no such program","journalLost":"disk full","at":""}'
        $answer = Get-State
        $answer.exitCode, $answer.error, $answer.journalLost | Should -Be $null, 'no such program', 'disk full'
    }

    It 'reads a result of an earlier version, which says nothing of its journal' {
        Set-JobFile 'result.json' '{"exitCode":0,"error":null,"at":""}'
        $answer = Get-State
        $answer.state, $answer.exitCode, $answer.journalLost | Should -Be 'ended', 0, $null
    }

    It 'takes a result that comes while the worker is looked for' {
        Set-JobFile 'worker.json' $alive
        Mock Test-ProcessAlive { Set-JobFile 'result.json' $ended; $false }
        $answer = Get-State
        $answer.state, $answer.exitCode | Should -Be 'ended', 3010
    }

    It 'gives whole lines from byte <Offset>, at most <MaxBytes>: <Told>' -ForEach @(
        @{ Offset = 0; MaxBytes = 1024; Told = "one`ntwo three`n|14" }
        @{ Offset = 0; MaxBytes = 13; Told = "one`n|4" }
        @{ Offset = 4; MaxBytes = 10; Told = "two three`n|14" }
        # A line that is longer is given whole.
        @{ Offset = 4; MaxBytes = 1; Told = "two three`n|14" }
        # What has no end yet is no line.
        @{ Offset = 14; MaxBytes = 1024; Told = '|14' }
        @{ Offset = 14; MaxBytes = 1; Told = '|14' }
        @{ Offset = 18; MaxBytes = 1024; Told = '|18' }
        @{ Offset = 9007199254740991; MaxBytes = 1024; Told = '|9007199254740991' }
    ) {
        Set-JobFile 'journal.jsonl' "one`ntwo three`nfour"
        Get-Journal $Offset $MaxBytes | Should -BeExactly $Told
    }

    It 'reads a journal while it is written' {
        $path = [IO.Path]::Combine($folder, 'ticket', 'journal.jsonl')
        $writer = [IO.FileStream]::new($path, [IO.FileMode]::CreateNew, [IO.FileAccess]::Write, [IO.FileShare]::ReadWrite)
        try {
            $writer.Write([Text.Encoding]::UTF8.GetBytes("a`n"), 0, 2)
            $writer.Flush()
            Get-Journal | Should -BeExactly "a`n|2"
        }
        finally { $writer.Dispose() }
    }

    It 'wants all of its parameters' { Get-NotAsked 'Read-HostJob' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Folder'; Value = '' }
        @{ Name = 'Ticket'; Value = '../ticket' }
        @{ Name = 'Ticket'; Value = '.ticket' }
        @{ Name = 'Ticket'; Value = 't' * 101 }
        @{ Name = 'Offset'; Value = -1 }
        @{ Name = 'Offset'; Value = 9007199254740992 }
        @{ Name = 'MaxBytes'; Value = 0 }
        @{ Name = 'MaxBytes'; Value = 16777217 }
    ) {
        (Get-Refusal 'Read-HostJob' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}
