BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    $nonce = 'a' * 32

    function ConvertTo-Base64 { param([string]$Text) [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($Text)) }

    function Get-Frames {
        # What a resident PowerShell of its own answers: frames, and whatever else it writes. Each request is lines that end with "run ID ...",
        # then lines that it reads meanwhile; the next one is sent when it has ended.
        param([object[]]$Requests)
        $text = "`$read = { param(`$name) [IO.File]::ReadAllText([IO.Path]::Combine('$($scripts.Replace("'", "''"))', `$name)) }`n" +
            "& ([ScriptBlock]::Create((& `$read 'Resident.ps1'))) -Nonce '$nonce' -ModuleText (& `$read 'Rollout.psm1') -WorkerText 'the worker' -Reader ([IO.StreamReader]::new([Console]::OpenStandardInput()))"
        $start = [Diagnostics.ProcessStartInfo]::new((Get-ThisPowerShell))
        $start.Arguments = '-NoLogo -NoProfile -NonInteractive -EncodedCommand ' + [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))
        $start.UseShellExecute = $false
        $start.CreateNoWindow = $true
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $process = [Diagnostics.Process]::Start($start)
        foreach ($request in $Requests) {
            foreach ($line in $request.Lines) { $process.StandardInput.Write("$line`n") }
            $process.StandardInput.Flush()
            while ($null -ne ($answer = $process.StandardOutput.ReadLine())) {
                $words = $answer.Split(' ')
                if ($words.Count -ne 4 -or $words[0] -ne $nonce) { @{ Id = ''; Kind = 'stray'; Text = $answer }; continue }
                @{ Id = $words[1]; Kind = $words[2]; Text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($words[3])) }
                if ($words[1] -eq $request.Id -and $words[2] -eq 'end') { break }
            }
        }
        $process.StandardInput.Dispose()
        $rest = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        @{ Id = ''; Kind = 'rest'; Text = $rest }
    }
    # One resident for all: a request that changed it would show in the next.
    $requests = [ordered]@{
        streams = "Write-Warning 'mind'; Write-Verbose -Verbose 'in detail'; Write-Information 'told'; Write-Error 'not the end' -ErrorAction Continue; 'loose'; [Console]::Out.WriteLine('written past us'); Write-Envelope { [ordered]@{ done = `$true } }"
        parameters = 'param($Text, [string[]]$List, [hashtable]$Table, $None, $Numbers, $Truths) Write-Envelope { [ordered]@{ text = $Text; list = $List; table = [string]$Table["a"]["b"]; none = ($null -eq $None); numbers = @($Numbers | ForEach-Object { $_.GetType().Name + " " + $_.ToString([Globalization.CultureInfo]::InvariantCulture) }); truths = $Truths } }'
        missing = '[CmdletBinding()] param([Parameter(Mandatory = $true)][string]$Wanted) Write-Envelope { $Wanted }'
        texts = 'Write-Envelope { [ordered]@{ worker = $RolloutTexts.Worker; module = $RolloutTexts.Module.Length } }'
        long = "Write-Envelope { [ordered]@{ text = 'x' * 40000 } }"
        leaves = "`$global:left = 1; function global:Get-Left { 1 }; Write-Envelope { [ordered]@{ } }"
        left = 'Write-Envelope { [ordered]@{ variable = [bool](Get-Variable -Name left -Scope Global -ErrorAction Ignore); command = [bool](Get-Command -Name Get-Left -ErrorAction Ignore) } }'
        unreadable = 'if ('
        nothing = '$null = 1'
        thrown = "throw [UnauthorizedAccessException]::new('not you')"
        endless = 'while ($true) { [Threading.Thread]::Sleep(1) }'
        after = 'Write-Envelope { [ordered]@{ id = $PID } }'
    }
    function ConvertTo-Word { param([string]$Text) 's' + (ConvertTo-Base64 $Text) }
    $given = @{
        parameters = @(
            'o6', (ConvertTo-Word 'Text'), (ConvertTo-Word "it's`" ö"), (ConvertTo-Word 'List'), 'l2', (ConvertTo-Word 'a'), (ConvertTo-Word ''),
            (ConvertTo-Word 'Table'), 'o1', (ConvertTo-Word 'a'), 'o1', (ConvertTo-Word 'b'), (ConvertTo-Word 'c'), (ConvertTo-Word 'None'), 'z',
            (ConvertTo-Word 'Numbers'), 'l4', 'n7', 'n-3000000000', 'n1.5', 'n1e+21', (ConvertTo-Word 'Truths'), 'l2', 't', 'f'
        ) -join ' '
    }
    $frames = @(Get-Frames @(
            foreach ($name in $requests.Keys) {
                $limit = if ($name -eq 'endless') { 300 } else { 60000 }
                $value = if ($given.ContainsKey($name)) { $given[$name] } else { 'o0' }
                @{ Id = $name; Lines = @("script $name $(ConvertTo-Base64 $requests[$name])", "run $name $limit $name $value", 'cancel another') }
            }
            @{ Id = 'unknown'; Lines = @('run unknown 1000 nobody-sent-it o0') }
        ))

    function Get-Said {
        # What was said of a request in frames of a kind.
        param([string]$Id, [string]$Kind)
        @($frames | Where-Object { $_.Id -eq $Id -and $_.Kind -eq $Kind } | ForEach-Object { $_.Text }) -join ''
    }
}

