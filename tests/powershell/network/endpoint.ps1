<#
.SYNOPSIS
An HTTPS endpoint on 127.0.0.1 for a test: a real handshake, and an answer of the test's own. For Linux: Wine's Schannel cannot serve.
#>
function New-EndpointCertificate {
    # A fresh certificate with its key.
    $key = [Security.Cryptography.RSA]::Create(2048)
    $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=hub.example', $key,
        [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $request.CreateSelfSigned([DateTimeOffset]::new(2026, 1, 1, 0, 0, 0, [TimeSpan]::Zero), [DateTimeOffset]::new(2126, 1, 1, 0, 0, 0, [TimeSpan]::Zero))
}

function Start-Endpoint {
    # Listens until Stop-Endpoint. Answers every question with these bytes; what it was asked is in Asked, a text a connection.
    param([Security.Cryptography.X509Certificates.X509Certificate2]$Certificate, [byte[]]$Answer, [string]$Protocols = 'None', [string]$Address = '127.0.0.1')
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Parse($Address), 0)
    $listener.Start()
    $asked = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new())
    $powershell = [powershell]::Create()
    [void]$powershell.AddScript({
            param($Listener, $Certificate, [byte[]]$Answer, $Protocols, $Asked)
            while ($true) {
                try { $client = $Listener.AcceptTcpClient() }
                catch { return }
                try {
                    if ($null -eq $Certificate) { $client.GetStream().Write($Answer, 0, $Answer.Length); continue }
                    $tls = [Net.Security.SslStream]::new($client.GetStream())
                    $tls.AuthenticateAsServer($Certificate, $false, [Security.Authentication.SslProtocols]$Protocols, $false)
                    $question = ''
                    $buffer = [byte[]]::new(4096)
                    while (-not $question.EndsWith("`r`n`r`n")) {
                        $read = $tls.Read($buffer, 0, $buffer.Length)
                        if ($read -eq 0) { break }
                        $question += [Text.Encoding]::ASCII.GetString($buffer, 0, $read)
                    }
                    if ($question -ne '') { [void]$Asked.Add($question) }
                    $tls.Write($Answer, 0, $Answer.Length)
                    $tls.Dispose()
                }
                # A client that leaves is what some tests are about.
                catch { [void]$_ }
                finally { $client.Dispose() }
            }
        }).AddArgument($listener).AddArgument($Certificate).AddArgument($Answer).AddArgument($Protocols).AddArgument($asked)
    @{ Listener = $listener; PowerShell = $powershell; Work = $powershell.BeginInvoke(); Port = $listener.LocalEndpoint.Port; Asked = $asked }
}

function Stop-Endpoint {
    param($Endpoint)
    $Endpoint.Listener.Stop()
    [void]$Endpoint.PowerShell.EndInvoke($Endpoint.Work)
    $Endpoint.PowerShell.Dispose()
}

function Get-Bytes {
    # A text as bytes, ASCII.
    param([string]$Text)
    , [Text.Encoding]::ASCII.GetBytes($Text)
}
