BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'machine', 'registry.ps1'))
}

Describe 'ConvertTo-WireJson' {
    It 'writes <Text>' -ForEach @(
        @{ Value = $null; Text = 'null' }
        @{ Value = $true; Text = 'true' }
        @{ Value = $false; Text = 'false' }
        @{ Value = 0; Text = '0' }
        @{ Value = -1; Text = '-1' }
        @{ Value = [byte]7; Text = '7' }
        @{ Value = [uint64]::MaxValue; Text = '18446744073709551615' }
        @{ Value = [decimal]::Parse('1.50', [Globalization.CultureInfo]::InvariantCulture); Text = '1.50' }
        @{ Value = 1.5; Text = '1.5' }
        @{ Value = [single]0.5; Text = '0.5' }
        @{ Value = ''; Text = '""' }
        @{ Value = 'a'; Text = '"a"' }
        @{ Value = @(); Text = '[]' }
        @{ Value = @(, @()); Text = '[[]]' }
        @{ Value = @(, @('x')); Text = '[["x"]]' }
        @{ Value = @($null); Text = '[null]' }
        @{ Value = @{}; Text = '{}' }
        @{ Value = [ordered]@{ b = 1; a = @{ c = $null } }; Text = '{"b":1,"a":{"c":null}}' }
        @{ Value = [ordered]@{ Keys = 'k'; Count = 1; Values = @() }; Text = '{"Keys":"k","Count":1,"Values":[]}' }
    ) { ConvertTo-WireJson $Value | Should -BeExactly $Text }

    It 'writes numbers the same whatever the language of the account' {
        $before = [Threading.Thread]::CurrentThread.CurrentCulture
        try {
            [Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]::GetCultureInfo('de-DE')
            ConvertTo-WireJson @(1.5, [decimal]2.5, 1234567) | Should -BeExactly '[1.5,2.5,1234567]'
        }
        finally { [Threading.Thread]::CurrentThread.CurrentCulture = $before }
    }

    It 'writes what lies deep' {
        $value = 'end'
        foreach ($level in 1..20) { $value = @{ a = $value } }
        ConvertTo-WireJson $value | Should -BeExactly (('{"a":' * 20) + '"end"' + ('}' * 20))
    }

    It 'refuses <Value>, never guesses' -ForEach @(
        @{ Value = [DateTime]::UtcNow }
        @{ Value = [DayOfWeek]::Monday }
        @{ Value = [char]'a' }
        @{ Value = [Guid]::Empty }
        @{ Value = [pscustomobject]@{ a = 1 } }
        @{ Value = [timespan]::Zero }
    ) { { ConvertTo-WireJson $Value } | Should -Throw '*which has no JSON*' }
}

Describe 'ConvertTo-JsonString' {
    It 'writes everything but printable ASCII as \u: <Text>' -ForEach @(
        @{ Value = 'a"\/'; Text = '"a\"\\/"' }
        @{ Value = "a`tb`r`n$([char]0)"; Text = '"a\u0009b\u000d\u000a\u0000"' }
        @{ Value = "$([char]0xf6)$([char]0x6f22)$([char]0xd83d)$([char]0xde80)"; Text = '"\u00f6\u6f22\ud83d\ude80"' }
        @{ Value = "$([char]0x2028)$([char]0x7f)~"; Text = '"\u2028\u007f~"' }
        # They look like ASCII when case is ignored.
        @{ Value = "$([char]0x212a)"; Text = '"\u212a"' }
        @{ Value = "$([char]0x130)$([char]0x131)$([char]0x17f)"; Text = '"\u0130\u0131\u017f"' }
    ) { ConvertTo-JsonString $Value | Should -BeExactly $Text }
}

