<#
.SYNOPSIS
Fetches a file, or the rest of it, by HTTPS from the one workstation that offers it, whose certificate is known beforehand.
.PARAMETER Address
The workstation's IP address.
.PARAMETER Port
Its TCP port.
.PARAMETER Path
The path of the offer; it is a secret and is said only after the certificate was found to be the right one.
.PARAMETER CertificateSha256
SHA-256 of the workstation's certificate. Its names, dates and issuer mean nothing.
.PARAMETER From
The address of this host that the workstation expects to be asked from. It is used where it is one of this host's.
.PARAMETER PartPath
Where the file arrives.
.PARAMETER Offset
Where in the file to go on; what the file holds from there on is dropped first.
.PARAMETER Length
Bytes of the whole file.
.PARAMETER ConnectMs
Milliseconds to connect, and again for each piece of the answer.
.PARAMETER MaxMs
Milliseconds after which to leave off; the answer says how far it came.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Address,
    [Parameter(Mandatory = $true)][ValidateRange(1, 65535)][int]$Port,
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Path,
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$CertificateSha256,
    [Parameter(Mandatory = $true)][AllowEmptyString()][string]$From,
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$PartPath,
    [Parameter(Mandatory = $true)][ValidateRange(0, [long]::MaxValue)][long]$Offset,
    [Parameter(Mandatory = $true)][ValidateRange(1, [long]::MaxValue)][long]$Length,
    [Parameter(Mandatory = $true)][ValidateRange(1, 600000)][int]$ConnectMs,
    [Parameter(Mandatory = $true)][ValidateRange(1, 3600000)][int]$MaxMs
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function New-Client {
    # Asked from the address the workstation knows, where it is ours: it listens to no other.
    param([Net.IPAddress]$Target)
    $own = $null
    if ($From -ne '' -and [Net.IPAddress]::TryParse($From, [ref]$own) -and $own.AddressFamily -eq $Target.AddressFamily) {
        try { return New-Object Net.Sockets.TcpClient -ArgumentList (New-Object Net.IPEndPoint -ArgumentList $own, 0) }
        catch { Write-Verbose "$From is no address of this host." }
    }
    New-Object Net.Sockets.TcpClient -ArgumentList $Target.AddressFamily
}

function Read-Header {
    # The header of the answer, a byte at a time: what follows it belongs to the file.
    param($Stream)
    $bytes = New-Object byte[] 8192
    for ($count = 0; $count -lt $bytes.Length; $count++) {
        if ($Stream.Read($bytes, $count, 1) -eq 0) { return '' }
        if ($count -ge 3 -and $bytes[$count] -eq 10 -and $bytes[$count - 1] -eq 13 -and $bytes[$count - 2] -eq 10) { return [Text.Encoding]::ASCII.GetString($bytes, 0, $count + 1) }
    }
    ''
}

function Copy-Rest {
    # Writes what comes until the file is whole, the other side ends, or the time is over.
    param($Stream, $File)
    $buffer = New-Object byte[] 131072
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $at = $Offset
    while ($at -lt $Length -and $clock.ElapsedMilliseconds -lt $MaxMs) {
        $read = $Stream.Read($buffer, 0, [int][Math]::Min($buffer.Length, $Length - $at))
        if ($read -eq 0) { return }
        $File.Write($buffer, 0, $read)
        $at += $read
    }
}

Write-Envelope {
    $folder = [IO.Path]::GetDirectoryName($PartPath)
    if (-not [IO.Directory]::Exists($folder)) { Stop-WithCode 'no-folder' "There is no folder $folder." }
    $answer = [ordered]@{ connected = $false; certificate = $null; status = $null; length = $Offset; detail = $null }
    $target = [Net.IPAddress]::Parse($Address)
    $client = New-Client $target
    $file = $null
    try {
        $connecting = $client.ConnectAsync($target, $Port)
        try { if (-not $connecting.Wait($ConnectMs)) { $answer.detail = "No answer within $ConnectMs ms."; return $answer } }
        catch { $answer.detail = Get-RootMessage $_.Exception; return $answer }
        $answer.connected = $true
        $client.ReceiveTimeout = $ConnectMs
        $client.SendTimeout = $ConnectMs
        # Let through here and judged right below, before anything is said: a callback may run where there is no runspace to compare in.
        $anything = [Net.Security.RemoteCertificateValidationCallback] { $true }
        $tls = New-Object Net.Security.SslStream -ArgumentList $client.GetStream(), $false, $anything
        try {
            # The workstation accepts TLS 1.2, whatever newer one it knows: the first attempt serves.
            $protocols = @(Get-TlsAttempt)[0]
            $tls.AuthenticateAsClient('workstation', $null, [Security.Authentication.SslProtocols]$protocols, $false)
            $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $tls.RemoteCertificate
            $answer.certificate = Get-Sha256 $certificate.RawData
            if ($answer.certificate -ne $CertificateSha256) { $answer.detail = 'Another certificate is shown than the workstation has.'; return $answer }
            $question = [Text.Encoding]::ASCII.GetBytes("GET $Path HTTP/1.1`r`nHost: workstation`r`nRange: bytes=$Offset-`r`nConnection: close`r`n`r`n")
            $tls.Write($question, 0, $question.Length)
            $tls.Flush()
            if ((Read-Header $tls) -match '^HTTP/1\.1 (\d{3})') { $answer.status = [int]$Matches[1] }
            if ($answer.status -ne 206) { return $answer }
            $file = New-Object IO.FileStream -ArgumentList $PartPath, ([IO.FileMode]::OpenOrCreate), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
            if ($file.Length -lt $Offset) { Stop-WithCode 'part-too-short' "$PartPath has $($file.Length) bytes, so it cannot continue from byte $Offset." }
            $file.SetLength($Offset)
            [void]$file.Seek($Offset, [IO.SeekOrigin]::Begin)
            try { Copy-Rest $tls $file }
            finally { $answer.length = $file.Position }
        }
        catch [IO.IOException], [Security.Authentication.AuthenticationException] { $answer.detail = Get-RootMessage $_.Exception }
        finally { $tls.Dispose() }
        $answer
    }
    finally {
        if ($null -ne $file) { $file.Dispose() }
        $client.Close()
    }
}
