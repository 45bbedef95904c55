<#
.SYNOPSIS
What the scripts of Exekra Rollout share: the one answer of a script, errors with a code, and the journal of a job.
.DESCRIPTION
Works on Windows PowerShell 5.1 and PowerShell 7. ASCII only: Windows PowerShell reads a file without a byte order mark in the
code page of the host. The answer is written by ConvertTo-WireJson and not by ConvertTo-Json, whose output differs between
the two (dates, wrapped arrays, strings that carry properties) and which cuts silently what is nested too deep.
#>
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Stop-WithCode {
    # Ends the script with an error that has a short stable code and a sentence for the operator.
    param([string]$Code, [string]$Message, [string]$Detail = '')
    $exception = New-Object System.InvalidOperationException -ArgumentList $Message
    $exception.Data['RolloutCode'] = $Code
    $exception.Data['RolloutDetail'] = $Detail
    throw $exception
}

function Write-Envelope {
    # Runs a script's body and writes the one JSON document that the script answers with: its object, or its error.
    param([scriptblock]$EnvelopeBody)
    try {
        $envelopeAnswer = @(& $EnvelopeBody)
        if ($envelopeAnswer.Count -ne 1) { Stop-WithCode 'bad-script' ('The script gave {0} answers instead of one.' -f $envelopeAnswer.Count) }
        ConvertTo-WireJson ([ordered]@{ ok = $true; data = $envelopeAnswer[0] })
    }
    catch { ConvertTo-FailureEnvelope $_.Exception $_.ScriptStackTrace }
}

function ConvertTo-FailureEnvelope {
    # The JSON document of an exception. One that Stop-WithCode threw keeps its code; any other gets one by its kind.
    param([Exception]$Exception, [string]$Trace = '')
    $inner = $Exception
    while ($null -ne $inner.InnerException -and -not $inner.Data.Contains('RolloutCode')) { $inner = $inner.InnerException }
    $code = 'script-failed'
    $detail = $inner.GetType().FullName + "`n" + $Trace
    if ($inner.Data.Contains('RolloutCode')) {
        $code = [string]$inner.Data['RolloutCode']
        $detail = [string]$inner.Data['RolloutDetail']
    }
    elseif ($Exception -is [System.Management.Automation.ParameterBindingException]) { $code = 'bad-parameter' }
    elseif ($inner -is [System.UnauthorizedAccessException] -or $inner -is [System.Security.SecurityException]) { $code = 'access-denied' }
    elseif ($inner -is [System.IO.IOException] -and ($inner.HResult -band 0xffff) -in 39, 112) { $code = 'disk-full' }
    elseif ($inner -is [System.IO.IOException] -and -not (Test-Windows) -and $inner.HResult -eq 28) { $code = 'disk-full' }
    ConvertTo-WireJson ([ordered]@{ ok = $false; error = [ordered]@{ code = $code; message = [string]$inner.Message; detail = $detail } })
}

function ConvertTo-WireJson {
    # JSON of nulls, booleans, whole and broken numbers, strings, dictionaries and arrays. Anything else is an error, never a guess.
    param($Value)
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [string]) { return ConvertTo-JsonString $Value }
    if ($Value -is [bool]) { if ($Value) { return 'true' } else { return 'false' } }
    if ($Value -is [decimal]) { return $Value.ToString([Globalization.CultureInfo]::InvariantCulture) }
    if ($Value -is [double] -or $Value -is [single]) { return ([IFormattable]$Value).ToString('R', [Globalization.CultureInfo]::InvariantCulture) }
    if ($Value -is [ValueType] -and $Value -is [IConvertible] -and $Value -isnot [Enum] -and $Value -isnot [DateTime] -and $Value -isnot [char]) {
        return ([IFormattable]$Value).ToString('D', [Globalization.CultureInfo]::InvariantCulture)
    }
    $parts = New-Object System.Collections.ArrayList
    if ($Value -is [System.Collections.IDictionary]) {
        # Not by $Value.Keys: a dictionary may have an entry of that name.
        foreach ($entry in $Value.GetEnumerator()) { [void]$parts.Add((ConvertTo-JsonString ([string]$entry.Key)) + ':' + (ConvertTo-WireJson $entry.Value)) }
        return '{' + ($parts -join ',') + '}'
    }
    if ($Value -is [System.Collections.IList]) {
        foreach ($item in $Value) { [void]$parts.Add((ConvertTo-WireJson $item)) }
        return '[' + ($parts -join ',') + ']'
    }
    Stop-WithCode 'bad-script' ('The script answered with a {0}, which has no JSON.' -f $Value.GetType().FullName)
}