Describe 'Write-Envelope' {
    It 'answers with the object of the body' { Write-Envelope { [ordered]@{ a = @(1) } } | Should -BeExactly '{"ok":true,"data":{"a":[1]}}' }

    It 'answers with an error and its code' {
        Write-Envelope { Stop-WithCode 'some-code' 'What happened.' 'More.' } |
            Should -BeExactly '{"ok":false,"error":{"code":"some-code","message":"What happened.","detail":"More."}}'
    }

    It 'takes nothing and two answers for a mistake of the script' -ForEach @(@{ Body = { } }, @{ Body = { 1; 2 } }) {
        (ConvertFrom-Json (Write-Envelope $Body)).error.code | Should -BeExactly 'bad-script'
    }

    It 'names <Code> by the kind of what was thrown' -ForEach @(
        @{ Code = 'script-failed'; Thrown = { [InvalidOperationException]::new('plainly') } }
        @{ Code = 'access-denied'; Thrown = { [UnauthorizedAccessException]::new('plainly') } }
        @{ Code = 'access-denied'; Thrown = { [Security.SecurityException]::new('plainly') } }
        @{ Code = 'disk-full'; Thrown = { [IO.IOException]::new('plainly', 0x70070070) } }
        @{ Code = 'disk-full'; Thrown = { [IO.IOException]::new('plainly', 0x70070027) } }
        @{ Code = 'script-failed'; Thrown = { [IO.IOException]::new('plainly', 0x70070020) } }
        @{ Code = 'access-denied'; Thrown = { [Exception]::new('around', [UnauthorizedAccessException]::new('plainly')) } }
    ) {
        $refused = (ConvertFrom-Json (Write-Envelope { throw (& $Thrown) })).error
        $refused.code, $refused.message | Should -BeExactly $Code, 'plainly'
    }

    It 'takes the number of Linux for a full disk on Linux only' {
        foreach ($windows in $true, $false) {
            Mock Test-Windows { $windows }
            (ConvertFrom-Json (Write-Envelope { throw [IO.IOException]::new('no space', 28) })).error.code | Should -BeExactly $(if ($windows) { 'script-failed' } else { 'disk-full' })
        }
    }
}

Describe 'Get-ConsolePage' {
    BeforeAll { Use-Registry }

    It 'is the code page of the system, whatever the language of the account' {
        $state = @{ Keys = @{ 'HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage' = @{ OEMCP = '852' } } }
        Get-ConsolePage | Should -Be 852
    }

    It 'is that of the language where the registry says <What>' -ForEach @(@{ What = 'none'; Keys = @{} }, @{ What = 'nonsense'; Keys = @{ 'HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage' = @{ OEMCP = 'x' } } }) {
        $state = @{ Keys = $Keys }
        $before = [Threading.Thread]::CurrentThread.CurrentCulture
        try {
            [Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]::InvariantCulture
            Get-ConsolePage | Should -Be 437
        }
        finally { [Threading.Thread]::CurrentThread.CurrentCulture = $before }
    }
}

Describe 'Get-PendingReboot' {
    BeforeAll {
        Use-Registry
        $windows = 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion'
        $control = 'HKLM\SYSTEM\CurrentControlSet\Control'
        $temporary = '\??\C:\Windows\Temp\x.tmp', '', '\??\C:\Users\a\AppData\Local\Temp\y', '', '\??\C:\Windows\SystemTemp\z', ''

        function Get-Signals { ConvertTo-WireJson (Get-PendingReboot) }
    }
    BeforeEach { $state = @{ Keys = @{} } }

    It 'finds nothing' { Get-Signals | Should -BeExactly '[]' }

    It 'wants a restart for files of either list' {
        $state.Keys["$control\Session Manager"] = @{
            PendingFileRenameOperations = @('\??\C:\App\a.dll', '')
            PendingFileRenameOperations2 = @('\??\C:\App\b.new', '!\??\C:\App\b.dll')
        }
        Get-Signals | Should -BeExactly '[{"kind":"file-rename","evidence":["C:\\App\\a.dll","C:\\App\\b.new","C:\\App\\b.dll"]}]'
    }

    It 'wants none for what updaters only leave in temporary folders' {
        $state.Keys["$control\Session Manager"] = @{ PendingFileRenameOperations = $temporary }
        Get-Signals | Should -BeExactly '[]'
        $state.Keys["$control\Session Manager"] = @{ PendingFileRenameOperations = @($temporary + '\??\C:\Windows\Temp\new.dll' + '\??\C:\App\c.dll') }
        Get-Signals | Should -BeExactly '[{"kind":"file-rename","evidence":["C:\\Windows\\Temp\\new.dll","C:\\App\\c.dll"]}]'
    }

    It 'names twenty files at most' {
        $state.Keys["$control\Session Manager"] = @{ PendingFileRenameOperations = @(1..30 | ForEach-Object { "\??\C:\App\$_"; '' }) }
        @((Get-PendingReboot)[0].evidence).Count | Should -Be 20
    }

    It 'finds servicing and updates' {
        $state.Keys["$windows\Component Based Servicing\RebootPending"] = @{}
        $state.Keys["$windows\WindowsUpdate\Auto Update\RebootRequired"] = @{ 'an update' = '1' }
        @(Get-PendingReboot | ForEach-Object { $_ } | ForEach-Object { $_.kind }) | Should -Be 'component-servicing', 'windows-update'
        (Get-PendingReboot)[1].evidence | Should -Contain 'an update'
    }

    It 'finds another name of the computer, and a domain that is being joined' {
        $state.Keys["$control\ComputerName\ActiveComputerName"] = @{ ComputerName = 'OLD' }
        $state.Keys["$control\ComputerName\ComputerName"] = @{ ComputerName = 'OLD' }
        Get-Signals | Should -BeExactly '[]'
        $state.Keys["$control\ComputerName\ComputerName"] = @{ ComputerName = 'NEW' }
        $state.Keys['HKLM\SYSTEM\CurrentControlSet\Services\Netlogon'] = @{ JoinDomain = 'x'; Start = '3' }
        Get-Signals | Should -BeExactly '[{"kind":"computer-rename","evidence":["OLD will be NEW"]},{"kind":"domain-join","evidence":["JoinDomain"]}]'
    }
}

