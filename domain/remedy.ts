/** Owns what helps a host that cannot be reached: the least change as PowerShell and as policy, and how it is taken back. Sources: Microsoft's pages on WinRM, PowerShell remoting, UAC and OpenSSH. */
import { z } from 'zod'

/** Scripts are for an elevated Windows PowerShell on the host. `policy` is null where no Group Policy setting does the same, `undo` where nothing is changed. */
export const Remedy = z.strictObject({
  script: z.string(),
  policy: z.strictObject({ path: z.string(), setting: z.string(), value: z.string() }).nullable(),
  undo: z.string().nullable(),
})
export type Remedy = Readonly<z.infer<typeof Remedy>>

const templates = 'Computer Configuration > Policies > Administrative Templates'
const service = `${templates} > Windows Components > Windows Remote Management (WinRM) > WinRM Service`
const shell = `${templates} > Windows Components > Windows Remote Shell`
const security = 'Computer Configuration > Policies > Windows Settings > Security Settings'
const preferences = 'Computer Configuration > Preferences > Windows Settings > Registry'
const system = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System'
const lines = (...all: string[]) => all.join('\n')

/** A text as PowerShell reads it letter for letter; it takes the typographic quotes for quotes too. */
export function quoted(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}

/**
 * WinRM switched on: the listener without TLS by Enable-PSRemoting, which knows port 5985 only (null for another), the one with TLS by a certificate
 * for `address`. To take the first back is more than Disable-PSRemoting: that command names the other four steps itself.
 */
export function switchOnWinrm(address: string, port: number, tls: boolean): Remedy | null {
  if (!tls && port !== 5985) return null
  return tls
    ? {
        script: lines(
          startWinrm.script,
          `$certificate = New-SelfSignedCertificate -DnsName ${quoted(address)} -CertStoreLocation Cert:\\LocalMachine\\My`,
          `New-Item -Path WSMan:\\localhost\\Listener -Transport HTTPS -Address * -Port ${port} -CertificateThumbPrint $certificate.Thumbprint -Force`,
          openPort(port).script,
        ),
        policy: null,
        undo: lines('Get-ChildItem WSMan:\\localhost\\Listener | Where-Object { $_.Keys -contains \'Transport=HTTPS\' } | Remove-Item -Recurse', openPort(port).undo ?? '', '# And if the service was stopped before:', startWinrm.undo ?? ''),
      }
    : {
        script: 'Enable-PSRemoting -Force',
        policy: { path: service, setting: 'Allow remote server management through WinRM', value: 'Enabled, with the addresses to listen on in the IPv4 filter' },
        undo: lines('Disable-PSRemoting -Force', 'Get-ChildItem WSMan:\\localhost\\Listener | Where-Object { $_.Keys -contains \'Transport=HTTP\' } | Remove-Item -Recurse', 'Get-NetFirewallRule -Name WINRM-HTTP-In-TCP* | Disable-NetFirewallRule',
          `Set-ItemProperty -Path ${system} -Name LocalAccountTokenFilterPolicy -Value 0`, 'Stop-Service WinRM', 'Set-Service WinRM -StartupType Disabled'),
      }
}

/** The OpenSSH server of Windows installed and started. */
export const switchOnSsh: Remedy = {
  script: lines('Add-WindowsCapability -Online -Name OpenSSH.Server~~~~0.0.1.0', 'Set-Service sshd -StartupType Automatic', 'Start-Service sshd'),
  policy: null,
  undo: lines('Stop-Service sshd', 'Set-Service sshd -StartupType Disabled'),
}

/** The port let in by the host's own firewall. */
export function openPort(port: number): Remedy {
  const name = quoted(`Rollout-Reach-${port}`)
  return {
    script: `New-NetFirewallRule -Name ${name} -DisplayName ${name} -Direction Inbound -Protocol TCP -LocalPort ${port} -Action Allow`,
    policy: { path: `${security} > Windows Defender Firewall with Advanced Security > Inbound Rules`, setting: 'New Rule, Port', value: `TCP ${port}, Allow the connection` },
    undo: `Remove-NetFirewallRule -Name ${name}`,
  }
}

