BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'registry.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'cim.ps1'))
}

Describe 'Get-BootId' {
    BeforeAll {
        Use-Cim
        Use-Registry
        Mock Test-Windows { $true }
    }
    BeforeEach {
        $state = @{ Keys = @{}; Filters = @(); Cim = @{
                Win32_Process = @(@{ CreationDate = (Get-Moment '2026-03-01T10:00:05.123Z') })
                Win32_OperatingSystem = @(@{ LastBootUpTime = (Get-Moment '2026-03-01T10:00:01.500Z') })
            }
        }
    }

    It 'is the moment at which services.exe was created, and tells when the system started' {
        Get-AnswerText 'Get-BootId' | Should -BeExactly '{"bootId":"20260301T100005123Z","bootTime":"2026-03-01T10:00:01.500Z","pendingReboot":[]}'
        $state.Filters | Should -Contain "Name = 'services.exe'"
    }

    It 'takes of several the first' {
        $state.Cim['Win32_Process'] = @(@{ CreationDate = (Get-Moment '2026-03-02T00:00:00Z') }, @{ CreationDate = (Get-Moment '2026-03-01T00:00:00Z') })
        (Get-Answer 'Get-BootId').bootId | Should -BeExactly '20260301T000000000Z'
    }

    It 'is the time of the start to ten seconds where that is not told: <Start>' -ForEach @(
        @{ Start = '2026-03-01T10:00:04.900Z'; BootId = '20260301T100000Z' }
        @{ Start = '2026-03-01T10:00:05.000Z'; BootId = '20260301T100010Z' }
        @{ Start = '2026-03-01T10:00:14.900Z'; BootId = '20260301T100010Z' }
        @{ Start = '2026-03-01T23:59:57.000Z'; BootId = '20260302T000000Z' }
    ) {
        $state.Cim['Win32_Process'] = @(@{ CreationDate = $null })
        $state.Cim['Win32_OperatingSystem'] = @(@{ LastBootUpTime = (Get-Moment $Start) })
        (Get-Answer 'Get-BootId').bootId | Should -BeExactly $BootId
        $state.Cim['Win32_Process'] = @()
        (Get-Answer 'Get-BootId').bootId | Should -BeExactly $BootId
    }

    It 'tells on Windows that CIM does not answer' {
        $state.Cim.Clear()
        (Get-Refusal 'Get-BootId').message | Should -BeExactly 'CIM has no Win32_Process here.'
    }

    It 'tells that a restart is wanted' {
        $state.Keys['HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'] = @{}
        (Get-Answer 'Get-BootId').pendingReboot.kind | Should -BeExactly 'component-servicing'
    }

    It 'takes no parameters' { (Get-Refusal 'Get-BootId' @{ Name = 'a' }).code | Should -BeExactly 'bad-parameter' }
}

Describe 'Get-BootId of this machine' {
    It 'is the same as long as it is not restarted' {
        $first = Get-AnswerText 'Get-BootId'
        Get-AnswerText 'Get-BootId' | Should -BeExactly $first
        [DateTime](ConvertFrom-Json $first).bootTime | Should -BeLessThan ([DateTime]::Now)
    }

    It 'is that of the kernel where there is no CIM' -Tag 'only on Linux' {
        Mock Test-Supplied { $false }
        (Get-Answer 'Get-BootId').bootId | Should -BeExactly ([IO.File]::ReadAllText('/proc/sys/kernel/random/boot_id').Trim())
        (Get-Answer 'Get-BootId').bootTime | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$'
    }
}