function ConvertTo-JsonString {
    # A JSON string in ASCII: everything outside printable ASCII is written as \uXXXX, so no code page can change it.
    param([string]$Text)
    # By case: without it the Kelvin sign counts as a K and would be left as it is.
    if ($Text -cnotmatch '[^\x20-\x7e]|["\\]') { return '"' + $Text + '"' }
    $builder = New-Object System.Text.StringBuilder
    [void]$builder.Append('"')
    foreach ($character in $Text.ToCharArray()) {
        $number = [int]$character
        if ($number -eq 34) { [void]$builder.Append('\"') }
        elseif ($number -eq 92) { [void]$builder.Append('\\') }
        elseif ($number -ge 32 -and $number -le 126) { [void]$builder.Append($character) }
        else { [void]$builder.Append('\u').Append($number.ToString('x4')) }
    }
    return $builder.Append('"').ToString()
}

function ConvertTo-UtcText {
    # A moment as ISO 8601 in UTC, to the millisecond.
    param([DateTime]$Moment)
    $Moment.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [Globalization.CultureInfo]::InvariantCulture)
}

function Test-Windows {
    # True on Windows. ($IsWindows does not exist in Windows PowerShell.)
    [Environment]::OSVersion.Platform -eq [PlatformID]::Win32NT
}

function Test-Supplied {
    # True where this PowerShell has a command of that name.
    param([string]$Name)
    $null -ne (Get-Command -Name $Name -ErrorAction Ignore)
}

function Get-CimAnswer {
    # The instances of a CIM class, or nothing where this PowerShell has no CIM (not on Windows).
    param([string]$ClassName, [string]$Filter = '')
    if (-not (Test-Supplied 'Get-CimInstance')) { return }
    try {
        if ($Filter) { Get-CimInstance -ClassName $ClassName -Filter $Filter }
        else { Get-CimInstance -ClassName $ClassName }
    }
    # On Windows a CIM that does not answer is an error worth telling; elsewhere it is only absent.
    catch { if (Test-Windows) { throw } }
}

function Get-StartId {
    # An id of the present start of the operating system: it changes with every start, and not before.
    # Windows works LastBootUpTime out from the present clock, so it moves when the clock is corrected. When services.exe was created was
    # written down once, at the start; it cannot be started again without a restart of Windows. That moment is the id. Where it is
    # not told, LastBootUpTime to the nearest ten seconds serves. Linux: the boot id of the kernel.
    if (Test-Windows) {
        $first = @(Get-CimAnswer 'Win32_Process' "Name = 'services.exe'" | Sort-Object -Property CreationDate)
        if ($first.Count -gt 0 -and $null -ne $first[0].CreationDate) { return ([DateTime]$first[0].CreationDate).ToUniversalTime().ToString('yyyyMMddTHHmmssfffZ', [Globalization.CultureInfo]::InvariantCulture) }
    }
    $told = Get-ToldBootTime
    if ($null -ne $told) { return $told.AddSeconds(5).ToString('yyyyMMddTHHmmss', [Globalization.CultureInfo]::InvariantCulture).Substring(0, 14) + '0Z' }
    $kernelId = '/proc/sys/kernel/random/boot_id'
    if ([IO.File]::Exists($kernelId)) { return [IO.File]::ReadAllText($kernelId).Trim() }
    Stop-WithCode 'no-boot-id' 'This host does not report when it was started.' 'There is neither Win32_OperatingSystem nor a boot id of the kernel.'
}

function Get-ToldBootTime {
    # LastBootUpTime in UTC, or nothing where there is no CIM.
    $system = @(Get-CimAnswer 'Win32_OperatingSystem')
    if ($system.Count -gt 0 -and $null -ne $system[0].LastBootUpTime) { ([DateTime]$system[0].LastBootUpTime).ToUniversalTime() }
}

function Get-BootTime {
    # When the operating system was started, as text in UTC.
    $told = Get-ToldBootTime
    if ($null -ne $told) { return ConvertTo-UtcText $told }
    $line = @([IO.File]::ReadAllLines('/proc/stat') | Where-Object { $_ -match '^btime ' })[0]
    ConvertTo-UtcText (New-Object DateTime -ArgumentList 1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc)).AddSeconds([double]($line -replace '^btime ', ''))
}

