BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
}

Describe 'Get-ServiceState' {
    BeforeAll {
        Mock Get-Service {
            $plain = $Name[0] -replace '`(.)', '$1'
            if ($state.Services.ContainsKey($plain)) { [pscustomobject]$state.Services[$plain] }
        }
    }
    BeforeEach { $state = @{ Services = @{} } }

    It 'answers about every service in the order of the question' {
        $state.Services['b'] = @{ Name = 'B'; Status = 'Running'; StartType = 'Automatic' }
        Get-AnswerText 'Get-ServiceState' @{ Name = @('none', 'b') } | Should -BeExactly (
            '{"services":[{"name":"none","exists":false,"status":null,"startType":null},' +
            '{"name":"B","exists":true,"status":"running","startType":"automatic"}]}')
    }

    It 'tells <Status>, <StartType> as <Told>' -ForEach @(
        @{ Status = 'Stopped'; StartType = 'Manual'; Told = 'stopped manual' }
        @{ Status = 'StartPending'; StartType = 'Disabled'; Told = 'start-pending disabled' }
        @{ Status = 'StopPending'; StartType = 'Boot'; Told = 'stop-pending other' }
        @{ Status = 'Paused'; StartType = 'Automatic'; Told = 'paused automatic' }
        @{ Status = 'ContinuePending'; StartType = 'Automatic'; Told = 'other automatic' }
    ) {
        $state.Services['a'] = @{ Name = 'a'; Status = $Status; StartType = $StartType }
        $service = (Get-Answer 'Get-ServiceState' @{ Name = 'a' }).services[0]
        "$($service.status) $($service.startType)" | Should -BeExactly $Told
    }

    It 'never takes a name for a pattern' {
        [void](Get-Answer 'Get-ServiceState' @{ Name = '*' })
        Should -Invoke Get-Service -Exactly 1 -ParameterFilter { $Name -ceq '`*' }
    }

    It 'answers that there is none where there are no services at all' {
        Mock Test-Supplied { $false }
        (Get-Answer 'Get-ServiceState' @{ Name = 'a' }).services[0].exists | Should -BeFalse
    }

    It 'tells on Windows why services cannot be asked' {
        Mock Get-Service { throw 'the manager is not there' }
        Mock Test-Windows { $true }
        (Get-Refusal 'Get-ServiceState' @{ Name = 'a' }).message | Should -BeExactly 'the manager is not there'
        Mock Test-Windows { $false }
        (Get-Answer 'Get-ServiceState' @{ Name = 'a' }).services[0].exists | Should -BeFalse
    }

    It 'wants its parameter' { Get-NotAsked 'Get-ServiceState' @{ Name = 'a' } | Should -BeNullOrEmpty }

    It 'refuses Name = <Value>' -ForEach @(@{ Value = @() }, @{ Value = '' }, @{ Value = @('a', '') }) {
        (Get-Refusal 'Get-ServiceState' @{ Name = $Value }).code | Should -BeExactly 'bad-parameter'
    }
}

Describe 'Get-ServiceState, with services that are there' {
    It 'tells a service of this host, whatever the case of its name' {
        $name = @(Get-Service -Name '*' | Where-Object { [string]$_.StartType -eq 'Manual' })[0].Name
        $service = (Get-Answer 'Get-ServiceState' @{ Name = $name.ToUpperInvariant() }).services[0]
        $service.name, $service.exists, $service.startType | Should -BeExactly $name, $true, 'manual'
    }
}
