BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'ports.ps1'))

    function Get-Path { param([string]$Address, [int]$Port, [int]$TimeoutMs = 10000) Get-Answer 'Test-NetworkPath' @{ Address = $Address; Port = $Port; TimeoutMs = $TimeoutMs } }
}

Describe 'Test-NetworkPath' {
    It 'finds a port open' {
        Use-OpenPort {
            param($Port)
            $seen = Get-Path '127.0.0.1' $Port
            (@($seen.PSObject.Properties.Name) -join ' ') | Should -BeExactly 'outcome addresses elapsedMs detail'
            $seen.outcome, $seen.detail | Should -Be 'open', $null
            , $seen.addresses | Should -Be @('127.0.0.1')
            $seen.elapsedMs | Should -BeGreaterOrEqual 0
        }
    }

    It 'finds a port open that listens by IPv6' {
        if (-not [Net.Sockets.Socket]::OSSupportsIPv6) { Set-ItResult -Skipped -Because 'this machine has no IPv6' }
        Use-OpenPort { param($Port) (Get-Path '::1' $Port).outcome | Should -BeExactly 'open' } '::1'
    }

    It 'finds a port closed' {
        $seen = Get-Path '127.0.0.1' (Get-ClosedPort)
        $seen.outcome | Should -BeExactly 'refused'
        $seen.detail | Should -Match '^127\.0\.0\.1: .*refused'
    }

    It 'tells a network that cannot be reached from a port that is closed' {
        $seen = Get-Path '255.255.255.255' 9
        $seen.outcome | Should -BeExactly 'unreachable'
        $seen.detail | Should -Match '^255\.255\.255\.255: .'
    }

    # A listener whose queue is full answers nobody, as a firewall that drops.
    It 'says that nothing answered in time' -Tag 'only on Linux' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start(0)
        $port = $listener.LocalEndpoint.Port
        $waiting = @(1..4 | ForEach-Object { $client = [Net.Sockets.TcpClient]::new(); [void]$client.ConnectAsync('127.0.0.1', $port); $client })
        try {
            $seen = Get-Path '127.0.0.1' $port 300
            $seen.outcome | Should -BeExactly 'filtered'
            $seen.detail | Should -Match '^No answer from 127\.0\.0\.1 within \d+ ms\.$'
            $seen.elapsedMs | Should -BeGreaterOrEqual 290
        }
        finally {
            foreach ($client in $waiting) { $client.Dispose() }
            $listener.Stop()
        }
    }

    It 'counts of several addresses the one that got furthest: <Addresses>' -ForEach @(
        @{ Addresses = @('127.0.0.2', '127.0.0.1') }
        @{ Addresses = @('127.0.0.1', '127.0.0.2') }
        @{ Addresses = @('255.255.255.255', '127.0.0.1') }
    ) {
        Mock Resolve-HostAddress { , @($Addresses | ForEach-Object { [Net.IPAddress]::Parse($_) }) }
        Use-OpenPort {
            param($Port)
            $seen = Get-Path 'hub.example' $Port
            $seen.outcome | Should -BeExactly 'open'
            $seen.addresses | Should -Be $Addresses
        }
        (Get-Path 'hub.example' (Get-ClosedPort)).outcome | Should -BeExactly 'refused'
    }

    It 'says that a name does not resolve' {
        Mock Resolve-HostAddress { , @() }
        $seen = Get-Path 'none.invalid' 443 10
        $seen.outcome, $seen.detail | Should -Be 'unresolved', 'This host does not resolve none.invalid.'
        @($seen.addresses).Count | Should -Be 0
    }

    It 'wants all of its parameters' { Get-NotAsked 'Test-NetworkPath' @{ Address = 'a'; Port = 1; TimeoutMs = 1 } | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Address'; Value = '' }
        @{ Name = 'Port'; Value = 0 }
        @{ Name = 'Port'; Value = 65536 }
        @{ Name = 'Port'; Value = 'https' }
        @{ Name = 'TimeoutMs'; Value = 0 }
        @{ Name = 'TimeoutMs'; Value = 600001 }
    ) {
        (Get-Refusal 'Test-NetworkPath' (Get-Changed @{ Address = 'a'; Port = 1; TimeoutMs = 1 } $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}