function Open-MachineKey {
    # A key under HKEY_LOCAL_MACHINE, to be read; nothing where there is no such key or no registry. View: Registry64 or Registry32.
    param([string]$Path, [string]$View = 'Registry64')
    if (-not (Test-Windows)) { return }
    $hive = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]$View)
    $hive.OpenSubKey($Path)
}

function Open-UserKey {
    # A key of every account whose part of the registry is loaded: its SID, whether the account is ours, the key. A session without a
    # profile of its own writes to .DEFAULT, which is the system's.
    param([string]$Path)
    if (-not (Test-Windows)) { return }
    $users = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::Users, [Microsoft.Win32.RegistryView]::Registry64)
    $names = @($users.GetSubKeyNames())
    $me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
    $mine = if ($me -ne 'S-1-5-18' -and $names -contains $me) { $me } else { '.DEFAULT' }
    foreach ($name in $names) {
        if ($name -notmatch '^(\.DEFAULT|S-1-5-21-[0-9-]+|S-1-12-1-[0-9-]+)$') { continue }
        $key = $null
        try { $key = $users.OpenSubKey("$name\$Path") }
        catch { Write-Verbose $_.Exception.Message }
        if ($null -ne $key) { @{ Sid = $name; Own = ($name -eq $mine); Key = $key } }
    }
}

function Get-AccountName {
    # The name of a SID; the SID itself where Windows knows no name.
    param([string]$Sid)
    if ($Sid -eq '.DEFAULT') { $Sid = 'S-1-5-18' }
    try { (New-Object Security.Principal.SecurityIdentifier -ArgumentList $Sid).Translate([Security.Principal.NTAccount]).Value }
    catch { $Sid }
}

function Resolve-HostAddress {
    # The addresses behind a name, asked for within that time; an address literal is itself. Empty where there are none.
    param([string]$Address, [int]$Milliseconds)
    $literal = $null
    if ([Net.IPAddress]::TryParse($Address, [ref]$literal)) { return , @($literal) }
    $asking = [Net.Dns]::GetHostAddressesAsync($Address)
    try { if ($asking.Wait([Math]::Max(1, $Milliseconds))) { return , @($asking.Result) } }
    catch { Write-Verbose $_.Exception.Message }
    , @()
}

function Get-TlsAttempt {
    # The versions of TLS to try one after the other. PowerShell 7 leaves the choice to the system. Windows PowerShell would offer TLS 1.0 by
    # itself, so it is told; TLS 1.3 comes second, where .NET and Windows (Server 2022, 11) know it, because no other attempt may suffer from it.
    if ($PSVersionTable.PSEdition -eq 'Core') { return 'None' }
    'Tls12'
    if ([Enum]::GetNames([Security.Authentication.SslProtocols]) -contains 'Tls13' -and [Environment]::OSVersion.Version.Build -ge 20348) { 'Tls13' }
}

function Get-ConsolePage {
    # The code page in which console programs write: the system's own, which the language of an account does not change.
    $key = Open-MachineKey 'SYSTEM\CurrentControlSet\Control\Nls\CodePage'
    $page = 0
    if ($null -ne $key -and [int]::TryParse([string]$key.GetValue('OEMCP'), [ref]$page) -and $page -gt 0) { return $page }
    [Globalization.CultureInfo]::CurrentCulture.TextInfo.OEMCodePage
}

function Get-PendingFile {
    # The files of one list of pending renames: pairs of a file and its new name, which is empty where the file will be deleted.
    # Updaters keep entries for ever that only delete something in a temporary folder: no restart is wanted for those.
    param([object[]]$Names)
    for ($index = 0; $index -lt $Names.Count; $index += 2) {
        $pair = @($Names[$index..[Math]::Min($index + 1, $Names.Count - 1)] | Where-Object { $_ } | ForEach-Object { ([string]$_) -replace '^!?\\\?\?\\', '' })
        if ($pair.Count -eq 1 -and $pair[0] -match '\\(Temp|SystemTemp)\\') { continue }
        $pair
    }
}

