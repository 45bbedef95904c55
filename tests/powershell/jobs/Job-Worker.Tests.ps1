BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    $shell = if ($IsWindows) { "$env:SystemRoot\System32\cmd.exe" } else { '/bin/sh' }

    function Invoke-Worker {
        # Runs the worker to its end, here and with this work, and gives its result and its journal.
        param([string[]]$Work)
        $folder = [IO.Path]::Combine($TestDrive, [Guid]::NewGuid().ToString('N'))
        [void][IO.Directory]::CreateDirectory($folder)
        [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'Rollout.psm1'), $RolloutTexts.Module)
        New-ResultRoom $folder
        $name = "exekra-pester-$([Guid]::NewGuid().ToString('N'))"
        $pipe = [IO.Pipes.NamedPipeServerStream]::new($name, 'Out', 1, 'Byte', 'Asynchronous, CurrentUserOnly')
        $worker = [powershell]::Create()
        try {
            $working = $worker.AddScript($RolloutTexts.Worker).AddParameters(@{ Folder = $folder; PipeName = $name }).BeginInvoke()
            if (-not $pipe.WaitForConnectionAsync().Wait(60000)) { throw 'The worker did not open its pipe.' }
            foreach ($value in $Work) {
                $bytes = [Text.Encoding]::ASCII.GetBytes([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($value)) + "`n")
                $pipe.Write($bytes, 0, $bytes.Length)
            }
            $pipe.Dispose()
            [void]$worker.EndInvoke($working)
        }
        finally { $pipe.Dispose(); $worker.Dispose() }
        $names = @([IO.Directory]::GetFiles($folder) | ForEach-Object { [IO.Path]::GetFileName($_) } | Sort-Object)
        @{
            Names = $names
            Result = ConvertFrom-Json ([IO.File]::ReadAllText([IO.Path]::Combine($folder, 'result.json')))
            Worker = ConvertFrom-Json ([IO.File]::ReadAllText([IO.Path]::Combine($folder, 'worker.json')))
            Journal = @([IO.File]::ReadAllText([IO.Path]::Combine($folder, 'journal.jsonl')).Split("`n", [StringSplitOptions]::RemoveEmptyEntries) | ConvertFrom-Json)
        }
    }

    function Invoke-Program {
        # The same with the program of this system's shell: its command line here and there.
        param([string]$Linux, [string]$Windows, [string[]]$Environment = @(), [int]$Limit = 60, [string]$Log = '')
        Invoke-Worker (@($shell, $(if ($IsWindows) { "/d /c $Windows" } else { "-c `"$Linux`"" }), [string]$Limit, $Log) + $Environment)
    }

    function Get-Text { param($Job, [string]$Kind) @($Job.Journal | Where-Object { $_.kind -eq $Kind } | ForEach-Object { $_.text }) }
}

Describe 'Job-Worker' {
    It 'journals what a program says, tells its exit code, and who ran it' {
        $job = Invoke-Program 'echo one; echo two >&2; exit 3' 'echo one& echo two>&2& exit 3'
        $job.Result.exitCode, $job.Result.error, $job.Result.journalLost | Should -Be 3, $null, $null
        $job.Names -join ' ' | Should -BeExactly 'journal.jsonl result.json Rollout.psm1 worker.json'
        $job.Worker.processId | Should -Be $PID
        Test-ProcessAlive $job.Worker.processId $job.Worker.startTicks | Should -BeTrue
        Get-Text $job 'output' | Should -BeExactly 'one'
        Get-Text $job 'error' | Should -BeExactly 'two'
        $job.Journal[0].kind, $job.Journal[-1].kind, $job.Journal[-1].text | Should -BeExactly 'started', 'ended', 'Exit code 3.'
        $job.Journal[0].text | Should -Match "^$([regex]::Escape($shell)) .+ \(process \d+\)$"
    }

    It 'gives the program its environment, and says nothing of it' {
        $job = Invoke-Program 'test $SECRET = $OTHER && echo it has both' 'if %SECRET%==%OTHER% echo it has both' @('SECRET', 'canary', 'OTHER', 'canary')
        Get-Text $job 'output' | Should -BeExactly 'it has both'
        ConvertTo-Json $job.Journal | Should -Not -Match 'canary'
    }

    It 'reads a line as UTF-8 where it is, else in the code page of the console' -Tag 'only on Linux' {
        $job = Invoke-Program 'printf ''\303\266 \342\202\254\n\201ber\nplain\000 end\r\n''' ''
        Get-Text $job 'output' | Should -BeExactly "$([char]0xf6) $([char]0x20ac)", "$([char]0xfc)ber", 'plain end'
    }

    It 'takes a last line without an end, and a very long one in pieces' -Tag 'only on Linux' {
        $job = Invoke-Program 'head -c 40000 /dev/zero | tr ''\000'' x; echo; printf last' ''
        $lines = Get-Text $job 'output'
        $lines[-1] | Should -BeExactly 'last'
        ($lines | Select-Object -SkipLast 1) -join '' | Should -BeExactly ('x' * 40000)
        $lines.Count | Should -BeGreaterThan 2
    }

    It 'ends a program, and all it started, at its time limit' -Tag 'only on Linux' {
        $job = Invoke-Program 'echo $$; sleep 600 & echo $!; wait' '' -Limit 1
        $job.Result.exitCode | Should -BeNullOrEmpty
        $job.Result.error | Should -BeExactly 'The time limit of 1 seconds was over before the program ended; it was ended.'
        Get-Text $job 'error' | Should -BeExactly 'The time limit of 1 seconds is over; the program and all it started are ended.'
        $ids = Get-Text $job 'output'
        $ids.Count | Should -Be 2
        foreach ($id in $ids) { Test-ProcessAlive $id ([IO.Directory]::GetCreationTimeUtc("/proc/$id").Ticks) | Should -BeFalse }
    }

    It 'says why a program could not be started' {
        $none = [IO.Path]::Combine($TestDrive, 'none.exe')
        $job = Invoke-Worker @($none, '', '60', '')
        $job.Result.exitCode | Should -BeNullOrEmpty
        $job.Result.error | Should -Not -BeNullOrEmpty
        $job.Journal[-1].kind, $job.Journal[-1].text | Should -BeExactly 'ended', $job.Result.error
    }

    It 'says that it did not get all of its work: <Work>' -ForEach @(@{ Work = @($null) }, @{ Work = @('a', 'b', '60') }, @{ Work = @('a', 'b', '60', '', 'NAME') }) {
        (Invoke-Worker @($Work | Where-Object { $null -ne $_ })).Result.error | Should -BeExactly 'The job did not receive all of its arguments.'
    }

    It 'journals the end of the log of an installer that failed with <Code>: <Lines>' -ForEach @(@{ Code = 5; Lines = 40 }, @{ Code = 0; Lines = 0 }) {
        $log = [IO.Path]::Combine($TestDrive, "msi $Code.log")
        [IO.File]::WriteAllText($log, (@(1..50 | ForEach-Object { "line $_ $([char]0xf6)"; '' }) -join "`r`n"), [Text.Encoding]::Unicode)
        $job = Invoke-Program "exit $Code" "exit $Code" -Log $log
        $tail = @(Get-Text $job 'error')
        $tail.Count | Should -Be $Lines
        if ($Code -ne 0) { $tail[0], $tail[-1] | Should -BeExactly "line 11 $([char]0xf6)", "line 50 $([char]0xf6)" }
    }
}
