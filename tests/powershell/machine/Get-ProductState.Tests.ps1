BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'registry.ps1'))
    $uninstall = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'

    function Get-UninstallText {
        # What is told of the uninstall entry of Studio, as it is sent.
        $text = Get-AnswerText 'Get-ProductState' @{ Detect = @{ uninstallName = 'Studio' } }
        $text -replace '^{"uninstall":(.*),"file":null,"service":null}$', '$1'
    }

    function Add-Product {
        # An uninstall entry of that name in a hive.
        param([string]$Hive, [string]$Key, [hashtable]$Values)
        $state.Keys["$Hive\$uninstall\$Key"] = $Values
    }
}

Describe 'Get-ProductState' {
    BeforeAll {
        Use-Registry
        Mock Test-Windows { $true }
    }
    BeforeEach { $state = @{ Keys = @{} } }

    It 'answers only what was asked' { Get-AnswerText 'Get-ProductState' @{ Detect = @{} } | Should -BeExactly '{"uninstall":null,"file":null,"service":null}' }

    It 'finds no product that is not there' {
        Add-Product 'HKLM' '{other}' @{ DisplayName = 'Studio 2'; DisplayVersion = '1.0' }
        Add-Product 'HKLM' '{nameless}' @{ DisplayVersion = '1.0' }
        Get-UninstallText | Should -BeExactly 'null'
    }

    It 'finds a product that states no version' {
        Add-Product 'HKLM' '{studio}' @{ DisplayName = 'Studio' }
        Get-UninstallText | Should -BeExactly '{"displayName":"Studio","version":null,"scope":"machine","account":null}'
    }

    It 'finds a product of 32 bits' {
        Add-Product 'HKLM32' '{studio}' @{ DisplayName = 'Studio'; DisplayVersion = '1.4.2' }
        Get-UninstallText | Should -BeExactly '{"displayName":"Studio","version":"1.4.2","scope":"machine","account":null}'
    }

    It 'takes of <First> and <Second> the version <Best>' -ForEach @(
        @{ First = '1.9'; Second = '1.10'; Best = '1.10' }
        @{ First = '1.10'; Second = '1.9'; Best = '1.10' }
        @{ First = '1.0.0.2'; Second = '1.0'; Best = '1.0.0.2' }
        @{ First = 'unknown'; Second = '0.1'; Best = '0.1' }
        @{ First = '20240101123456.1'; Second = '20230101123456.2'; Best = '20240101123456.1' }
        @{ First = '20230101123456.2'; Second = '20240101123456.1'; Best = '20240101123456.1' }
    ) {
        Add-Product 'HKLM' 'a' @{ DisplayName = 'Studio'; DisplayVersion = $First }
        Add-Product 'HKLM32' 'b' @{ DisplayName = 'Studio'; DisplayVersion = $Second }
        (ConvertFrom-Json (Get-UninstallText)).version | Should -BeExactly $Best
    }

    It 'says that a product is there <What>' -ForEach @(
        @{ What = 'for everybody, though an account has a newer one'; Hives = @{ HKLM32 = '1.0'; me = '2.0' }; Told = '{"displayName":"Studio","version":"1.0","scope":"machine","account":null}' }
        @{ What = 'for the account of the session'; Hives = @{ 'S-1-5-21-1-2-3-500' = '3.0'; me = '2.0' }; Told = '{"displayName":"Studio","version":"2.0","scope":"own-account","account":"me"}' }
        @{ What = 'for another account'; Hives = @{ 'S-1-5-21-1-2-3-500' = '3.0' }; Told = '{"displayName":"Studio","version":"3.0","scope":"other-account","account":"S-1-5-21-1-2-3-500"}' }
    ) {
        foreach ($hive in $Hives.Keys) { Add-Product $hive '{studio}' @{ DisplayName = 'Studio'; DisplayVersion = $Hives[$hive] } }
        Get-UninstallText | Should -BeExactly $Told
    }

    It 'tells the service' {
        Mock Get-ServiceAnswer { [ordered]@{ name = $Name; exists = $true; status = 'running'; startType = 'automatic' } }
        Get-AnswerText 'Get-ProductState' @{ Detect = @{ service = 'ExekraHub' } } |
            Should -BeExactly '{"uninstall":null,"file":null,"service":{"name":"ExekraHub","exists":true,"status":"running","startType":"automatic"}}'
    }

    It 'tells that a file is there that states no version, and that none is there' {
        $file = [IO.Path]::Combine($TestDrive, 'Hub [1].exe')
        [IO.File]::WriteAllText($file, 'no program')
        $answer = Get-Answer 'Get-ProductState' @{ Detect = @{ file = $file } }
        $answer.file.path, $answer.file.exists, $answer.file.version | Should -Be $file, $true, $null
        $answer = Get-Answer 'Get-ProductState' @{ Detect = @{ file = "$file.none" } }
        $answer.file.path, $answer.file.exists, $answer.file.version | Should -Be "$file.none", $false, $null
    }

    It 'tells the version that a program states' {
        $program = [IO.Path]::Combine($PSHOME, 'System.Management.Automation.dll')
        (Get-Answer 'Get-ProductState' @{ Detect = @{ file = $program } }).file.version | Should -Match "^$($PSVersionTable.PSVersion.Major)\.$($PSVersionTable.PSVersion.Minor)\.\d+\.\d+$"
    }

    It 'wants its parameter' {
        Get-NotAsked 'Get-ProductState' @{ Detect = @{} } | Should -BeNullOrEmpty
        (Get-Refusal 'Get-ProductState' @{ Detect = 'Studio' }).code | Should -BeExactly 'bad-parameter'
    }
}

Describe 'Get-ProductState, with the real registry' {
    It 'finds a product in the <View> view' -Tag 'only on Windows' -ForEach @(@{ View = 'Registry64' }, @{ View = 'Registry32' }) {
        $name = "Exekra Pester $([Guid]::NewGuid().ToString('N'))"
        $machine = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', $View)
        $key = $machine.CreateSubKey("$uninstall\$name")
        $key.SetValue('DisplayName', $name)
        $key.SetValue('DisplayVersion', '1.4.2')
        $key.Close()
        try {
            Get-AnswerText 'Get-ProductState' @{ Detect = @{ uninstallName = $name } } |
                Should -BeExactly ('{"uninstall":{"displayName":"' + $name + '","version":"1.4.2","scope":"machine","account":null},"file":null,"service":null}')
        }
        finally { $machine.DeleteSubKey("$uninstall\$name") }
        (Get-Answer 'Get-ProductState' @{ Detect = @{ uninstallName = $name } }).uninstall | Should -BeNullOrEmpty
    }

    It 'finds a product of an account' -Tag 'only on Windows' {
        $name = "Exekra Pester $([Guid]::NewGuid().ToString('N'))"
        $users = [Microsoft.Win32.RegistryKey]::OpenBaseKey('Users', 'Registry64')
        $me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
        $key = $users.CreateSubKey("$me\$uninstall\$name")
        $key.SetValue('DisplayName', $name)
        $key.Close()
        try {
            $found = (Get-Answer 'Get-ProductState' @{ Detect = @{ uninstallName = $name } }).uninstall
            $found.scope, $found.account | Should -Be 'own-account', ([Security.Principal.WindowsIdentity]::GetCurrent().Name)
        }
        finally { $users.DeleteSubKey("$me\$uninstall\$name") }
    }

    It 'finds nothing where there is no registry' -Tag 'only on Linux' {
        (Get-Answer 'Get-ProductState' @{ Detect = @{ uninstallName = 'Studio' } }).uninstall | Should -BeNullOrEmpty
    }
}