export const startWinrm: Remedy = {
  script: lines('Set-Service WinRM -StartupType Automatic', 'Start-Service WinRM'),
  policy: { path: `${security} > System Services`, setting: 'Windows Remote Management (WS-Management)', value: 'Automatic' },
  undo: lines('Stop-Service WinRM', 'Set-Service WinRM -StartupType Manual'),
}

/** For a service that takes connections and says nothing. */
export const restartWinrm: Remedy = { script: 'Restart-Service WinRM', policy: null, undo: null }

/** The host's name told to its DNS servers anew, which is all that a host itself can do about it. */
export const registerName: Remedy = {
  script: 'Register-DnsClient',
  policy: { path: `${templates} > Network > DNS Client`, setting: 'Dynamic update', value: 'Enabled' },
  undo: null,
}

const tls12 = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server'

/** TLS 1.2 allowed to the servers of the host again, where somebody has switched it off. */
export const allowTls12: Remedy = {
  script: lines(
    `$key = 'HKLM:\\${tls12}'`,
    '# Note the values that are shown, if any: they are needed to take this back. It holds from the next restart of the host on.',
    'if (Test-Path -LiteralPath $key) { Get-ItemProperty -LiteralPath $key } else { New-Item -Path $key -Force }',
    'New-ItemProperty -LiteralPath $key -Name Enabled -Value 1 -PropertyType DWord -Force',
    'New-ItemProperty -LiteralPath $key -Name DisabledByDefault -Value 0 -PropertyType DWord -Force',
  ),
  policy: { path: preferences, setting: `HKEY_LOCAL_MACHINE\\${tls12}, Enabled and DisabledByDefault`, value: 'REG_DWORD 1 and REG_DWORD 0' },
  undo: lines('# Where no values were shown; else set those again.', `Remove-Item -LiteralPath 'HKLM:\\${tls12}' -Recurse`),
}

/** A new certificate for `address`, given to the HTTPS listener that is there. */
export function renewCertificate(address: string): Remedy {
  const set = (value: string) => `Set-WSManInstance -ResourceURI winrm/config/Listener -SelectorSet @{Address='*';Transport='HTTPS'} -ValueSet @{CertificateThumbprint=${value}}`
  return {
    script: lines(
      '# Note the thumbprint that is shown: it is needed to take this back.',
      'Get-WSManInstance -ResourceURI winrm/config/Listener -Enumerate | Where-Object Transport -eq \'HTTPS\' | Select-Object Address, Port, CertificateThumbprint',
      `$certificate = New-SelfSignedCertificate -DnsName ${quoted(address)} -CertStoreLocation Cert:\\LocalMachine\\My`,
      set('$certificate.Thumbprint'),
    ),
    policy: null,
    undo: set('\'THE OLD THUMBPRINT\''),
  }
}

/** Changes nothing: shows the certificates of the host with the fingerprints that Rollout compares. */
export const showCertificates: Remedy = {
  script: lines(
    'Get-WSManInstance -ResourceURI winrm/config/Listener -Enumerate | Where-Object Transport -eq \'HTTPS\' | Select-Object Port, CertificateThumbprint',
    'Get-ChildItem Cert:\\LocalMachine\\My | Select-Object Thumbprint, Subject, NotAfter, @{ n = \'Sha256\'; e = { [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($_.RawData)).Replace(\'-\', \'\') } }',
  ),
  policy: null,
  undo: null,
}

/** A way to sign in, allowed by the WinRM service. */
export function allowAuth(way: 'Basic' | 'Negotiate' | 'Kerberos' | 'Certificate'): Remedy {
  const item = (value: string) => `Set-Item WSMan:\\localhost\\Service\\Auth\\${way} -Value ${value}`
  const policy = {
    Basic: { path: service, setting: 'Allow Basic authentication', value: 'Enabled' },
    Negotiate: { path: service, setting: 'Disallow Negotiate authentication', value: 'Disabled' },
    Kerberos: { path: service, setting: 'Disallow Kerberos authentication', value: 'Disabled' },
    Certificate: null,
  }[way]
  return { script: item('$true'), policy, undo: item('$false') }
}

