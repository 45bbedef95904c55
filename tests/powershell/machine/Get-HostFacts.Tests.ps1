BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'registry.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'cim.ps1'))
    $names = 'hostName domain os powershell processors memoryBytes drives bootId bootTime clock pendingReboot administrator listening services'
}

Describe 'Get-HostFacts of a Windows Server' {
    BeforeAll {
        Use-Cim
        Use-Registry
        Mock Get-StartId { 'the start' }
        Mock Get-BootTime { '2026-03-01T10:00:00.000Z' }
        Mock Get-Service {
            [pscustomobject]@{ Name = 'Spooler'; Status = 'Running' }
            [pscustomobject]@{ Name = 'WinRM'; Status = 'StopPending' }
        }
    }
    BeforeEach {
        $state = @{ Keys = @{ 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion' = @{ EditionID = 'ServerStandard' } }; Filters = @(); Cim = @{
                Win32_OperatingSystem = @(@{ Caption = 'Microsoft Windows Server 2019 Standard '; Version = '10.0.17763'; BuildNumber = '17763'; ProductType = 3; OSArchitecture = '64-bit' })
                Win32_ComputerSystem = @(@{ PartOfDomain = $true; Domain = 'site.example'; TotalPhysicalMemory = [uint64]8589934592 })
                Win32_LogicalDisk = @(
                    @{ DeviceID = 'C:'; FreeSpace = [uint64]1099511627776; Size = [uint64]2199023255552 }
                    @{ DeviceID = 'D:'; FreeSpace = $null; Size = $null }
                )
            }
        }
    }

    It 'tells the system, the domain, the memory and the drives' {
        $text = Get-AnswerText 'Get-HostFacts'
        $text | Should -Match ([regex]::Escape('"domain":"site.example","os":{"caption":"Microsoft Windows Server 2019 Standard","version":"10.0.17763","build":17763,"productType":"server","edition":"ServerStandard","architecture":"64-bit"}'))
        $text | Should -Match ([regex]::Escape('"memoryBytes":8589934592,"drives":[{"name":"C:","freeBytes":1099511627776,"totalBytes":2199023255552}],"bootId":"the start","bootTime":"2026-03-01T10:00:00.000Z"'))
        $text | Should -Match ([regex]::Escape('"services":[{"name":"Spooler","status":"running"},{"name":"WinRM","status":"stoppending"}]}'))
        $state.Filters | Should -Contain 'DriveType = 3'
    }

    It 'reads the kind of product <Number> as <Type>' -ForEach @(
        @{ Number = 1; Type = 'workstation' }, @{ Number = 2; Type = 'domain-controller' }, @{ Number = 3; Type = 'server' }, @{ Number = 9; Type = 'unknown' }
    ) {
        $state.Cim['Win32_OperatingSystem'][0].ProductType = $Number
        (Get-Answer 'Get-HostFacts').os.productType | Should -BeExactly $Type
    }

    It 'tells no domain of a host that is in none' {
        $state.Cim['Win32_ComputerSystem'][0].PartOfDomain = $false
        $state.Cim['Win32_ComputerSystem'][0].Domain = 'WORKGROUP'
        (Get-Answer 'Get-HostFacts').domain | Should -BeNullOrEmpty
    }

    It 'tells no edition that the registry has not' {
        $state.Keys.Clear()
        (Get-Answer 'Get-HostFacts').os.edition | Should -BeNullOrEmpty
    }
}

Describe 'Get-HostFacts of this machine' {
    BeforeAll {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $facts = Get-Answer 'Get-HostFacts'
    }
    AfterAll { $listener.Stop() }

    It 'has every fact, in its order' { @($facts.PSObject.Properties.Name) -join ' ' | Should -BeExactly $names }

    It 'tells what this PowerShell knows of itself' {
        $facts.hostName | Should -BeExactly ([Environment]::MachineName)
        $facts.powershell.version, $facts.powershell.edition | Should -BeExactly ([string]$PSVersionTable.PSVersion), 'Core'
        $facts.processors | Should -Be ([Environment]::ProcessorCount)
    }

    It 'tells the ports at which somebody listens, each once and sorted' {
        $facts.listening | Should -Contain $listener.LocalEndpoint.Port
        $facts.listening | Should -Be @($facts.listening | Sort-Object -Unique)
    }

    It 'tells drives with their room' {
        @($facts.drives).Count | Should -BeGreaterThan 0
        foreach ($drive in $facts.drives) { $drive.freeBytes | Should -BeLessOrEqual $drive.totalBytes }
    }

    It 'tells the clock in UTC, which is after the start' {
        $facts.clock | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$'
        $away = [DateTimeOffset]::UtcNow - [DateTimeOffset]::Parse($facts.clock, [Globalization.CultureInfo]::InvariantCulture)
        [Math]::Abs($away.TotalMinutes) | Should -BeLessThan 5
        $facts.bootTime | Should -BeLessOrEqual $facts.clock
    }

    It 'tells that the account is an administrator' -Tag 'only on Linux' { $facts.administrator | Should -Be ([Environment]::UserName -eq 'root') }

    It 'takes no parameters' { (Get-Refusal 'Get-HostFacts' @{ Name = 'a' }).code | Should -BeExactly 'bad-parameter' }
}