function Get-PendingReboot {
    # The signs that Windows wants a restart, each with its evidence. Nothing where there is no registry.
    $signals = New-Object System.Collections.ArrayList
    $servicing = Open-MachineKey 'SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'
    if ($null -ne $servicing) { [void]$signals.Add([ordered]@{ kind = 'component-servicing'; evidence = @($servicing.Name) }) }
    $update = Open-MachineKey 'SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'
    if ($null -ne $update) { [void]$signals.Add([ordered]@{ kind = 'windows-update'; evidence = @(@($update.Name) + @($update.GetValueNames())) }) }
    $session = Open-MachineKey 'SYSTEM\CurrentControlSet\Control\Session Manager'
    if ($null -ne $session) {
        $files = @('PendingFileRenameOperations', 'PendingFileRenameOperations2' | ForEach-Object { Get-PendingFile @($session.GetValue($_, $null)) })
        if ($files.Count -gt 0) { [void]$signals.Add([ordered]@{ kind = 'file-rename'; evidence = @($files | Select-Object -First 20) }) }
    }
    $active = Open-MachineKey 'SYSTEM\CurrentControlSet\Control\ComputerName\ActiveComputerName'
    $wanted = Open-MachineKey 'SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName'
    if ($null -ne $active -and $null -ne $wanted) {
        $now = [string]$active.GetValue('ComputerName')
        $next = [string]$wanted.GetValue('ComputerName')
        if ($now -and $next -and $now -ne $next) { [void]$signals.Add([ordered]@{ kind = 'computer-rename'; evidence = @("$now will be $next") }) }
    }
    $logon = Open-MachineKey 'SYSTEM\CurrentControlSet\Services\Netlogon'
    if ($null -ne $logon) {
        $joining = @(@($logon.GetValueNames()) | Where-Object { $_ -eq 'JoinDomain' -or $_ -eq 'AvoidSpnSet' })
        if ($joining.Count -gt 0) { [void]$signals.Add([ordered]@{ kind = 'domain-join'; evidence = $joining }) }
    }
    , $signals.ToArray()
}

function Find-Service {
    # The services of a name pattern; none on a host that has no Windows services.
    param([string]$Pattern)
    if (-not (Test-Supplied 'Get-Service')) { return }
    # Some services let no one ask: the rest are still worth having.
    try { Get-Service -Name $Pattern -ErrorAction SilentlyContinue }
    catch { if (Test-Windows) { throw } }
}

function Get-ServiceAnswer {
    # What a service does now, and how it starts. A host without services answers that there is none of that name.
    param([string]$Name)
    $absent = [ordered]@{ name = $Name; exists = $false; status = $null; startType = $null }
    $service = @(Find-Service ([WildcardPattern]::Escape($Name)))
    if ($service.Count -eq 0) { return $absent }
    $states = @{ Running = 'running'; Stopped = 'stopped'; StartPending = 'start-pending'; StopPending = 'stop-pending'; Paused = 'paused' }
    $starts = @{ Automatic = 'automatic'; Manual = 'manual'; Disabled = 'disabled' }
    $status = [string]$service[0].Status
    $start = [string]$service[0].StartType
    [ordered]@{
        name = [string]$service[0].Name; exists = $true
        status = $(if ($states.ContainsKey($status)) { $states[$status] } else { 'other' })
        startType = $(if ($starts.ContainsKey($start)) { $starts[$start] } else { 'other' })
    }
}