Describe 'ConvertTo-PrefixAddress' {
    It 'writes <Address> as <Text>' -ForEach @(
        @{ Address = '10.0.0.0/255.0.0.0'; Text = '10.0.0.0/8' }
        @{ Address = '192.168.4.0/255.255.252.0'; Text = '192.168.4.0/22' }
        @{ Address = '10.1.2.3/255.255.255.255'; Text = '10.1.2.3' }
        @{ Address = '10.1.2.3/32'; Text = '10.1.2.3' }
        @{ Address = '10.0.0.0/255.0.255.0'; Text = '10.0.0.0/255.0.255.0' }
        @{ Address = '10.9.8.7/8'; Text = '10.0.0.0/8' }
        @{ Address = '0.0.0.0/0'; Text = '0.0.0.0/0' }
        @{ Address = '10.0.0.0/33'; Text = '10.0.0.0/33' }
        @{ Address = '10.0.0.0/x'; Text = '10.0.0.0/x' }
        @{ Address = 'FE80::/64'; Text = 'fe80::/64' }
        @{ Address = '2001:DB8:0:0::1/128'; Text = '2001:db8::1' }
        @{ Address = '2001:db8::ffff/112'; Text = '2001:db8::/112' }
        @{ Address = 'LocalSubnet'; Text = 'LocalSubnet' }
        @{ Address = 'Any'; Text = 'Any' }
        @{ Address = '10.0.0.1-10.0.0.9'; Text = '10.0.0.1-10.0.0.9' }
        @{ Address = '10'; Text = '10' }
    ) { ConvertTo-PrefixAddress $Address | Should -BeExactly $Text }
}

Describe 'Test-BelowFolder' {
    It '<Path> below <Root>: <Below>' -ForEach @(
        @{ Path = '/a/b'; Root = '/a'; Below = $true }
        @{ Path = '/a'; Root = '/a'; Below = $false }
        @{ Path = '/a/'; Root = '/a'; Below = $false }
        @{ Path = '/ab'; Root = '/a'; Below = $false }
        @{ Path = '/a/../b'; Root = '/a'; Below = $false }
        @{ Path = '/a/b/../../c'; Root = '/a'; Below = $false }
        @{ Path = '/a/./b/'; Root = '/a/'; Below = $true }
    ) { Test-BelowFolder $Path $Root | Should -Be $Below }

    It 'tells letters by case on Linux only' { Test-BelowFolder '/A/b' '/a' | Should -Be $IsWindows }
}