Describe 'Resident' {
    It 'greets with its version and its process' {
        $frames[0].Id, $frames[0].Kind | Should -BeExactly '0', 'ready'
        $ready = ConvertFrom-Json (Get-Said '0' 'ready')
        $ready.version | Should -BeExactly ([string]$PSVersionTable.PSVersion)
        $ready.processId | Should -Be (ConvertFrom-Json (Get-Said 'after' 'data')).data.id
    }

    It 'keeps the streams apart' {
        Get-Said 'streams' 'warning' | Should -BeExactly "mind`n"
        Get-Said 'streams' 'verbose' | Should -BeExactly "in detail`n"
        Get-Said 'streams' 'output' | Should -BeExactly "told`nloose`n"
        Get-Said 'streams' 'error' | Should -Match 'not the end'
        Get-Said 'streams' 'data' | Should -BeExactly '{"ok":true,"data":{"done":true}}'
    }

    It 'lets pass what a program writes past it' { @($frames | Where-Object { $_.Kind -eq 'stray' } | ForEach-Object { $_.Text }) | Should -BeExactly 'written past us' }

    It 'hands every value to the script as what it is' {
        Get-Said 'parameters' 'data' | Should -BeExactly ('{"ok":true,"data":{"text":"it''s\" \u00f6","list":["a",""],"table":"c","none":true,' +
            '"numbers":["Int32 7","Int64 -3000000000","Double 1.5","Double 1E+21"],"truths":[true,false]}}')
    }

    It 'answers <Id> with <Code>' -ForEach @(
        @{ Id = 'missing'; Code = 'bad-parameter' }
        @{ Id = 'unreadable'; Code = 'script-failed' }
        @{ Id = 'nothing'; Code = 'bad-script' }
        @{ Id = 'thrown'; Code = 'access-denied' }
    ) { (ConvertFrom-Json (Get-Said $Id 'data')).error.code | Should -BeExactly $Code }

    It 'has the texts that a job needs' {
        Get-Said 'texts' 'data' | Should -BeExactly ('{"ok":true,"data":{"worker":"the worker","module":' + $RolloutTexts.Module.Length + '}}')
    }

    It 'sends a long answer in pieces' {
        @($frames | Where-Object { $_.Id -eq 'long' -and $_.Kind -eq 'data' }).Count | Should -Be 3
        Get-Said 'long' 'data' | Should -BeExactly ('{"ok":true,"data":{"text":"' + 'x' * 40000 + '"}}')
    }

    It 'leaves nothing of a script for the next' { Get-Said 'left' 'data' | Should -BeExactly '{"ok":true,"data":{"variable":false,"command":false}}' }

    It 'ends <Id> with <Ending>' -ForEach @(
        @{ Id = 'streams'; Ending = 'done' }
        @{ Id = 'unreadable'; Ending = 'done' }
        @{ Id = 'endless'; Ending = 'timeout' }
        @{ Id = 'unknown'; Ending = 'unknown-script' }
    ) { Get-Said $Id 'end' | Should -BeExactly $Ending }

    It 'has no answer for a script that its time limit ended, and goes on' {
        Get-Said 'endless' 'data' | Should -BeExactly ''
        Get-Said 'after' 'end' | Should -BeExactly 'done'
    }

    It 'ends a script that is cancelled' {
        $cancelled = Get-Frames @(@{ Id = '1'; Lines = @("script s $(ConvertTo-Base64 $requests.endless)", 'run 1 60000 s o0', 'cancel 1') })
        @($cancelled | Where-Object { $_.Id -eq '1' } | ForEach-Object { "$($_.Kind) $($_.Text)" }) | Should -BeExactly 'end cancelled'
    }

    It 'ends with its input, and says no more' { $frames[-1].Kind, $frames[-1].Text | Should -BeExactly 'rest', '' }
}
