BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    # PowerShell for Linux has none.
    if (-not (Test-Supplied 'Get-AuthenticodeSignature')) { function Get-AuthenticodeSignature { param($LiteralPath) } }
    $file = [IO.Path]::Combine($TestDrive, 'Öl [1].exe')
    [IO.File]::WriteAllText($file, 'abc')
    $sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    $asked = @{ Path = $file; Hash = $false; Signature = $false }
}

Describe 'Get-FileState' {
    It 'says how long a file is, and no more than was asked' {
        Mock Get-AuthenticodeSignature { }
        Get-AnswerText 'Get-FileState' $asked | Should -BeExactly '{"exists":true,"length":3,"sha256":null,"signature":null}'
        Should -Invoke Get-AuthenticodeSignature -Exactly 0
    }

    It 'hashes a file, also one that another program reads' {
        $reader = New-Object IO.FileStream -ArgumentList $file, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::Read)
        try {
            Get-AnswerText 'Get-FileState' (Get-Changed $asked 'Hash' $true) |
                Should -BeExactly ('{"exists":true,"length":3,"sha256":"' + $sha256 + '","signature":null}')
        }
        finally { $reader.Dispose() }
    }

    It 'hashes an empty file' {
        $empty = [IO.Path]::Combine($TestDrive, 'empty')
        [IO.File]::WriteAllText($empty, '')
        (Get-Answer 'Get-FileState' @{ Path = $empty; Hash = $true; Signature = $false }).sha256 |
            Should -BeExactly 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    }

    It 'says that a folder is there, which has neither length nor hash nor signature' {
        Get-AnswerText 'Get-FileState' @{ Path = $TestDrive; Hash = $true; Signature = $true } |
            Should -BeExactly '{"exists":true,"length":null,"sha256":null,"signature":null}'
    }

    It 'says that there is no <Name>' -ForEach @(@{ Name = 'none' }, @{ Name = 'Öl *' }, @{ Name = 'no folder/none' }) {
        Get-AnswerText 'Get-FileState' @{ Path = [IO.Path]::Combine($TestDrive, $Name); Hash = $true; Signature = $true } |
            Should -BeExactly '{"exists":false,"length":null,"sha256":null,"signature":null}'
    }

    It 'tells who signed a file' {
        Mock Get-AuthenticodeSignature {
            [pscustomobject]@{ Status = 'Valid'; SignerCertificate = [pscustomobject]@{ Thumbprint = 'AB12'; Subject = 'CN=Exekra' } }
        }
        Get-AnswerText 'Get-FileState' (Get-Changed $asked 'Signature' $true) |
            Should -BeExactly '{"exists":true,"length":3,"sha256":null,"signature":{"status":"Valid","thumbprint":"AB12","subject":"CN=Exekra"}}'
        Should -Invoke Get-AuthenticodeSignature -Exactly 1 -ParameterFilter { $LiteralPath -eq $file }
    }

    It 'tells that nobody signed a file' {
        Mock Get-AuthenticodeSignature { [pscustomobject]@{ Status = 'NotSigned'; SignerCertificate = $null } }
        (Get-AnswerText 'Get-FileState' (Get-Changed $asked 'Signature' $true)) |
            Should -BeExactly '{"exists":true,"length":3,"sha256":null,"signature":{"status":"NotSigned","thumbprint":null,"subject":null}}'
    }

    It 'tells that no signature can be checked where PowerShell has no such command' {
        Mock Test-Supplied { $false }
        (Get-Answer 'Get-FileState' (Get-Changed $asked 'Signature' $true)).signature.status | Should -BeExactly 'UnknownError'
    }

    It 'has the signatures of real programs checked' -Tag 'only on Windows' {
        $signed = Get-Answer 'Get-FileState' @{ Path = "$PSHOME\Microsoft.Win32.Registry.AccessControl.dll"; Hash = $false; Signature = $true }
        $signed.signature.status | Should -BeExactly 'Valid'
        $signed.signature.subject | Should -Match 'Microsoft Corporation'
        $signed.signature.thumbprint | Should -Match '^[0-9A-F]{40}$'
        $unsigned = Get-Answer 'Get-FileState' @{ Path = "$env:SystemRoot\System32\cmd.exe"; Hash = $false; Signature = $true }
        $unsigned.signature.status | Should -BeExactly 'NotSigned'
    }

    It 'refuses a file that it may not read' -Tag 'only on Windows' {
        $locked = New-Object IO.FileStream -ArgumentList ([IO.Path]::Combine($TestDrive, 'locked')), ([IO.FileMode]::Create), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
        try { (Get-Refusal 'Get-FileState' @{ Path = $locked.Name; Hash = $true; Signature = $false }).code | Should -BeExactly 'script-failed' }
        finally { $locked.Dispose() }
    }

    It 'wants all of its parameters' { Get-NotAsked 'Get-FileState' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Path'; Value = '' }
        @{ Name = 'Hash'; Value = 'yes' }
        @{ Name = 'Signature'; Value = @() }
    ) {
        (Get-Refusal 'Get-FileState' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}
