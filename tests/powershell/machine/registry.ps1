<#
.SYNOPSIS
A registry of a test's own, by the paths of its keys: what Open-MachineKey and Open-UserKey find instead of a hive of Windows.
.DESCRIPTION
$state.Keys holds it: a path with its values. Paths begin with HKLM, HKLM32 (the view of 32-bit programs), or the SID of an account; "me" is
the account of the session.
#>
function New-Key {
    # A key as the scripts use one.
    param([string]$Path)
    $key = [pscustomobject]@{ Name = $Path; Values = $(if ($state.Keys.ContainsKey($Path)) { $state.Keys[$Path] } else { @{} }) }
    $key | Add-Member -MemberType ScriptMethod -Name GetValue -Value { param($Name, $Default) if ($this.Values.ContainsKey($Name)) { , $this.Values[$Name] } else { $Default } }
    $key | Add-Member -MemberType ScriptMethod -Name GetValueNames -Value { , @($this.Values.Keys) }
    $key | Add-Member -MemberType ScriptMethod -Name GetSubKeyNames -Value {
        $prefix = $this.Name + '\'
        , @($state.Keys.Keys | Where-Object { $_.StartsWith($prefix) } | ForEach-Object { $_.Substring($prefix.Length).Split('\')[0] } | Sort-Object -Unique)
    }
    $key | Add-Member -MemberType ScriptMethod -Name OpenSubKey -Value { param($Name) Find-Key ($this.Name + '\' + $Name) }
    $key
}

function Find-Key {
    # The key of that path where it, or one below it, is there.
    param([string]$Path)
    if (@($state.Keys.Keys | Where-Object { $_ -eq $Path -or $_.StartsWith($Path + '\') }).Count -gt 0) { New-Key $Path }
}

function Use-Registry {
    # Lets scripts find what $state.Keys holds, as on Windows.
    Mock Open-MachineKey { Find-Key ($(if ($View -eq 'Registry32') { 'HKLM32\' } else { 'HKLM\' }) + $Path) }
    Mock Open-UserKey {
        foreach ($sid in 'me', 'S-1-5-21-1-2-3-500') {
            $key = Find-Key "$sid\$Path"
            if ($null -ne $key) { @{ Sid = $sid; Own = ($sid -eq 'me'); Key = $key } }
        }
    }
}
