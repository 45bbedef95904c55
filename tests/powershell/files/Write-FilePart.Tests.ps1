BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    $part = [IO.Path]::Combine($TestDrive, 'Stück für Stück.part')
    $asked = @{ PartPath = $part; Offset = 0; Base64 = 'YWJj' }

    function Set-Part {
        # Writes a text at an offset, and answers with the length.
        param([long]$Offset, [string]$Text)
        (Get-Answer 'Write-FilePart' @{ PartPath = $part; Offset = $Offset; Base64 = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes($Text)) }).length
    }
}

Describe 'Write-FilePart' {
    BeforeEach { [IO.File]::Delete($part) }

    It 'makes the file with its first piece' {
        Get-AnswerText 'Write-FilePart' $asked | Should -BeExactly '{"length":3}'
        [IO.File]::ReadAllText($part) | Should -BeExactly 'abc'
    }

    It 'goes on where the file ends' {
        Set-Part 0 'abc' | Should -Be 3
        Set-Part 3 'def' | Should -Be 6
        [IO.File]::ReadAllText($part) | Should -BeExactly 'abcdef'
    }

    It 'takes the same piece twice' {
        Set-Part 0 'abc' | Should -Be 3
        Set-Part 3 'def' | Should -Be 6
        Set-Part 3 'def' | Should -Be 6
        [IO.File]::ReadAllText($part) | Should -BeExactly 'abcdef'
    }

    It 'drops what the file held from the offset on' {
        Set-Part 0 'abcdefgh' | Should -Be 8
        Set-Part 2 'XY' | Should -Be 4
        [IO.File]::ReadAllText($part) | Should -BeExactly 'abXY'
        Set-Part 1 '' | Should -Be 1
        [IO.File]::ReadAllText($part) | Should -BeExactly 'a'
    }

    It 'writes bytes as they are' {
        Get-AnswerText 'Write-FilePart' @{ PartPath = $part; Offset = 0; Base64 = 'AP8NCg==' } | Should -BeExactly '{"length":4}'
        [IO.File]::ReadAllBytes($part) | Should -Be @(0, 255, 13, 10)
    }

    It 'refuses to leave a gap, and the file stays as it was' {
        Set-Part 0 'abc' | Should -Be 3
        $refusal = Get-Refusal 'Write-FilePart' (Get-Changed $asked 'Offset' 4)
        $refusal.code | Should -BeExactly 'part-too-short'
        $refusal.message | Should -BeExactly "$part has 3 bytes, so it cannot continue from byte 4."
        [IO.File]::ReadAllText($part) | Should -BeExactly 'abc'
    }

    It 'refuses a folder that is not there' {
        $path = [IO.Path]::Combine($TestDrive, 'none', 'x.part')
        (Get-Refusal 'Write-FilePart' (Get-Changed $asked 'PartPath' $path)).code | Should -BeExactly 'no-folder'
    }

    It 'refuses what is not base64, and makes no file' {
        (Get-Refusal 'Write-FilePart' (Get-Changed $asked 'Base64' 'a*b=')).code | Should -BeExactly 'script-failed'
        [IO.File]::Exists($part) | Should -BeFalse
    }

    It 'refuses a file that another program holds, and says so' {
        $held = New-Object IO.FileStream -ArgumentList $part, ([IO.FileMode]::Create), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
        try { (Get-Refusal 'Write-FilePart' $asked).message | Should -Match 'being used by another process' }
        finally { $held.Dispose() }
    }

    It 'wants all of its parameters' { Get-NotAsked 'Write-FilePart' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'PartPath'; Value = '' }
        @{ Name = 'Offset'; Value = -1 }
        @{ Name = 'Offset'; Value = '9223372036854775808' }
    ) {
        (Get-Refusal 'Write-FilePart' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}
