BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'firewall.ps1'))
    $asked = @{ Name = 'exekra'; DisplayName = 'Exekra'; Port = 4545; RemoteAddresses = @('10.0.0.0/24', '2001:DB8:0::1') }
    $right = '{"exists":true,"enabled":true,"port":4545,"remoteAddresses":["10.0.0.0/24","2001:db8::1"],' +
        '"action":"allow","direction":"inbound","protocol":"tcp","profiles":["domain","private","public"],"policy":[]}'
}

Describe 'Set-FirewallRule' {
    BeforeAll { Use-Firewall }
    BeforeEach { $state = @{ Rule = (Get-WindowsRule) } }

    It 'leaves a rule alone that Windows spells in its own way: <Addresses>' -ForEach @(
        @{ Addresses = @('10.0.0.0/24', '2001:DB8:0::1') }
        @{ Addresses = @('10.0.0.77/24', '2001:db8::1/128') }
        @{ Addresses = @('2001:db8::1', '10.0.0.0/255.255.255.0', '10.0.0.0/24') }
    ) {
        Get-AnswerText 'Set-FirewallRule' (Get-Changed $asked 'RemoteAddresses' $Addresses) | Should -BeExactly $right
        Should -Invoke Set-NetFirewallRule -Exactly 0
        Should -Invoke New-NetFirewallRule -Exactly 0
    }

    It 'puts a rule right that <What>' -ForEach @(
        @{ What = 'blocks'; But = @{ Action = 'Block' } }
        @{ What = 'is outbound'; But = @{ Direction = 'Outbound' } }
        @{ What = 'is for UDP'; But = @{ Protocol = 'UDP' } }
        @{ What = 'holds in one profile'; But = @{ Profile = 'Domain' } }
        @{ What = 'holds in two profiles'; But = @{ Profile = 'Domain, Private' } }
        @{ What = 'is off'; But = @{ Enabled = 'False' } }
        @{ What = 'is for another network'; But = @{ RemoteAddress = @('2001:db8::1', '10.0.0.0/255.255.0.0') } }
        @{ What = 'is for everybody'; But = @{ RemoteAddress = @('Any') } }
        @{ What = 'is for one address more'; But = @{ RemoteAddress = @('2001:db8::1', '10.0.0.0/24', '10.9.9.9') } }
        @{ What = 'is for another port'; But = @{ LocalPort = '4546' } }
        @{ What = 'is for two ports'; But = @{ LocalPort = @('4545', '4546') } }
    ) {
        $state.Rule = Get-WindowsRule $But
        Get-AnswerText 'Set-FirewallRule' $asked | Should -BeExactly $right
        Should -Invoke Set-NetFirewallRule -Exactly 1
        Should -Invoke New-NetFirewallRule -Exactly 0
    }

    It 'writes all of the rule' {
        $state.Rule = Get-WindowsRule @{ Action = 'Block' }
        [void](Get-Answer 'Set-FirewallRule' $asked)
        Should -Invoke Set-NetFirewallRule -Exactly 1 -ParameterFilter {
            $Name -eq 'exekra' -and "$Direction $Action $Enabled $Profile $Protocol $LocalPort" -eq 'Inbound Allow True Any TCP 4545' -and
            "$RemoteAddress" -eq '10.0.0.0/24 2001:DB8:0::1'
        }
    }

    It 'makes the rule where there is none' {
        $state.Rule = $null
        Get-AnswerText 'Set-FirewallRule' $asked | Should -BeExactly $right
        Should -Invoke Set-NetFirewallRule -Exactly 0
        Should -Invoke New-NetFirewallRule -Exactly 1 -ParameterFilter {
            $Name -eq 'exekra' -and $DisplayName -eq 'Exekra' -and $Group -eq 'Exekra Rollout' -and
            "$Direction $Action $Enabled $Profile $Protocol $LocalPort" -eq 'Inbound Allow True Any TCP 4545' -and
            "$RemoteAddress" -eq '10.0.0.0/24 2001:DB8:0::1'
        }
    }

    It 'refuses where there is no firewall' {
        Mock Test-Supplied { $false }
        (Get-Refusal 'Set-FirewallRule' $asked).code | Should -BeExactly 'not-supported'
        Should -Invoke New-NetFirewallRule -Exactly 0
    }

    It 'wants all of its parameters' { Get-NotAsked 'Set-FirewallRule' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Name'; Value = '' }
        @{ Name = 'Name'; Value = 'exekra*' }
        @{ Name = 'Name'; Value = 'x' * 201 }
        @{ Name = 'DisplayName'; Value = '' }
        @{ Name = 'Port'; Value = 0 }
        @{ Name = 'Port'; Value = 65536 }
        @{ Name = 'RemoteAddresses'; Value = @() }
        @{ Name = 'RemoteAddresses'; Value = @('10.0.0.1', '') }
    ) {
        (Get-Refusal 'Set-FirewallRule' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
        Should -Invoke Get-NetFirewallRule -Exactly 0
    }
}

Describe 'Set-FirewallRule, with a firewall that is written down' {
    It 'makes a rule, finds it as it is to be, and changes it' {
        $name = "exekra pester $([Guid]::NewGuid().ToString('N'))"
        $rule = @{ Name = $name; DisplayName = 'Exekra'; Port = 4545; RemoteAddresses = @('10.0.0.1') }
        (Get-Answer 'Get-FirewallRule' @{ Name = $name }).exists | Should -BeFalse
        $made = Get-AnswerText 'Set-FirewallRule' $rule
        $made | Should -Match '^{"exists":true,"enabled":true,"port":4545,"remoteAddresses":\["10.0.0.1"\],"action":"allow","direction":"inbound","protocol":"tcp"'
        Get-AnswerText 'Set-FirewallRule' $rule | Should -BeExactly $made
        (Get-Answer 'Set-FirewallRule' (Get-Changed $rule 'Port' 4546)).port | Should -Be 4546
        (Get-Answer 'Get-FirewallRule' @{ Name = $name }).port | Should -Be 4546
        Remove-NetFirewallRule -Name $name
    }
}
