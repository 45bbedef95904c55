BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'network', 'endpoint.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'network', 'ports.ps1'))
    $part = [IO.Path]::Combine($TestDrive, 'Setup.part')
    $asked = @{
        Address = '127.0.0.1'; Port = 1; Path = '/secret/path'; CertificateSha256 = '0' * 64; From = ''
        PartPath = $part; Offset = 0; Length = 10; ConnectMs = 5000; MaxMs = 60000
    }

    function Receive-Offer {
        # The answer of the verb about an offer of this test, which is there meanwhile.
        param([string]$Header, [string]$Body, [hashtable]$But = @{})
        $endpoint = Start-Endpoint $endpointCertificate (Get-Bytes "$Header`r`nContent-Type: x`r`n`r`n$Body")
        $parameters = $asked.Clone()
        $parameters.Port = $endpoint.Port
        $parameters.CertificateSha256 = Get-Sha256 $endpointCertificate.RawData
        foreach ($name in $But.Keys) { $parameters[$name] = $But[$name] }
        try { Get-Envelope 'Receive-File' $parameters | ConvertFrom-Json }
        finally { Stop-Endpoint $endpoint; $seen.Asked = @($endpoint.Asked) }
    }
}

Describe 'Receive-File from an offer' {
    BeforeAll { if (-not $IsWindows) { $endpointCertificate = New-EndpointCertificate } }
    BeforeEach {
        $seen = @{ Asked = @() }
        [IO.File]::Delete($part)
    }

    It 'fetches a whole file' -Tag 'only on Linux' {
        $answer = (Receive-Offer 'HTTP/1.1 206 Partial Content' '0123456789').data
        $answer.connected, $answer.status, $answer.length, $answer.detail | Should -Be $true, 206, 10, $null
        $answer.certificate | Should -BeExactly (Get-Sha256 $endpointCertificate.RawData)
        [IO.File]::ReadAllText($part) | Should -BeExactly '0123456789'
        $seen.Asked | Should -BeExactly "GET /secret/path HTTP/1.1`r`nHost: workstation`r`nRange: bytes=0-`r`nConnection: close`r`n`r`n"
    }

    It 'goes on where the file ends, and drops what is beyond' -Tag 'only on Linux' {
        [IO.File]::WriteAllText($part, '0123XXXX')
        (Receive-Offer 'HTTP/1.1 206 Partial Content' '456789' @{ Offset = 4 }).data.length | Should -Be 10
        [IO.File]::ReadAllText($part) | Should -BeExactly '0123456789'
        $seen.Asked | Should -Match "`r`nRange: bytes=4-`r`n"
    }

    It 'says how far it came where the other side ends too soon' -Tag 'only on Linux' {
        $answer = (Receive-Offer 'HTTP/1.1 206 Partial Content' '01234').data
        $answer.status, $answer.length | Should -Be 206, 5
        [IO.File]::ReadAllText($part) | Should -BeExactly '01234'
    }

    It 'takes no more than the file has' -Tag 'only on Linux' {
        (Receive-Offer 'HTTP/1.1 206 Partial Content' '0123456789 and more').data.length | Should -Be 10
        [IO.File]::ReadAllText($part) | Should -BeExactly '0123456789'
    }

    It 'tells <Status> and writes nothing' -Tag 'only on Linux' -ForEach @(@{ Status = 200 }, @{ Status = 404 }, @{ Status = 403 }) {
        $answer = (Receive-Offer "HTTP/1.1 $Status Something" '0123456789').data
        $answer.status, $answer.length | Should -Be $Status, 0
        [IO.File]::Exists($part) | Should -BeFalse
    }

    It 'tells that no status came' -Tag 'only on Linux' {
        $answer = (Receive-Offer '220 mail' '').data
        $answer.connected, $answer.status | Should -Be $true, $null
    }

    It 'says nothing to another certificate, the path least of all' -Tag 'only on Linux' {
        $answer = (Receive-Offer 'HTTP/1.1 206 Partial Content' '0123456789' @{ CertificateSha256 = '0' * 64 }).data
        $answer.certificate | Should -BeExactly (Get-Sha256 $endpointCertificate.RawData)
        $answer.status, $answer.detail | Should -Be $null, 'Another certificate is shown than the workstation has.'
        [IO.File]::Exists($part) | Should -BeFalse
        $seen.Asked.Count | Should -Be 0
    }

    It 'asks from <From>' -Tag 'only on Linux' -ForEach @(@{ From = '127.0.0.1' }, @{ From = '192.0.2.1' }, @{ From = '::1' }, @{ From = 'no address' }) {
        (Receive-Offer 'HTTP/1.1 206 Partial Content' '0123456789' @{ From = $From }).data.length | Should -Be 10
    }

    It 'refuses to leave a gap' -Tag 'only on Linux' {
        [IO.File]::WriteAllText($part, '012')
        $refusal = (Receive-Offer 'HTTP/1.1 206 Partial Content' '456789' @{ Offset = 4 }).error
        $refusal.code, $refusal.message | Should -BeExactly 'part-too-short', "$part has 3 bytes, so it cannot continue from byte 4."
        [IO.File]::ReadAllText($part) | Should -BeExactly '012'
    }
}

Describe 'Receive-File without an offer' {
    It 'says why nobody answers' {
        $answer = Get-Answer 'Receive-File' (Get-Changed $asked 'Port' (Get-ClosedPort))
        $answer.connected, $answer.certificate, $answer.status, $answer.length | Should -Be $false, $null, $null, 0
        $answer.detail | Should -Match 'refused'
    }

    It 'refuses a folder that is not there' {
        (Get-Refusal 'Receive-File' (Get-Changed $asked 'PartPath' ([IO.Path]::Combine($TestDrive, 'none', 'x')))).code | Should -BeExactly 'no-folder'
    }

    It 'refuses what is no address' { (Get-Refusal 'Receive-File' (Get-Changed $asked 'Address' 'workstation')).code | Should -BeExactly 'script-failed' }

    It 'wants all of its parameters' { Get-NotAsked 'Receive-File' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Address'; Value = '' }
        @{ Name = 'Port'; Value = 0 }
        @{ Name = 'Port'; Value = 65536 }
        @{ Name = 'Path'; Value = '' }
        @{ Name = 'CertificateSha256'; Value = '' }
        @{ Name = 'PartPath'; Value = '' }
        @{ Name = 'Offset'; Value = -1 }
        @{ Name = 'Length'; Value = 0 }
        @{ Name = 'ConnectMs'; Value = 0 }
        @{ Name = 'ConnectMs'; Value = 600001 }
        @{ Name = 'MaxMs'; Value = 0 }
        @{ Name = 'MaxMs'; Value = 3600001 }
    ) {
        (Get-Refusal 'Receive-File' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}
