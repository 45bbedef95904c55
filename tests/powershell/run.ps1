<#
.SYNOPSIS
Runs the Pester files below a folder and writes down what came of every test, as JSON.
.PARAMETER Module
The folder of Pester.
.PARAMETER Tests
The folder of the files.
.PARAMETER Result
The file to write.
#>
param(
    [Parameter(Mandatory = $true)][string]$Module,
    [Parameter(Mandatory = $true)][string]$Tests,
    [Parameter(Mandatory = $true)][string]$Result
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module -Name ([IO.Path]::Combine($Module, 'Pester.psd1'))

function Get-Complaint {
    # What was thrown, with its places outside of Pester.
    param($Records)
    $lines = foreach ($record in $Records) {
        if ($null -eq $record) { continue }
        [string]$record
        ([string]$record.ScriptStackTrace).Split("`n") | Where-Object { $_ -notmatch 'Pester\.\w+1: line' }
    }
    @($lines) -join "`n"
}

function Get-BlockComplaint {
    # What went wrong beside the tests: in what is run before and after them.
    param($Blocks)
    foreach ($block in $Blocks) {
        if ($null -eq $block) { continue }
        Get-Complaint $block.ErrorRecord
        Get-BlockComplaint $block.Blocks
    }
}

$elsewhere = if ($IsWindows) { 'only on Linux' } else { 'only on Windows' }
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Tests
$configuration.Run.PassThru = $true
$configuration.Filter.ExcludeTag = $elsewhere
$configuration.Output.Verbosity = 'None'
# Its key would be left behind in the registry of whoever runs this.
$configuration.TestRegistry.Enabled = $false
$run = Invoke-Pester -Configuration $configuration

$files = foreach ($container in $run.Containers) {
    $root = [IO.Path]::GetFullPath($Tests)
    $outcomes = foreach ($test in @($run.Tests | Where-Object { $_.ScriptBlock.File -eq $container.Item.FullName })) {
        $outcome = ([string]$test.Result).ToLowerInvariant()
        $why = Get-Complaint $test.ErrorRecord
        if ($outcome -eq 'notrun' -and $test.Tag -contains $elsewhere) { $outcome = 'skipped'; $why = $elsewhere }
        elseif ($outcome -eq 'skipped') { $why = [string]$test.ErrorRecord[0] -replace '^is skipped, because ', '' }
        [ordered]@{ name = $test.ExpandedPath; result = $outcome; why = $why }
    }
    [ordered]@{
        file = $container.Item.FullName.Substring($root.Length).TrimStart([char]'\', [char]'/').Replace('\', '/')
        problem = (@(Get-Complaint $container.ErrorRecord) + @(Get-BlockComplaint $container.Blocks) | Where-Object { $_ }) -join "`n"
        tests = @($outcomes)
    }
}
[IO.File]::WriteAllText($Result, (ConvertTo-Json -InputObject @($files) -Depth 4))