function Get-FirewallAnswer {
    # The rule of that name: what it does, for which port and addresses (sorted, as ConvertTo-PrefixAddress writes them), and what policy makes of it.
    param([string]$Name)
    if (-not (Test-Supplied 'Get-NetFirewallRule')) { Stop-WithCode 'not-supported' 'Windows Firewall is not available on this host.' 'Get-NetFirewallRule does not exist here.' }
    try { $found = @(Get-NetFirewallRule -Name ([WildcardPattern]::Escape($Name)) -ErrorAction SilentlyContinue) }
    catch {
        if (Test-Windows) { throw }
        Stop-WithCode 'not-supported' 'Windows Firewall is not available on this host.' $_.Exception.Message
    }
    $policy = @(Get-FirewallPolicy)
    if ($found.Count -eq 0) { return [ordered]@{ exists = $false; enabled = $false; port = $null; remoteAddresses = @(); policy = $policy } }
    $filter = Get-NetFirewallPortFilter -AssociatedNetFirewallRule $found[0]
    $ports = @($filter.LocalPort)
    $addresses = @((Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $found[0]).RemoteAddress | ForEach-Object { ConvertTo-PrefixAddress ([string]$_) } | Sort-Object)
    $port = $null
    if ($ports.Count -eq 1 -and [string]$ports[0] -match '^\d+$') { $port = [int]$ports[0] }
    $numbers = @{ '6' = 'tcp'; '17' = 'udp' }
    $protocol = ([string]$filter.Protocol).ToLowerInvariant()
    if ($numbers.ContainsKey($protocol)) { $protocol = $numbers[$protocol] }
    $profiles = @(([string]$found[0].Profile).ToLowerInvariant().Split(',') | ForEach-Object { $_.Trim() } | Where-Object { $_ -in 'domain', 'private', 'public' } | Sort-Object)
    if ([string]$found[0].Profile -in 'Any', '0', '7') { $profiles = @('domain', 'private', 'public') }
    [ordered]@{
        exists = $true; enabled = ([string]$found[0].Enabled -eq 'True'); port = $port; remoteAddresses = $addresses
        action = ([string]$found[0].Action).ToLowerInvariant(); direction = ([string]$found[0].Direction).ToLowerInvariant()
        protocol = $protocol; profiles = $profiles; policy = $policy
    }
}

function Test-FirewallAnswer {
    # True where a rule as Get-FirewallAnswer tells it allows that TCP port to those addresses, and no others, in every profile.
    param($Rule, [int]$Port, [string[]]$RemoteAddresses)
    $wanted = @($RemoteAddresses | ForEach-Object { ConvertTo-PrefixAddress $_ } | Sort-Object -Unique)
    $Rule.exists -and $Rule.enabled -and $Rule.port -eq $Port -and (@($Rule.remoteAddresses) -join ' ') -eq ($wanted -join ' ') -and
        $Rule.action -eq 'allow' -and $Rule.direction -eq 'inbound' -and $Rule.protocol -eq 'tcp' -and @($Rule.profiles).Count -eq 3
}

function Get-FirewallPolicy {
    # What becomes of a local inbound rule in each profile, and whether a network of this host has that profile now. Nothing where that
    # cannot be asked. The active store holds what group policy and the host's own settings come to.
    if (-not (Test-Supplied 'Get-NetFirewallProfile')) { return }
    $active = $null
    if (Test-Supplied 'Get-NetConnectionProfile') {
        try { $active = @(Get-NetConnectionProfile | ForEach-Object { ([string]$_.NetworkCategory) -replace 'DomainAuthenticated', 'Domain' }) }
        catch { Write-Verbose $_.Exception.Message }
    }
    try {
        foreach ($one in @(Get-NetFirewallProfile -PolicyStore ActiveStore)) {
            $effect = 'applies'
            if ([string]$one.Enabled -eq 'False') { $effect = 'not-needed' }
            elseif ([string]$one.AllowInboundRules -eq 'False') { $effect = 'all-blocked' }
            elseif ([string]$one.DefaultInboundAction -eq 'Allow') { $effect = 'not-needed' }
            elseif ([string]$one.AllowLocalFirewallRules -eq 'False') { $effect = 'ignored' }
            [ordered]@{
                profile = ([string]$one.Name).ToLowerInvariant(); effect = $effect
                active = $(if ($null -eq $active -or $active.Count -eq 0) { $null } else { $active -contains [string]$one.Name })
            }
        }
    }
    catch { Write-Verbose $_.Exception.Message }
}

function ConvertTo-PrefixAddress {
    # An address or network as this firewall and we both write it: masks as prefix lengths, no bits of a host in a network, IPv6 short and in
    # lower case. Ranges and words as they are.
    param([string]$Address)
    if ($Address -notmatch '^([0-9A-Fa-f.:]+)(?:/(.+))?$') { return $Address }
    $text = $Matches[1]
    $length = $(if ($Matches.ContainsKey(2)) { $Matches[2] } else { '' })
    $parsed = $null
    if ($text -match '^\d+$' -or -not [Net.IPAddress]::TryParse($text, [ref]$parsed)) { return $Address }
    $bytes = $parsed.GetAddressBytes()
    $most = $bytes.Length * 8
    $bits = $most
    if ($length -match '^\d{1,3}$' -and [int]$length -le $most) { $bits = [int]$length }
    elseif ($length -match '^\d+\.\d+\.\d+\.\d+$' -and $most -eq 32) {
        $mask = (@([Net.IPAddress]::Parse($length).GetAddressBytes() | ForEach-Object { [Convert]::ToString([int]$_, 2).PadLeft(8, '0') }) -join '').TrimEnd('0')
        if ($mask.Contains('0')) { return $Address }
        $bits = $mask.Length
    }
    elseif ($length -ne '') { return $Address }
    for ($index = 0; $index -lt $bytes.Length; $index++) {
        $kept = [Math]::Min(8, [Math]::Max(0, $bits - $index * 8))
        $bytes[$index] = $bytes[$index] -band (0xff -shl (8 - $kept)) -band 0xff
    }
    $network = (New-Object Net.IPAddress -ArgumentList (, $bytes)).ToString()
    if ($bits -eq $most) { return $network }
    "$network/$bits"
}

