BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'certificates.ps1'))
}

Describe 'Get-CertificateTrust' {
    BeforeAll { Use-Store }
    BeforeEach { $state = @{ Named = ''; Store = (New-Store (Get-RootCertificate)) } }

    It 'finds a certificate among the roots of this machine by the hash of all of it' {
        Get-AnswerText 'Get-CertificateTrust' @{ Sha256 = $rootSha256 } | Should -BeExactly '{"trusted":true}'
        $state.Named, $state.Store.Opened, $state.Store.Closed | Should -Be 'Root LocalMachine', 'ReadOnly', 1
    }

    It 'takes a hash in capital letters' { (Get-Answer 'Get-CertificateTrust' @{ Sha256 = $rootSha256.ToUpperInvariant() }).trusted | Should -BeTrue }

    It 'does not find another certificate, nor any in an empty store' {
        Get-AnswerText 'Get-CertificateTrust' @{ Sha256 = 'd' + $rootSha256.Substring(1) } | Should -BeExactly '{"trusted":false}'
        $state.Store = New-Store @()
        Get-AnswerText 'Get-CertificateTrust' @{ Sha256 = $rootSha256 } | Should -BeExactly '{"trusted":false}'
        $state.Store.Closed | Should -Be 1
    }

    It 'wants its parameter' { Get-NotAsked 'Get-CertificateTrust' @{ Sha256 = $rootSha256 } | Should -BeNullOrEmpty }

    It 'refuses Sha256 = <Value>' -ForEach @(@{ Value = '' }, @{ Value = '0' * 63 }, @{ Value = '0' * 65 }, @{ Value = 'x' * 64 }) {
        (Get-Refusal 'Get-CertificateTrust' @{ Sha256 = $Value }).code | Should -BeExactly 'bad-parameter'
    }
}

Describe 'Get-CertificateTrust, with the real roots' {
    It 'trusts every root of this machine, and none that it has never seen' {
        (Get-Answer 'Get-CertificateTrust' @{ Sha256 = $rootSha256 }).trusted | Should -BeFalse
        $store = [Security.Cryptography.X509Certificates.X509Store]::new('Root', 'LocalMachine')
        $store.Open('ReadOnly')
        try { $known = @($store.Certificates | Select-Object -First 3) }
        finally { $store.Close() }
        if ($known.Count -eq 0) { Set-ItResult -Skipped -Because 'this machine has no trusted roots' }
        foreach ($one in $known) { (Get-Answer 'Get-CertificateTrust' @{ Sha256 = (Get-Sha256 $one.RawData) }).trusted | Should -BeTrue }
    }
}
