<#
.SYNOPSIS
A firewall that holds one rule, for the tests of the two verbs about it: what Windows spells in its own way, and what the lab's has not.
#>
foreach ($name in 'Get-NetFirewallProfile', 'Get-NetConnectionProfile') {
    # A mock needs a command of that name beforehand.
    if (-not (Test-Supplied $name)) { Set-Item -Path "function:$name" -Value { param($PolicyStore) } }
}

function Get-WindowsRule {
    # The rule as Windows has it, which does what the tests ask for, with these properties changed.
    param([hashtable]$But = @{})
    $rule = @{ Direction = 'Inbound'; Action = 'Allow'; Enabled = 'True'; Profile = 'Any'; Protocol = 'TCP'; LocalPort = '4545'; RemoteAddress = @('2001:db8::1', '10.0.0.0/255.255.255.0') }
    foreach ($name in $But.Keys) { $rule[$name] = $But[$name] }
    $rule
}

function Use-Firewall {
    # Lets the cmdlets of the firewall answer from $state.Rule, and write it.
    Mock Get-NetFirewallRule { if ($null -ne $state.Rule) { [pscustomobject]$state.Rule } }
    Mock Get-NetFirewallPortFilter -RemoveParameterType AssociatedNetFirewallRule {
        [pscustomobject]@{ Protocol = $AssociatedNetFirewallRule.Protocol; LocalPort = $AssociatedNetFirewallRule.LocalPort }
    }
    Mock Get-NetFirewallAddressFilter -RemoveParameterType AssociatedNetFirewallRule { [pscustomobject]@{ RemoteAddress = $AssociatedNetFirewallRule.RemoteAddress } }
    Mock Set-NetFirewallRule {
        $state.Rule = @{ Direction = "$Direction"; Action = "$Action"; Enabled = "$Enabled"; Profile = "$Profile"; Protocol = "$Protocol"; LocalPort = "$LocalPort"; RemoteAddress = @('10.0.0.0/255.255.255.0', '2001:db8::1') }
    }
    Mock New-NetFirewallRule { $state.Rule = Get-WindowsRule }
    Mock Get-NetFirewallProfile { }
}
