<#
.SYNOPSIS
What answers at an HTTPS port: its certificate, whether this host trusts it, and the HTTP status of GET /.
.PARAMETER Address
A name or an IP address; it is also the server name of the TLS handshake.
.PARAMETER Port
The TCP port.
.PARAMETER TimeoutMs
Milliseconds for each part: connecting, the handshake, the answer.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][ValidateNotNullOrEmpty()][string]$Address,
    [Parameter(Mandatory = $true)][ValidateRange(1, 65535)][int]$Port,
    [Parameter(Mandatory = $true)][ValidateRange(1, 600000)][int]$TimeoutMs
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Test-ChainTrust {
    # Whether the chain ends in a root of this host. Revocation lists are not fetched: the rollout speaks to no one outside the plan.
    param([Security.Cryptography.X509Certificates.X509Certificate2]$Certificate)
    $chain = New-Object Security.Cryptography.X509Certificates.X509Chain
    $chain.ChainPolicy.RevocationMode = 'NoCheck'
    [void]$chain.Build($Certificate)
    @($chain.ChainStatus | Where-Object { [string]$_.Status -match 'UntrustedRoot|PartialChain|NotSignatureValid|ExplicitDistrust' }).Count -eq 0
}

function Read-Status {
    # The status of the first line of the answer, or nothing.
    param($Stream)
    $question = [Text.Encoding]::ASCII.GetBytes("GET / HTTP/1.1`r`nHost: $Address`r`nUser-Agent: exekra-rollout`r`nConnection: close`r`n`r`n")
    $Stream.Write($question, 0, $question.Length)
    $Stream.Flush()
    $bytes = New-Object byte[] 4096
    $count = 0
    while ($count -lt $bytes.Length) {
        $read = $Stream.Read($bytes, $count, $bytes.Length - $count)
        $count += $read
        if ($read -eq 0 -or [Array]::IndexOf($bytes, [byte]10, 0, $count) -ge 0) { break }
    }
    if ([Text.Encoding]::ASCII.GetString($bytes, 0, $count) -match '^HTTP/\d(?:\.\d)? (\d{3})') { return [int]$Matches[1] }
}

function Connect-Endpoint {
    # A connection to the first of the addresses that accepts one, or nothing; then the answer says why. A socket is made for the kind of
    # each address: Windows PowerShell's own choice is IPv4 only.
    param($Answer)
    $targets = Resolve-HostAddress $Address $TimeoutMs
    $Answer.detail = "This host does not resolve $Address."
    for ($index = 0; $index -lt $targets.Count; $index++) {
        $limit = [int][Math]::Max(1, $TimeoutMs / $targets.Count)
        $client = New-Object Net.Sockets.TcpClient -ArgumentList $targets[$index].AddressFamily
        try {
            if ($client.ConnectAsync($targets[$index], $Port).Wait($limit)) {
                $client.ReceiveTimeout = $TimeoutMs
                $client.SendTimeout = $TimeoutMs
                $Answer.connected = $true
                $Answer.detail = $null
                return $client
            }
            $Answer.detail = "No answer within $limit ms."
        }
        catch { $Answer.detail = Get-RootMessage $_.Exception }
        $client.Close()
    }
}

function Read-Endpoint {
    # The handshake by those versions of TLS, the certificate and the answer to GET /. True where there was a handshake.
    param($Client, [string]$Protocols, $Answer)
    # Every certificate is let through here: it is recorded and judged, and nothing of worth is sent.
    $anything = [Net.Security.RemoteCertificateValidationCallback] { $true }
    $tls = New-Object Net.Security.SslStream -ArgumentList $Client.GetStream(), $false, $anything
    try {
        $tls.AuthenticateAsClient($Address, $null, [Security.Authentication.SslProtocols]$Protocols, $false)
        $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $tls.RemoteCertificate
        $Answer.certificate = [ordered]@{
            sha256 = Get-Sha256 $certificate.RawData
            subject = $certificate.Subject
            issuer = $certificate.Issuer
            notBefore = ConvertTo-UtcText $certificate.NotBefore
            notAfter = ConvertTo-UtcText $certificate.NotAfter
            der = [Convert]::ToBase64String($certificate.RawData)
            trusted = Test-ChainTrust $certificate
        }
        $Answer.detail = $null
        $Answer.httpStatus = Read-Status $tls
        if ($null -eq $Answer.httpStatus) { $Answer.detail = 'It did not answer GET / with HTTP.' }
    }
    catch { $Answer.detail = Get-RootMessage $_.Exception }
    finally { $tls.Dispose() }
    $null -ne $Answer.certificate
}

Write-Envelope {
    $answer = [ordered]@{ connected = $false; certificate = $null; httpStatus = $null; detail = $null }
    # An endpoint that knows none of the versions that were offered ends the connection: each attempt has its own.
    foreach ($protocols in @(Get-TlsAttempt)) {
        $client = Connect-Endpoint $answer
        if ($null -eq $client) { break }
        try { if (Read-Endpoint $client $protocols $answer) { break } }
        finally { $client.Close() }
    }
    $answer
}
