BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'firewall.ps1'))

    function Get-Profile {
        # A profile of the firewall as its active store has it.
        param([string]$Name, [string]$Enabled, [string]$AllowInboundRules, [string]$DefaultInboundAction, [string]$AllowLocalFirewallRules)
        [pscustomobject]@{ Name = $Name; Enabled = $Enabled; AllowInboundRules = $AllowInboundRules; DefaultInboundAction = $DefaultInboundAction; AllowLocalFirewallRules = $AllowLocalFirewallRules }
    }

    function Get-PolicyText {
        # The policy in short: a line a profile.
        @((Get-Answer 'Get-FirewallRule' @{ Name = 'exekra' }).policy | ForEach-Object { "$($_.profile) $($_.effect) $(ConvertTo-WireJson $_.active)" })
    }
}

Describe 'Get-FirewallRule' {
    BeforeAll { Use-Firewall }
    BeforeEach { $state = @{ Rule = (Get-WindowsRule) } }

    It 'tells the rule in our own spelling' {
        Get-AnswerText 'Get-FirewallRule' @{ Name = 'exekra' } | Should -BeExactly (
            '{"exists":true,"enabled":true,"port":4545,"remoteAddresses":["10.0.0.0/24","2001:db8::1"],' +
            '"action":"allow","direction":"inbound","protocol":"tcp","profiles":["domain","private","public"],"policy":[]}')
    }

    It 'says how the rule differs' {
        $state.Rule = Get-WindowsRule @{ Action = 'Block'; Profile = 'Domain, Public'; Protocol = '17'; Direction = 'Outbound'; Enabled = 'False' }
        Get-AnswerText 'Get-FirewallRule' @{ Name = 'exekra' } | Should -BeExactly (
            '{"exists":true,"enabled":false,"port":4545,"remoteAddresses":["10.0.0.0/24","2001:db8::1"],' +
            '"action":"block","direction":"outbound","protocol":"udp","profiles":["domain","public"],"policy":[]}')
    }

    It 'reads the profiles <Text> as <Profiles>' -ForEach @(
        @{ Text = 'Any'; Profiles = 'domain private public' }
        @{ Text = '7'; Profiles = 'domain private public' }
        @{ Text = '0'; Profiles = 'domain private public' }
        @{ Text = 'Private'; Profiles = 'private' }
        @{ Text = 'Public, Domain'; Profiles = 'domain public' }
        @{ Text = 'NotApplicable'; Profiles = '' }
    ) {
        $state.Rule = Get-WindowsRule @{ Profile = $Text }
        (Get-Answer 'Get-FirewallRule' @{ Name = 'exekra' }).profiles -join ' ' | Should -BeExactly $Profiles
    }

    It 'tells no port where there are <Text>' -ForEach @(@{ Text = 'Any' }, @{ Text = '80-90' }, @{ Text = 'RPC' }, @{ Text = @('80', '443') }) {
        $state.Rule = Get-WindowsRule @{ LocalPort = $Text }
        (Get-Answer 'Get-FirewallRule' @{ Name = 'exekra' }).port | Should -BeNullOrEmpty
    }

    It 'reads protocol <Text> as <Protocol>' -ForEach @(@{ Text = '6'; Protocol = 'tcp' }, @{ Text = 'Any'; Protocol = 'any' }, @{ Text = '1'; Protocol = '1' }) {
        $state.Rule = Get-WindowsRule @{ Protocol = $Text }
        (Get-Answer 'Get-FirewallRule' @{ Name = 'exekra' }).protocol | Should -BeExactly $Protocol
    }

    It 'says that there is no rule' {
        $state.Rule = $null
        Get-AnswerText 'Get-FirewallRule' @{ Name = 'exekra' } | Should -BeExactly '{"exists":false,"enabled":false,"port":null,"remoteAddresses":[],"policy":[]}'
    }

    It 'never takes a name for a pattern' {
        [void](Get-Answer 'Get-FirewallRule' @{ Name = 'ex[e]*' })
        Should -Invoke Get-NetFirewallRule -Exactly 1 -ParameterFilter { $Name -ceq 'ex`[e`]`*' }
    }

    It 'says what policy makes of local rules, for each profile' {
        Mock Get-NetConnectionProfile { [pscustomobject]@{ NetworkCategory = 'DomainAuthenticated' } }
        Mock Get-NetFirewallProfile {
            Get-Profile 'Domain' 'True' 'True' 'Block' 'False'
            Get-Profile 'Private' 'False' 'True' 'Block' 'False'
            Get-Profile 'Public' 'True' 'False' 'Block' 'True'
        }
        Get-PolicyText | Should -BeExactly 'domain ignored true', 'private not-needed false', 'public all-blocked false'
        Should -Invoke Get-NetFirewallProfile -Exactly 1 -ParameterFilter { $PolicyStore -eq 'ActiveStore' }
    }

    It 'says that it does not know which profile is active' {
        Mock Get-NetConnectionProfile { }
        Mock Get-NetFirewallProfile {
            Get-Profile 'Domain' 'True' 'NotConfigured' 'NotConfigured' 'NotConfigured'
            Get-Profile 'Private' 'True' 'True' 'Allow' 'False'
        }
        Get-PolicyText | Should -BeExactly 'domain applies null', 'private not-needed null'
        Mock Get-NetConnectionProfile { throw 'no CIM' }
        Get-PolicyText | Should -BeExactly 'domain applies null', 'private not-needed null'
    }

    It 'says nothing about policy where the profiles cannot be asked' {
        Mock Get-NetFirewallProfile { throw 'no CIM' }
        Get-PolicyText | Should -BeNullOrEmpty
    }

    It 'refuses where there is no firewall to ask' {
        Mock Test-Supplied { $false }
        $refusal = Get-Refusal 'Get-FirewallRule' @{ Name = 'exekra' }
        $refusal.code | Should -BeExactly 'not-supported'
        $refusal.message | Should -BeExactly 'Windows Firewall is not available on this host.'
    }

    It 'tells on Windows why the firewall did not answer, and elsewhere that there is none' {
        Mock Get-NetFirewallRule { throw 'the service is stopped' }
        Mock Test-Windows { $true }
        $refusal = Get-Refusal 'Get-FirewallRule' @{ Name = 'exekra' }
        $refusal.code, $refusal.message | Should -BeExactly 'script-failed', 'the service is stopped'
        Mock Test-Windows { $false }
        $refusal = Get-Refusal 'Get-FirewallRule' @{ Name = 'exekra' }
        $refusal.code, $refusal.detail | Should -BeExactly 'not-supported', 'the service is stopped'
    }

    It 'wants its parameter' {
        Get-NotAsked 'Get-FirewallRule' @{ Name = 'exekra' } | Should -BeNullOrEmpty
        (Get-Refusal 'Get-FirewallRule' @{ Name = '' }).code | Should -BeExactly 'bad-parameter'
    }
}