Describe 'ConvertTo-NativeArgument and ConvertTo-MsiArgument' {
    It 'quotes <Argument>' -ForEach @(
        @{ Argument = 'plain'; Native = 'plain'; Msi = 'plain' }
        @{ Argument = ''; Native = '""'; Msi = '""' }
        @{ Argument = 'two words'; Native = '"two words"'; Msi = '"two words"' }
        @{ Argument = 'a"b'; Native = '"a\"b"'; Msi = '"a\"b"' }
        @{ Argument = 'a\"b'; Native = '"a\\\"b"'; Msi = '"a\\\"b"' }
        @{ Argument = 'C:\with blank\'; Native = '"C:\with blank\\"'; Msi = '"C:\with blank\\"' }
        @{ Argument = 'C:\plain\'; Native = 'C:\plain\'; Msi = 'C:\plain\' }
        @{ Argument = 'INSTALLDIR=C:\Program Files\Exekra\'; Native = '"INSTALLDIR=C:\Program Files\Exekra\\"'; Msi = 'INSTALLDIR="C:\Program Files\Exekra\"' }
        @{ Argument = 'A=1'; Native = 'A=1'; Msi = 'A=1' }
        @{ Argument = 'B=say "hi"'; Native = '"B=say \"hi\""'; Msi = 'B="say ""hi"""' }
        @{ Argument = 'E='; Native = 'E='; Msi = 'E=' }
        @{ Argument = '1=a b'; Native = '"1=a b"'; Msi = '"1=a b"' }
    ) {
        ConvertTo-NativeArgument $Argument | Should -BeExactly $Native
        ConvertTo-MsiArgument $Argument | Should -BeExactly $Msi
    }
}

Describe 'Test-ProcessAlive' {
    It 'knows a process by its start' {
        $ticks = [Diagnostics.Process]::GetCurrentProcess().StartTime.ToUniversalTime().Ticks
        Test-ProcessAlive $PID $ticks | Should -BeTrue
        Test-ProcessAlive $PID ($ticks + 10000000) | Should -BeTrue
        Test-ProcessAlive $PID ($ticks - 50000000) | Should -BeFalse
        Test-ProcessAlive 2147483647 $ticks | Should -BeFalse
    }

    It 'knows that a process has ended' {
        $start = [Diagnostics.ProcessStartInfo]::new((Get-ThisPowerShell))
        $start.Arguments = '-NoLogo -NoProfile -NonInteractive -Command Start-Sleep -Seconds 600'
        $start.UseShellExecute = $false
        $start.CreateNoWindow = $true
        $process = [Diagnostics.Process]::Start($start)
        $ticks = $process.StartTime.ToUniversalTime().Ticks
        try { Test-ProcessAlive $process.Id $ticks | Should -BeTrue }
        finally { $process.Kill() }
        $process.WaitForExit()
        Test-ProcessAlive $process.Id $ticks | Should -BeFalse
    }
}

Describe 'Resolve-HostAddress' {
    It 'takes an address as it is' {
        $found = Resolve-HostAddress '::1' 1
        @($found | ForEach-Object { $_.ToString() }) | Should -BeExactly '::1'
    }

    It 'asks for a name' {
        $found = Resolve-HostAddress 'localhost' 10000
        @($found | Where-Object { [Net.IPAddress]::IsLoopback($_) }).Count | Should -BeGreaterThan 0
        $found = Resolve-HostAddress 'none.invalid' 10000
        $found.Count | Should -Be 0
    }
}

Describe 'Get-TlsAttempt' {
    It 'leaves the choice to the system' { Get-TlsAttempt | Should -BeExactly 'None' }
}

Describe 'Write-TextFile and Write-JobResult' {
    BeforeEach {
        $folder = [IO.Path]::Combine($TestDrive, [Guid]::NewGuid().ToString('N'))
        [void][IO.Directory]::CreateDirectory($folder)
        $result = [ordered]@{ exitCode = 0; error = $null; journalLost = $null; at = 'now' }

        function Get-Names { @([IO.Directory]::GetFiles($folder) | ForEach-Object { [IO.Path]::GetFileName($_) }) }
    }

    It 'writes UTF-8 without a mark, and leaves nothing beside it' {
        Write-TextFile ([IO.Path]::Combine($folder, 'a')) "$([char]0xf6)"
        [IO.File]::ReadAllBytes([IO.Path]::Combine($folder, 'a')) | Should -Be @(0xc3, 0xb6)
        Get-Names | Should -Be 'a'
    }

    It 'writes a result over the room that was kept for it' {
        New-ResultRoom $folder
        Get-Names | Should -Be 'result.room'
        Write-JobResult $folder $result
        Get-Names | Should -Be 'result.json'
        $text = [IO.File]::ReadAllText([IO.Path]::Combine($folder, 'result.json'))
        $text.Length | Should -Be 16384
        $text.TrimEnd() | Should -BeExactly '{"exitCode":0,"error":null,"journalLost":null,"at":"now"}'
    }

    It 'writes a result where there is no room' {
        Write-JobResult $folder $result
        Get-Names | Should -Be 'result.json'
    }

    It 'cuts what would not have room' {
        New-ResultRoom $folder
        $result.error = 'x' * 20000
        $result.journalLost = 'y' * 20000
        Write-JobResult $folder $result
        $read = ConvertFrom-Json ([IO.File]::ReadAllText([IO.Path]::Combine($folder, 'result.json')))
        $read.error.Length, $read.journalLost.Length | Should -Be 1000, 1000
    }
}

Describe 'ConvertTo-JournalLine' {
    It 'is one line of JSON with its end' {
        $line = ConvertTo-JournalLine 'output' "a`nb"
        $line | Should -Match '^{"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","kind":"output","text":"a\\u000ab"}\n$'
    }
}
