BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    $asked = @{ Name = 'exekra'; TimeoutMs = 10000 }
}

Describe 'Start-HostService' {
    BeforeAll {
        # One status an asking; the last one stays.
        Mock Get-ServiceAnswer {
            $status = $state.Statuses[[Math]::Min($state.Asked, $state.Statuses.Count - 1)]
            $state.Asked++
            [ordered]@{ name = $Name; exists = ($status -ne 'none'); status = $status; startType = $state.StartType }
        }
        Mock Start-Service { $state.StartedAfter = $state.Asked }
        Mock Start-Sleep { }
    }
    BeforeEach { $state = @{ Statuses = @('stopped', 'start-pending', 'running'); StartType = 'manual'; Asked = 0; StartedAfter = 0 } }

    It 'starts a service and waits until it runs' {
        Get-AnswerText 'Start-HostService' $asked | Should -BeExactly '{"name":"exekra","exists":true,"status":"running","startType":"manual"}'
        Should -Invoke Start-Service -Exactly 1
        $state.Asked | Should -Be 3
    }

    It 'leaves a service alone that runs' {
        $state.Statuses = @('running')
        (Get-Answer 'Start-HostService' $asked).status | Should -BeExactly 'running'
        Should -Invoke Start-Service -Exactly 0
    }

    It 'starts a service that is still stopping once it has stopped, and only once' {
        $state.Statuses = @('stop-pending', 'stop-pending', 'stopped', 'stopped', 'stopped', 'running')
        (Get-Answer 'Start-HostService' $asked).status | Should -BeExactly 'running'
        Should -Invoke Start-Service -Exactly 1
        $state.StartedAfter | Should -Be 3
    }

    It 'waits for a service that somebody else is starting' {
        $state.Statuses = @('start-pending', 'running')
        (Get-Answer 'Start-HostService' $asked).status | Should -BeExactly 'running'
        Should -Invoke Start-Service -Exactly 0
    }

    It 'never takes a name for a pattern' {
        [void](Get-Answer 'Start-HostService' (Get-Changed $asked 'Name' 'a[b]*'))
        Should -Invoke Start-Service -Exactly 1 -ParameterFilter { $Name -ceq 'a`[b`]`*' }
    }

    It 'refuses a service that is not there' {
        $state.Statuses = @('none')
        $refusal = Get-Refusal 'Start-HostService' $asked
        $refusal.code, $refusal.message | Should -BeExactly 'no-service', 'There is no service exekra on this host.'
    }

    It 'refuses a service that is disabled' {
        $state.StartType = 'disabled'
        $refusal = Get-Refusal 'Start-HostService' $asked
        $refusal.code, $refusal.message | Should -BeExactly 'service-disabled', 'The service exekra is disabled and cannot be started.'
        Should -Invoke Start-Service -Exactly 0
    }

    It 'says why Windows did not start it, from the root' {
        Mock Start-Service { throw [InvalidOperationException]::new('Service cannot be started.', [ComponentModel.Win32Exception]::new('The dependency failed.')) }
        $refusal = Get-Refusal 'Start-HostService' $asked
        $refusal.code, $refusal.message | Should -BeExactly 'service-not-started', 'The service exekra did not start: The dependency failed.'
        $refusal.detail | Should -BeExactly 'Service cannot be started.'
    }

    It 'gives up when its time is over, and tells the status' {
        $state.Statuses = @('start-pending')
        $refusal = Get-Refusal 'Start-HostService' (Get-Changed $asked 'TimeoutMs' 20)
        $refusal.code, $refusal.message | Should -BeExactly 'service-not-started', 'The service exekra did not run within 20 ms. Its status is start-pending.'
    }

    It 'does not start a service again that stops after its start' {
        $state.Statuses = @('stopped')
        (Get-Refusal 'Start-HostService' (Get-Changed $asked 'TimeoutMs' 50)).code | Should -BeExactly 'service-not-started'
        Should -Invoke Start-Service -Exactly 1
    }

    It 'wants all of its parameters' { Get-NotAsked 'Start-HostService' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Name'; Value = '' }
        @{ Name = 'TimeoutMs'; Value = 0 }
        @{ Name = 'TimeoutMs'; Value = 600001 }
    ) {
        (Get-Refusal 'Start-HostService' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}

Describe 'Start-HostService, with a service that is written down' {
    It 'starts it' -Tag 'only on Linux' {
        (Get-Answer 'Start-HostService' @{ Name = 'exekra suite'; TimeoutMs = 10000 }).status | Should -BeExactly 'running'
        (Get-Answer 'Get-ServiceState' @{ Name = 'exekra suite' }).services[0].status | Should -BeExactly 'running'
    }
}

Describe 'Start-HostService, with a service of Windows' {
    It 'starts it' -Tag 'only on Windows' {
        (Get-Answer 'Start-HostService' @{ Name = 'Spooler'; TimeoutMs = 60000 }).status | Should -BeExactly 'running'
        (Get-Answer 'Get-ServiceState' @{ Name = 'Spooler' }).services[0].status | Should -BeExactly 'running'
    }
}
