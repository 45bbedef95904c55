BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    $part = [IO.Path]::Combine($TestDrive, 'Setup (1).part')
    $file = [IO.Path]::Combine($TestDrive, 'Setup (1).exe')
    $abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    $asked = @{ PartPath = $part; Path = $file; Sha256 = $abc }
}

Describe 'Publish-File' {
    BeforeEach {
        [IO.File]::WriteAllText($part, 'abc')
        [IO.File]::Delete($file)
    }

    It 'gives the file its name' {
        Get-AnswerText 'Publish-File' $asked | Should -BeExactly ('{"published":true,"sha256":"' + $abc + '","length":3}')
        [IO.File]::ReadAllText($file) | Should -BeExactly 'abc'
        [IO.File]::Exists($part) | Should -BeFalse
    }

    It 'replaces a file of that name' {
        [IO.File]::WriteAllText($file, 'an old one')
        (Get-Answer 'Publish-File' $asked).published | Should -BeTrue
        [IO.File]::ReadAllText($file) | Should -BeExactly 'abc'
        [IO.File]::Exists($part) | Should -BeFalse
    }

    It 'publishes nothing whose hash is another, and leaves both files as they were' {
        [IO.File]::WriteAllText($file, 'an old one')
        Get-AnswerText 'Publish-File' (Get-Changed $asked 'Sha256' ('0' * 64)) |
            Should -BeExactly ('{"published":false,"sha256":"' + $abc + '","length":3}')
        [IO.File]::ReadAllText($part) | Should -BeExactly 'abc'
        [IO.File]::ReadAllText($file) | Should -BeExactly 'an old one'
    }

    It 'takes a hash in capital letters' { (Get-Answer 'Publish-File' (Get-Changed $asked 'Sha256' $abc.ToUpperInvariant())).published | Should -BeTrue }

    It 'says that it was published by an earlier call' {
        [IO.File]::Move($part, $file)
        Get-AnswerText 'Publish-File' $asked | Should -BeExactly ('{"published":true,"sha256":"' + $abc + '","length":3}')
    }

    It 'says that another file has the name, where nothing has arrived' {
        [IO.File]::Delete($part)
        [IO.File]::WriteAllText($file, '')
        Get-AnswerText 'Publish-File' $asked |
            Should -BeExactly '{"published":false,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","length":0}'
    }

    It 'says that nothing is there' {
        [IO.File]::Delete($part)
        Get-AnswerText 'Publish-File' $asked | Should -BeExactly '{"published":false,"sha256":null,"length":null}'
    }

    It 'wants all of its parameters' { Get-NotAsked 'Publish-File' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'PartPath'; Value = '' }
        @{ Name = 'Path'; Value = '' }
        @{ Name = 'Sha256'; Value = '0' * 63 }
        @{ Name = 'Sha256'; Value = 'g' * 64 }
    ) {
        (Get-Refusal 'Publish-File' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}