export const allowIncomingNtlm: Remedy = {
  script: lines(
    '# Note the value that is shown (1: not for domain accounts, 2: not at all): it is needed to take this back.',
    'Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0 -Name RestrictReceivingNTLMTraffic',
    'Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0 -Name RestrictReceivingNTLMTraffic -Value 0',
  ),
  policy: { path: `${security} > Local Policies > Security Options`, setting: 'Network security: Restrict NTLM: Incoming NTLM traffic', value: 'Allow all' },
  undo: 'Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0 -Name RestrictReceivingNTLMTraffic -Value THE_OLD_VALUE',
}

/** The name by which the domain hands out tickets for the host; whoever runs this needs rights over its computer account. */
export function registerSpn(address: string): Remedy {
  const setspn = (what: string) => `setspn ${what} ${quoted(`HTTP/${address}`)} $env:COMPUTERNAME`
  return { script: lines('# Shows who has the name already, if anybody: then that is what is wrong.', `setspn -Q ${quoted(`HTTP/${address}`)}`, setspn('-S')), policy: null, undo: setspn('-D') }
}

/** Local administrators keep their full token over the network. */
export const liftTokenFilter: Remedy = {
  script: `New-ItemProperty -Path ${system} -Name LocalAccountTokenFilterPolicy -Value 1 -PropertyType DWord -Force`,
  policy: { path: preferences, setting: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System, LocalAccountTokenFilterPolicy', value: 'REG_DWORD 1' },
  undo: `Remove-ItemProperty -Path ${system} -Name LocalAccountTokenFilterPolicy`,
}

/** The account made a member of the local administrators, by the group's SID: its name differs by language. */
export function makeAdministrator(user: string): Remedy {
  const member = quoted(user.replace(/^\.\\/, ''))
  return {
    script: `Add-LocalGroupMember -SID S-1-5-32-544 -Member ${member}`,
    policy: { path: 'Computer Configuration > Preferences > Control Panel Settings > Local Users and Groups', setting: 'Administrators (built-in)', value: `Update, with ${user} as a member` },
    undo: `Remove-LocalGroupMember -SID S-1-5-32-544 -Member ${member}`,
  }
}

export const allowRemoteShells: Remedy = {
  script: 'Set-Item WSMan:\\localhost\\Shell\\AllowRemoteShellAccess -Value $true',
  policy: { path: shell, setting: 'Allow Remote Shell Access', value: 'Enabled' },
  undo: 'Set-Item WSMan:\\localhost\\Shell\\AllowRemoteShellAccess -Value $false',
}

/** For a Windows workstation, in words: what lets its own tools to `address`, of which Rollout has no need. */
export function trustedHosts(address: string): string {
  const item = 'WSMan:\\localhost\\Client\\TrustedHosts'
  return `Get-Item ${item} shows who is trusted; Set-Item ${item} -Value ${quoted(address)} -Concatenate adds this host (Group Policy: ${templates} > Windows Components > Windows Remote Management (WinRM) > WinRM Client, Trusted Hosts); Set-Item ${item} -Value with what was shown takes it back.`
}

/** More room under the quota that a fault names; null where we do not know which setting that is. */
export function raiseQuota(fault: string): Remedy | null {
  const raise = (item: string, to: number, policy: Remedy['policy']): Remedy => ({
    script: lines('# Note the value that is shown: it is needed to take this back.', `Get-Item WSMan:\\localhost\\${item}`, `Set-Item WSMan:\\localhost\\${item} -Value ${to}`),
    policy,
    undo: `Set-Item WSMan:\\localhost\\${item} -Value THE_OLD_VALUE`,
  })
  switch (fault) {
    case 'wsman-2150859173': return raise('Shell\\MaxShellsPerUser', 60, { path: shell, setting: 'Specify maximum number of remote shells per user', value: '60' })
    case 'wsman-2150859175': return raise('Service\\MaxConcurrentOperationsPerUser', 3_000, null)
    case 'wsman-2150859179': return raise('Shell\\MaxConcurrentUsers', 25, { path: shell, setting: 'MaxConcurrentUsers', value: '25' })
    default: return null
  }
}

export const setClock: Remedy = {
  script: 'w32tm /resync',
  policy: { path: `${templates} > System > Windows Time Service > Time Providers`, setting: 'Enable Windows NTP Client', value: 'Enabled' },
  undo: null,
}
