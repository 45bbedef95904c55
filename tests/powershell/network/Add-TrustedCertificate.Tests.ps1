BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'certificates.ps1'))
    $asked = @{ Der = $rootDer; Sha256 = $rootSha256 }
}

Describe 'Add-TrustedCertificate' {
    BeforeAll { Use-Store }
    BeforeEach { $state = @{ Named = ''; Store = (New-Store @()) } }

    It 'adds the certificate to the roots of this machine, and once only' {
        Get-AnswerText 'Add-TrustedCertificate' $asked | Should -BeExactly '{"added":true}'
        $state.Named, $state.Store.Opened, $state.Store.Closed | Should -Be 'Root LocalMachine', 'ReadWrite', 1
        @($state.Store.Certificates | ForEach-Object { Get-Sha256 $_.RawData }) | Should -Be $rootSha256
        Get-AnswerText 'Add-TrustedCertificate' $asked | Should -BeExactly '{"added":false}'
        $state.Store.Certificates.Count | Should -Be 1
        $state.Store.Closed | Should -Be 2
    }

    It 'adds no certificate but the approved one, and does not open the store for it' {
        $refusal = Get-Refusal 'Add-TrustedCertificate' (Get-Changed $asked 'Sha256' ('0' * 64))
        $refusal.code | Should -BeExactly 'wrong-hash'
        $refusal.message | Should -BeExactly 'The certificate is not the approved one. It was not added.'
        $refusal.detail | Should -BeExactly "It has $rootSha256, expected is $('0' * 64)."
        $state.Store.Opened | Should -BeExactly ''
    }

    It 'refuses what is no certificate though its hash is right' {
        $bytes = [byte[]](1, 2, 3)
        (Get-Refusal 'Add-TrustedCertificate' @{ Der = [Convert]::ToBase64String($bytes); Sha256 = (Get-Sha256 $bytes) }).code | Should -BeExactly 'script-failed'
        $state.Store.Opened | Should -BeExactly ''
    }

    It 'says that it may not write to the store' {
        $state.Store | Add-Member -Force -MemberType ScriptMethod -Name Open -Value { throw [UnauthorizedAccessException]::new('Access is denied.') }
        (Get-Refusal 'Add-TrustedCertificate' $asked).code | Should -BeExactly 'access-denied'
    }

    It 'wants all of its parameters' { Get-NotAsked 'Add-TrustedCertificate' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Der'; Value = '' }
        @{ Name = 'Sha256'; Value = 'x' * 64 }
        @{ Name = 'Sha256'; Value = '0' * 65 }
    ) {
        (Get-Refusal 'Add-TrustedCertificate' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}

Describe 'Add-TrustedCertificate, with the real store' {
    It 'says that the roots of Linux are not for it to write' -Tag 'only on Linux' {
        (Get-Refusal 'Add-TrustedCertificate' $asked).message | Should -Match 'read-only'
    }
}