function Get-Sha256 {
    # The SHA-256 of bytes or of a stream, in lower case.
    param($Content)
    $algorithm = [Security.Cryptography.SHA256]::Create()
    try { ([BitConverter]::ToString($algorithm.ComputeHash($Content)) -replace '-', '').ToLowerInvariant() }
    finally { $algorithm.Dispose() }
}

function Test-StoredCertificate {
    # True where an open store has the certificate with that SHA-256. Each one that was looked at is let go of at once: it holds the store
    # open, and a system may write what was added only when nothing does (Wine).
    param($Store, [string]$Sha256)
    $found = $false
    foreach ($certificate in $Store.Certificates) {
        if ((Get-Sha256 $certificate.RawData) -eq $Sha256) { $found = $true }
        $certificate.Dispose()
    }
    $found
}

function Get-FileSha256 {
    # The SHA-256 of a file that others may be reading, in lower case.
    param([string]$Path)
    $stream = New-Object IO.FileStream -ArgumentList $Path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::Read)
    try { Get-Sha256 $stream }
    finally { $stream.Dispose() }
}

function Test-BelowFolder {
    # True where a path lies strictly below a folder, after both have been made absolute.
    param([string]$Path, [string]$Root)
    $slash = [string][IO.Path]::DirectorySeparatorChar
    $comparison = [StringComparison]::Ordinal
    if (Test-Windows) { $comparison = [StringComparison]::OrdinalIgnoreCase }
    $full = [IO.Path]::GetFullPath($Path).TrimEnd([char]'\', [char]'/')
    $folder = [IO.Path]::GetFullPath($Root).TrimEnd([char]'\', [char]'/') + $slash
    $full.Length -gt $folder.Length -and $full.StartsWith($folder, $comparison)
}

function Write-TextFile {
    # Writes a text file (UTF-8, no byte order mark) so that it is there whole or not at all: under another name, then moved.
    param([string]$Path, [string]$Text)
    $part = $Path + '.' + [Guid]::NewGuid().ToString('N')
    $bytes = (New-Object Text.UTF8Encoding -ArgumentList $false).GetBytes($Text)
    $stream = New-Object IO.FileStream -ArgumentList $part, ([IO.FileMode]::CreateNew), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
    try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) }
    finally { $stream.Dispose() }
    [IO.File]::Move($part, $Path)
}

function New-ResultRoom {
    # Takes the room of a job's result beforehand: a job that fills the disk must still be able to say how it ended.
    param([string]$JobFolder)
    Write-TextFile ([IO.Path]::Combine($JobFolder, 'result.room')) (' ' * 16384)
}

function Write-JobResult {
    # Leaves the result of a job: written over the room that was kept for it, then moved, so that it is there whole or not at all.
    param([string]$JobFolder, $Result)
    foreach ($name in 'error', 'journalLost') {
        if ($null -ne $Result[$name] -and $Result[$name].Length -gt 1000) { $Result[$name] = $Result[$name].Substring(0, 1000) }
    }
    $room = [IO.Path]::Combine($JobFolder, 'result.room')
    $path = [IO.Path]::Combine($JobFolder, 'result.json')
    if (-not [IO.File]::Exists($room)) { return Write-TextFile $path (ConvertTo-WireJson $Result) }
    $bytes = [Text.Encoding]::ASCII.GetBytes((ConvertTo-WireJson $Result).PadRight(16384))
    $stream = New-Object IO.FileStream -ArgumentList $room, ([IO.FileMode]::Open), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
    try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) }
    finally { $stream.Dispose() }
    [IO.File]::Move($room, $path)
}

