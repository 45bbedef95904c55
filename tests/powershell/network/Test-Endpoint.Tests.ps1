BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'endpoint.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'ports.ps1'))

    function Get-Shown {
        # What the verb answers about an endpoint of this test, which is there meanwhile.
        param([string]$Answer, [string]$Protocols = 'None', [string]$Address = '127.0.0.1', $Certificate = $endpointCertificate)
        $endpoint = Start-Endpoint $Certificate (Get-Bytes $Answer) $Protocols $Address
        try { Get-Answer 'Test-Endpoint' @{ Address = $Address; Port = $endpoint.Port; TimeoutMs = 5000 } }
        finally { Stop-Endpoint $endpoint; $seen.Asked = @($endpoint.Asked) }
    }
}

Describe 'Test-Endpoint' {
    BeforeAll { if (-not $IsWindows) { $endpointCertificate = New-EndpointCertificate } }
    BeforeEach { $seen = @{ Asked = @() } }

    It 'shows the certificate and the status of an endpoint, and does not trust it for being there' -Tag 'only on Linux' {
        $shown = Get-Shown "HTTP/1.1 503 Service Unavailable`r`n`r`n"
        $shown.connected, $shown.httpStatus, $shown.detail | Should -Be $true, 503, $null
        $shown.certificate.sha256 | Should -BeExactly (Get-Sha256 $endpointCertificate.RawData)
        $shown.certificate.der | Should -BeExactly ([Convert]::ToBase64String($endpointCertificate.RawData))
        $shown.certificate.subject, $shown.certificate.issuer | Should -Be 'CN=hub.example', 'CN=hub.example'
        $shown.certificate.notBefore, $shown.certificate.notAfter | Should -BeExactly '2026-01-01T00:00:00.000Z', '2126-01-01T00:00:00.000Z'
        $shown.certificate.trusted | Should -BeFalse
        $seen.Asked | Should -BeExactly "GET / HTTP/1.1`r`nHost: 127.0.0.1`r`nUser-Agent: exekra-rollout`r`nConnection: close`r`n`r`n"
    }

    It 'reads <Answer> as <Status>' -Tag 'only on Linux' -ForEach @(
        @{ Answer = "HTTP/1.0 200 OK`r`n"; Status = 200 }
        @{ Answer = "HTTP/2 404`n"; Status = 404 }
        @{ Answer = "220 mail`r`n"; Status = $null }
        @{ Answer = ''; Status = $null }
    ) {
        $shown = Get-Shown $Answer
        $shown.httpStatus | Should -Be $Status
        $shown.detail | Should -Be $(if ($null -eq $Status) { 'It did not answer GET / with HTTP.' })
    }

    It 'shows the certificate of an endpoint that is reached by IPv6 alone' -Tag 'only on Linux' {
        if (-not [Net.Sockets.Socket]::OSSupportsIPv6) { Set-ItResult -Skipped -Because 'this machine has no IPv6' }
        $shown = Get-Shown "HTTP/1.1 200 OK`r`n`r`n" -Address '::1'
        $shown.connected, $shown.httpStatus, $shown.detail | Should -Be $true, 200, $null
    }

    It 'tries newer versions of TLS on a connection of their own' -Tag 'only on Linux' {
        Mock Get-TlsAttempt { 'Tls12'; 'Tls13' }
        $shown = Get-Shown "HTTP/1.1 200 OK`r`n`r`n" -Protocols 'Tls13'
        $shown.connected, $shown.httpStatus, $shown.detail | Should -Be $true, 200, $null
        Mock Get-TlsAttempt { 'Tls12' }
        $shown = Get-Shown "HTTP/1.1 200 OK`r`n`r`n" -Protocols 'Tls13'
        $shown.connected, $shown.certificate, $shown.httpStatus | Should -Be $true, $null, $null
    }

    It 'is connected to a port that speaks no TLS, and says that it got no further' {
        $shown = Get-Shown "220 mail`r`n" -Certificate $null
        $shown.connected, $shown.certificate, $shown.httpStatus | Should -Be $true, $null, $null
        $shown.detail | Should -Not -BeNullOrEmpty
    }

    It 'says why a port that is closed does not answer' {
        $shown = Get-Answer 'Test-Endpoint' @{ Address = '127.0.0.1'; Port = (Get-ClosedPort); TimeoutMs = 10000 }
        $shown.connected, $shown.certificate | Should -Be $false, $null
        $shown.detail | Should -Match 'refused'
    }

    It 'goes on to the next address of a name' {
        Mock Resolve-HostAddress { , @([Net.IPAddress]::Parse('127.0.0.2'), [Net.IPAddress]::Parse('127.0.0.1')) }
        (Get-Shown "220 mail`r`n" -Certificate $null).connected | Should -BeTrue
    }

    It 'says that a name does not resolve' {
        Mock Resolve-HostAddress { , @() }
        Get-AnswerText 'Test-Endpoint' @{ Address = 'none.invalid'; Port = 1; TimeoutMs = 10 } |
            Should -BeExactly '{"connected":false,"certificate":null,"httpStatus":null,"detail":"This host does not resolve none.invalid."}'
    }

    It 'wants all of its parameters' { Get-NotAsked 'Test-Endpoint' @{ Address = 'a'; Port = 1; TimeoutMs = 1 } | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Address'; Value = '' }
        @{ Name = 'Port'; Value = 0 }
        @{ Name = 'Port'; Value = 65536 }
        @{ Name = 'TimeoutMs'; Value = 0 }
        @{ Name = 'TimeoutMs'; Value = 600001 }
    ) {
        (Get-Refusal 'Test-Endpoint' (Get-Changed @{ Address = 'a'; Port = 1; TimeoutMs = 1 } $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}
