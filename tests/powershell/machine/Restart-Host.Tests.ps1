BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, '..', 'verb.ps1'))
}

Describe 'Restart-Host' {
    # In every test: without the mock it would restart this very machine, or the lab host.
    BeforeAll {
        Mock Restart-Computer { }
        Mock Get-StartId { 'this start' }
    }

    It 'restarts the host whose start it is still' {
        Get-AnswerText 'Restart-Host' @{ BootId = 'this start'; Reason = 'a pending rename' } | Should -BeExactly '{"requested":true,"bootId":"this start"}'
        Should -Invoke Restart-Computer -Exactly 1 -ParameterFilter { $Force }
    }

    It 'does not restart a host that was restarted meanwhile' {
        Get-AnswerText 'Restart-Host' @{ BootId = 'an earlier start'; Reason = '' } | Should -BeExactly '{"requested":false,"bootId":"this start"}'
        Should -Invoke Restart-Computer -Exactly 0
    }

    It 'says why Windows refused' {
        Mock Restart-Computer { throw [UnauthorizedAccessException]::new('A required privilege is not held by the client.') }
        $refusal = Get-Refusal 'Restart-Host' @{ BootId = 'this start'; Reason = '' }
        $refusal.code, $refusal.message | Should -BeExactly 'access-denied', 'A required privilege is not held by the client.'
    }

    It 'wants all of its parameters' {
        Get-NotAsked 'Restart-Host' @{ BootId = 'this start'; Reason = '' } | Should -BeNullOrEmpty
        (Get-Refusal 'Restart-Host' @{ BootId = ''; Reason = '' }).code | Should -BeExactly 'bad-parameter'
        Should -Invoke Restart-Computer -Exactly 0
    }
}
