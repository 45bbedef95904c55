BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
    $file = [IO.Path]::Combine($TestDrive, 'Stück (1) [a].bin')
    [byte[]]$bytes = 0..255
    [IO.File]::WriteAllBytes($file, $bytes)
    $asked = @{ Path = $file; Offset = 0; MaxBytes = 16 }

    function Get-Piece {
        # The answer in short: whether there is a file, its length, the bytes of the piece.
        param([long]$Offset, [int]$MaxBytes)
        $answer = Get-Answer 'Read-FilePart' @{ Path = $file; Offset = $Offset; MaxBytes = $MaxBytes }
        "$($answer.exists) $($answer.length): $([Convert]::FromBase64String($answer.base64) -join ',')"
    }
}

Describe 'Read-FilePart' {
    It 'answers with <Bytes> for <MaxBytes> bytes from <Offset> on' -ForEach @(
        @{ Offset = 0; MaxBytes = 3; Bytes = '0,1,2' }
        @{ Offset = 3; MaxBytes = 1; Bytes = '3' }
        @{ Offset = 253; MaxBytes = 3; Bytes = '253,254,255' }
        @{ Offset = 254; MaxBytes = 16777216; Bytes = '254,255' }
        @{ Offset = 256; MaxBytes = 10; Bytes = '' }
        @{ Offset = 9007199254740991; MaxBytes = 10; Bytes = '' }
    ) {
        Get-Piece $Offset $MaxBytes | Should -BeExactly "True 256: $Bytes"
    }

    It 'gives the whole file piece by piece' {
        $pieces = for ($offset = 0; $offset -lt 256; $offset += 100) {
            [Convert]::FromBase64String((Get-Answer 'Read-FilePart' @{ Path = $file; Offset = $offset; MaxBytes = 100 }).base64)
        }
        $pieces | Should -Be $bytes
    }

    It 'reads a file that another program is writing to' {
        $growing = [IO.Path]::Combine($TestDrive, 'growing')
        $writer = New-Object IO.FileStream -ArgumentList $growing, ([IO.FileMode]::Create), ([IO.FileAccess]::Write), ([IO.FileShare]::ReadWrite)
        try {
            $writer.Write($bytes, 0, 2)
            $writer.Flush()
            Get-AnswerText 'Read-FilePart' @{ Path = $growing; Offset = 0; MaxBytes = 9 } | Should -BeExactly '{"exists":true,"length":2,"base64":"AAE="}'
        }
        finally { $writer.Dispose() }
    }

    It 'says that there is no file: <Name>' -ForEach @(@{ Name = 'none' }, @{ Name = '*.bin' }, @{ Name = '.' }) {
        $path = [IO.Path]::Combine($TestDrive, $Name)
        Get-AnswerText 'Read-FilePart' @{ Path = $path; Offset = 0; MaxBytes = 1 } | Should -BeExactly '{"exists":false,"length":null,"base64":""}'
    }

    It 'wants all of its parameters' { Get-NotAsked 'Read-FilePart' $asked | Should -BeNullOrEmpty }

    It 'refuses <Name> = <Value>' -ForEach @(
        @{ Name = 'Path'; Value = '' }
        @{ Name = 'Offset'; Value = -1 }
        @{ Name = 'MaxBytes'; Value = 0 }
        @{ Name = 'MaxBytes'; Value = 16777217 }
        @{ Name = 'MaxBytes'; Value = 'many' }
        @{ Name = 'Hash'; Value = $true }
    ) {
        (Get-Refusal 'Read-FilePart' (Get-Changed $asked $Name $Value)).code | Should -BeExactly 'bad-parameter'
    }
}