function Get-RootMessage {
    # What an exception says at its root.
    param([Exception]$Exception)
    while ($null -ne $Exception.InnerException) { $Exception = $Exception.InnerException }
    [string]$Exception.Message
}

function ConvertTo-NativeArgument {
    # One argument as CommandLineToArgvW reads it back: quoted where it must be, backslashes doubled before a quote.
    param([string]$Argument)
    if ($Argument -ne '' -and $Argument -notmatch '[\s"]') { return $Argument }
    '"' + (($Argument -replace '(\\*)"', '$1$1\"') -replace '(\\+)$', '$1$1') + '"'
}

function ConvertTo-MsiArgument {
    # One argument as msiexec reads it: NAME="some value", quotes inside the value doubled. msiexec refuses quotes around the whole.
    param([string]$Argument)
    if ($Argument -match '(?s)^([A-Za-z_][A-Za-z0-9_.]*)=(.*)$') {
        # The next match overwrites $Matches.
        $name = $Matches[1]
        $value = $Matches[2]
        if ($value -match '[\s"]') { return $name + '="' + ($value -replace '"', '""') + '"' }
    }
    ConvertTo-NativeArgument $Argument
}

function Get-ThisPowerShell {
    # The full path of the PowerShell that runs this.
    $running = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    if ([IO.Path]::GetFileNameWithoutExtension($running) -in 'powershell', 'pwsh') { return $running }
    foreach ($name in 'pwsh', 'pwsh.exe', 'powershell.exe', 'powershell') {
        $candidate = [IO.Path]::Combine($PSHOME, $name)
        if ([IO.File]::Exists($candidate)) { return $candidate }
    }
    Stop-WithCode 'no-powershell' 'The PowerShell that runs on this host was not found.' "$running, $PSHOME"
}

function Test-ProcessAlive {
    # True where the process of that id is the one that was started at that time (UTC ticks), and has not ended.
    # Ids are used again: a process that started more than two seconds apart is another one. (On Linux the start time is worked out
    # from the clock and may differ by a little between two askings.)
    param([int]$Id, [long]$StartTicks)
    $stat = "/proc/$Id/stat"
    if (-not (Test-Windows) -and [IO.File]::Exists($stat)) {
        # Nobody may have collected it yet: it is dead all the same.
        if ([IO.File]::ReadAllText($stat) -match '\) Z ') { return $false }
    }
    try {
        $process = [Diagnostics.Process]::GetProcessById($Id)
        [Math]::Abs($process.StartTime.ToUniversalTime().Ticks - $StartTicks) -lt 20000000
    }
    catch { $false }
}

function ConvertTo-JournalLine {
    # One line of a job's journal, with its end: when, what kind (started, output, error, progress, ended), and the text.
    param([string]$Kind, [string]$Text)
    '{"at":"' + (ConvertTo-UtcText ([DateTime]::UtcNow)) + '","kind":"' + $Kind + '","text":' + (ConvertTo-JsonString $Text) + "}`n"
}

function Stop-ProcessTree {
    # Ends a process and all it started. A child is one that names it as parent and is not older than it (ids are used again).
    param([Diagnostics.Process]$Process)
    if (-not (Test-Windows)) { $Process.Kill($true); return }
    $ending = New-Object System.Collections.ArrayList
    [void]$ending.Add(@{ Id = $Process.Id; Since = $Process.StartTime.AddSeconds(-1) })
    $everything = @(Get-CimAnswer 'Win32_Process')
    for ($index = 0; $index -lt $ending.Count; $index++) {
        foreach ($one in $everything) {
            if ([int]$one.ParentProcessId -ne $ending[$index].Id -or [int]$one.ProcessId -eq [int]$one.ParentProcessId) { continue }
            if ($null -ne $one.CreationDate -and ([DateTime]$one.CreationDate) -lt $ending[$index].Since) { continue }
            if (@($ending | Where-Object { $_.Id -eq [int]$one.ProcessId }).Count -gt 0) { continue }
            [void]$ending.Add(@{ Id = [int]$one.ProcessId; Since = $ending[$index].Since })
        }
    }
    # Parents first, so that none starts another child meanwhile.
    foreach ($one in $ending) {
        try { [Diagnostics.Process]::GetProcessById($one.Id).Kill() }
        catch { Write-Verbose "Process $($one.Id) had ended already." }
    }
}
