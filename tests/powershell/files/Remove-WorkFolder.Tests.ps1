BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))

    function New-Tree {
        # Folders below the root, each with a file in it.
        param([string[]]$Folders)
        foreach ($folder in $Folders) {
            $path = [IO.Path]::Combine($root, $folder)
            [void][IO.Directory]::CreateDirectory($path)
            [IO.File]::WriteAllText([IO.Path]::Combine($path, 'file [1]'), '')
        }
    }
}

Describe 'Remove-WorkFolder' {
    BeforeEach {
        $root = [IO.Path]::Combine($TestDrive, [Guid]::NewGuid().ToString('N'))
        New-Tree 'work', 'work/inner/more', 'work beside'
        $work = [IO.Path]::Combine($root, 'work')
        $asked = @{ Root = $root; Path = $work }
    }

    It 'removes a folder and all in it, and nothing beside it' {
        [IO.File]::SetAttributes([IO.Path]::Combine($work, 'file [1]'), [IO.FileAttributes]::ReadOnly)
        Get-AnswerText 'Remove-WorkFolder' $asked | Should -BeExactly '{"removed":true}'
        @([IO.Directory]::GetDirectories($root) | ForEach-Object { [IO.Path]::GetFileName($_) }) | Should -Be 'work beside'
    }

    It 'says that there was nothing to remove' {
        Get-AnswerText 'Remove-WorkFolder' (Get-Changed $asked 'Path' ([IO.Path]::Combine($root, 'none'))) | Should -BeExactly '{"removed":false}'
    }

    It 'takes a path with a slash at its end' {
        Get-AnswerText 'Remove-WorkFolder' (Get-Changed $asked 'Path' "$work/") | Should -BeExactly '{"removed":true}'
        [IO.Directory]::Exists($work) | Should -BeFalse
    }

    It 'refuses <Path>, which is not below its root' -ForEach @(@{ Path = '.' }, @{ Path = 'work/..' }, @{ Path = '..' }, @{ Path = 'work/../../other' }) {
        $outside = [IO.Path]::Combine($root, $Path)
        $refusal = Get-Refusal 'Remove-WorkFolder' (Get-Changed $asked 'Path' $outside)
        $refusal.code | Should -BeExactly 'outside-root'
        $refusal.message | Should -BeExactly "$outside is not inside $root. It was not removed."
        [IO.Directory]::Exists($work) | Should -BeTrue
    }

    It 'refuses a folder whose name only begins as the root' {
        $refusal = Get-Refusal 'Remove-WorkFolder' @{ Root = $work; Path = "$work beside" }
        $refusal.code | Should -BeExactly 'outside-root'
        [IO.Directory]::Exists("$work beside") | Should -BeTrue
    }

    It 'removes a link inside as a link' -Tag 'only on Linux' {
        New-Tree 'kept/inner'
        [void][IO.Directory]::CreateSymbolicLink([IO.Path]::Combine($work, 'link'), [IO.Path]::Combine($root, 'kept'))
        Get-AnswerText 'Remove-WorkFolder' $asked | Should -BeExactly '{"removed":true}'
        [IO.File]::Exists([IO.Path]::Combine($root, 'kept', 'inner', 'file [1]')) | Should -BeTrue
    }

    It 'refuses a folder that is reached over a link, and removes nothing' -Tag 'only on Linux' {
        New-Tree 'kept/inner'
        $link = [IO.Path]::Combine($work, 'link')
        [void][IO.Directory]::CreateSymbolicLink($link, [IO.Path]::Combine($root, 'kept'))
        foreach ($path in $link, [IO.Path]::Combine($link, 'inner')) {
            $refusal = Get-Refusal 'Remove-WorkFolder' (Get-Changed $asked 'Path' $path)
            $refusal.code | Should -BeExactly 'outside-root'
            $refusal.message | Should -BeExactly "$link is a link to another folder. Nothing was removed."
        }
        [IO.File]::Exists([IO.Path]::Combine($root, 'kept', 'inner', 'file [1]')) | Should -BeTrue
    }

    # Linux ends at 4095 bytes of a path as Windows PowerShell does at 260 characters: a tree that is deeper can only be moved together.
    It 'removes what lies too deep to be reached, and what links lead to stays' -Tag 'only on Linux' {
        New-Tree 'kept/inner'
        $long = 'x' * 200
        $chain = "$long/$long/$long/$long/$long/$long/$long/$long/$long/$long/$long/$long"
        New-Tree "work/deep/$chain", "a/$chain", "work/beside/b"
        [void][IO.Directory]::CreateSymbolicLink([IO.Path]::Combine($work, 'link'), [IO.Path]::Combine($root, 'kept'))
        [IO.Directory]::Move([IO.Path]::Combine($root, 'a'), [IO.Path]::Combine($work, 'deep', $chain, 'a'))
        try {
            { [IO.Directory]::GetFiles([IO.Path]::Combine($work, 'deep', $chain, 'a', $chain)) } | Should -Throw '*too long*'
            Get-AnswerText 'Remove-WorkFolder' $asked | Should -BeExactly '{"removed":true}'
            [IO.Directory]::Exists($work) | Should -BeFalse
            [IO.File]::Exists([IO.Path]::Combine($root, 'kept', 'inner', 'file [1]')) | Should -BeTrue
        }
        # Pester could not.
        finally { & /bin/rm -rf $root }
    }

    It 'wants all of its parameters' {
        Get-NotAsked 'Remove-WorkFolder' $asked | Should -BeNullOrEmpty
        foreach ($name in 'Root', 'Path') { (Get-Refusal 'Remove-WorkFolder' (Get-Changed $asked $name '')).code | Should -BeExactly 'bad-parameter' }
    }
}
