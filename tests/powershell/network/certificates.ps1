<#
.SYNOPSIS
A store of trusted roots that holds what a test puts into it, and a certificate for it.
#>
# CN=Exekra Rollout test root, until 2126.
$rootDer = 'MIIBnDCCAUOgAwIBAgIUa2Am6pjYKnoLIYxbySc/En8HrEUwCgYIKoZIzj0EAwIwIzEhMB8GA1UEAwwYRXhla3JhIFJvbGxvdXQgdGVzdCByb290MCAXDTI2MTIwMTA1MzgzMFoYDzIxMjYxMTA3MDUzODMwWjAjMSEwHwYDVQQDDBhFeGVrcmEgUm9sbG91dCB0ZXN0IHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS3G7b8b6sdgTU5cAaB64GoP6Ib4gMnEosQCdZjfmpSKUEL3ogN3bVE5OUZu/u0b3CJy1L3qhiYof2oL0OiNJNTo1MwUTAdBgNVHQ4EFgQU0MIw14E2s0x3P+pUelc6cMGJqNMwHwYDVR0jBBgwFoAU0MIw14E2s0x3P+pUelc6cMGJqNMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAyodBN5cP5Xt+pfoKZmgZsdhhVSm8CcEeHcWjY9P6XoQIgWaAf9dfik0FoPUFlJaNsGNRTIkoU1Nl2bgcTpz0WwYA='
$rootSha256 = 'c44f14d89aba22b962b62f1097345fe04d6b0b7a93b690d13dabe50b696be99f'

# Not by its name with the module: a mock has that as well.
$newObject = Get-Command -Name 'New-Object' -CommandType Cmdlet

function Get-RootCertificate { [Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String($rootDer)) }

function Use-Store {
    # Lets New-Object give $state.Store where a script wants the store of this machine; everything else is as it was.
    Mock New-Object {
        if ($TypeName -ne 'Security.Cryptography.X509Certificates.X509Store') { return , (& $newObject @PesterBoundParameters) }
        $state.Named = "$ArgumentList"
        $state.Store
    }
}

function New-Store {
    # A store with these certificates that says how it was opened, and whether it was closed.
    param([object[]]$Certificates)
    $store = [pscustomobject]@{ Certificates = [Collections.ArrayList]@($Certificates); Opened = ''; Closed = 0 }
    $store | Add-Member -MemberType ScriptMethod -Name Open -Value { param($How) $this.Opened = $How }
    $store | Add-Member -MemberType ScriptMethod -Name Close -Value { $this.Closed++ }
    $store | Add-Member -MemberType ScriptMethod -Name Add -Value { param($One) [void]$this.Certificates.Add($One) }
    $store
}
