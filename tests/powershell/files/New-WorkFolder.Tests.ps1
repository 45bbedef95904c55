BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
}

Describe 'New-WorkFolder' {
    It 'makes a folder with all above it, and once only' {
        $path = [IO.Path]::Combine($TestDrive, 'Exekra Röllout', 'media')
        $first = Get-Answer 'New-WorkFolder' @{ Path = $path }
        $first.created | Should -BeTrue
        $first.freeBytes | Should -BeGreaterThan 0
        [IO.Directory]::Exists($path) | Should -BeTrue
        (Get-Answer 'New-WorkFolder' @{ Path = $path }).created | Should -BeFalse
    }

    It 'protects the folder that it makes, and leaves one alone that is there' {
        # The script has one of its own; a mock needs a command of that name beforehand.
        function Protect-Folder { param([string]$Folder) }
        Mock Test-Windows { $true }
        Mock Protect-Folder { }
        $path = [IO.Path]::Combine($TestDrive, 'to protect')
        [void](Get-Answer 'New-WorkFolder' @{ Path = [IO.Path]::Combine($path, '..', 'to protect') })
        Should -Invoke Protect-Folder -Exactly 1 -ParameterFilter { $Folder -eq $path }
        [void](Get-Answer 'New-WorkFolder' @{ Path = $path })
        Should -Invoke Protect-Folder -Exactly 1
    }

    It 'refuses a path where a file is' {
        $path = [IO.Path]::Combine($TestDrive, 'a file')
        [IO.File]::WriteAllText($path, '')
        $refusal = Get-Refusal 'New-WorkFolder' @{ Path = $path }
        $refusal.code | Should -BeExactly 'not-a-folder'
        $refusal.message | Should -BeExactly "$path is a file. The work folder cannot be created there."
    }

    It 'wants its parameter' {
        Get-NotAsked 'New-WorkFolder' @{ Path = $TestDrive } | Should -BeNullOrEmpty
        (Get-Refusal 'New-WorkFolder' @{ Path = '' }).code | Should -BeExactly 'bad-parameter'
    }
}
