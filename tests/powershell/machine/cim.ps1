<#
.SYNOPSIS
CIM classes of a test's own: $state.Cim holds their instances by the name of the class.
#>
function Use-Cim {
    Mock Get-CimInstance {
        $class = "$ClassName"
        if (-not $state.Cim.ContainsKey($class)) { throw "CIM has no $class here." }
        $state.Filters += "$Filter"
        foreach ($one in @($state.Cim[$class])) { [pscustomobject]$one }
    }
}

function Get-Moment {
    # A moment of the local clock, as CIM gives one.
    param([string]$Utc)
    [DateTime]::Parse($Utc, [Globalization.CultureInfo]::InvariantCulture, 'AdjustToUniversal, AssumeUniversal').ToLocalTime()
}
