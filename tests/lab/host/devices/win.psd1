# What the lab has of its own in the complete PowerShell on Wine: what Wine lacks, and what Windows PowerShell 5.1 does otherwise.
@{
    ModuleVersion = '1.0.0'
    GUID = '6f0b2b1e-3f5f-4f0c-9a51-1d6a0c0f6b27'
    CompatiblePSEditions = @('Core')
    RootModule = 'Lab.Devices.dll'
    FunctionsToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @(
        'ConvertFrom-Json',
        'Get-CimInstance',
        'Invoke-CimMethod',
        'Get-NetFirewallAddressFilter',
        'Get-NetConnectionProfile',
        'Get-NetFirewallPortFilter',
        'Get-NetFirewallProfile',
        'Get-NetFirewallRule',
        'New-NetFirewallRule',
        'Remove-NetFirewallRule',
        'Set-NetFirewallProfile',
        'Set-NetFirewallRule',
        'Restart-Computer'
    )
}
