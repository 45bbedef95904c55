/** Owns what helps a host that cannot be reached: the least change as PowerShell and as policy, and how it is taken back. Sources: Microsoft's pages on WinRM, PowerShell remoting, UAC and OpenSSH. */
import { z } from 'zod'

const Change = z.strictObject({
  script: z.string().describe('for Windows PowerShell 5.1, elevated'),
  policy: z
    .strictObject({ path: z.string(), setting: z.string(), value: z.string() })
    .nullable()
    .describe('null: no Group Policy setting does the same'),
  undo: z.string().nullable().describe('null: nothing is to be taken back'),
})
/** What helps, where there is one thing that does. */
export type Change = Readonly<z.infer<typeof Change>>

/** What to run and where. `look` shows what is and changes nothing; `script` is null where no change can be told from here, and then there is a look. Older surveys have no looks. */
export const Remedy = Change.extend({
  at: z.enum(['host', 'workstation']).default('host'),
  look: z.string().nullable().default(null),
  script: Change.shape.script.nullable(),
})
export type Remedy = Readonly<z.infer<typeof Remedy>>

/** Where a remedy is run, as it follows on a title. */
export const whereToRun: Readonly<Record<Remedy['at'], string>> = {
  host: 'in an elevated Windows PowerShell on the host',
  workstation: 'in an elevated Windows PowerShell on this workstation, where it is Windows',
}

/** A remedy on the host: a change, before it a look where one is given. */
export function toChange(change: Change, look: string | null = null): Remedy {
  return { at: 'host', look, ...change }
}

/** A remedy that shows and changes nothing. */
export function toLook(look: string, at: Remedy['at'] = 'host'): Remedy {
  return { at, look, script: null, policy: null, undo: null }
}

/** The change with the words when it is due, for a look to decide. */
export function onlyWhere(due: string, change: Change): Change {
  return { ...change, script: lines(`# Only where ${due}.`, change.script) }
}

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

/** WinRM switched on, with its listener without TLS on port 5985. To take it back is more than Disable-PSRemoting: that command names the other four steps itself. */
export const enableRemoting: Change = {
  script: 'Enable-PSRemoting -Force',
  policy: {
    path: service,
    setting: 'Allow remote server management through WinRM',
    value: 'Enabled, with the addresses to listen on in the IPv4 filter',
  },
  undo: lines(
    'Disable-PSRemoting -Force',
    "Get-ChildItem WSMan:\\localhost\\Listener | Where-Object { $_.Keys -contains 'Transport=HTTP' } | Remove-Item -Recurse",
    'Get-NetFirewallRule -Name WINRM-HTTP-In-TCP* | Disable-NetFirewallRule',
    `Set-ItemProperty -Path ${system} -Name LocalAccountTokenFilterPolicy -Value 0`,
    'Stop-Service WinRM',
    'Set-Service WinRM -StartupType Disabled',
  ),
}

/** WinRM switched on, with a listener that has TLS and a certificate of its own for `address`. */
export function listenWithTls(address: string, port: number): Change {
  return {
    script: lines(
      startWinrm.script,
      newCertificate(address, `Rollout-Reach-${port}`),
      `New-Item -Path WSMan:\\localhost\\Listener -Transport HTTPS -Address * -Port ${port} -CertificateThumbPrint $certificate.Thumbprint -Force`,
      openPort(port).script,
    ),
    policy: null,
    undo: lines(
      "Get-ChildItem WSMan:\\localhost\\Listener | Where-Object { $_.Keys -contains 'Transport=HTTPS' } | Remove-Item -Recurse",
      removeCertificate(`Rollout-Reach-${port}`),
      openPort(port).undo ?? '',
      '# And if the service was stopped before:',
      startWinrm.undo ?? '',
    ),
  }
}

/** The OpenSSH server of Windows installed and started. */
export const switchOnSsh: Change = {
  script: lines(
    'Add-WindowsCapability -Online -Name OpenSSH.Server~~~~0.0.1.0',
    'Set-Service sshd -StartupType Automatic',
    'Start-Service sshd',
  ),
  policy: null,
  undo: lines('Stop-Service sshd', 'Set-Service sshd -StartupType Disabled'),
}

/** The port let in by the host's own firewall. */
export function openPort(port: number): Change {
  const name = quoted(`Rollout-Reach-${port}`)
  return {
    script: `New-NetFirewallRule -Name ${name} -DisplayName ${name} -Direction Inbound -Protocol TCP -LocalPort ${port} -Action Allow`,
    policy: {
      path: `${security} > Windows Defender Firewall with Advanced Security > Inbound Rules`,
      setting: 'New Rule, Port',
      value: `TCP ${port}, Allow the connection`,
    },
    undo: `Remove-NetFirewallRule -Name ${name}`,
  }
}

export const startWinrm: Change = {
  script: lines('Set-Service WinRM -StartupType Automatic', 'Start-Service WinRM'),
  policy: {
    path: `${security} > System Services`,
    setting: 'Windows Remote Management (WS-Management)',
    value: 'Automatic',
  },
  undo: lines('Stop-Service WinRM', 'Set-Service WinRM -StartupType Manual'),
}

/** For a service that takes connections and says nothing. */
export function restart(service: 'WinRM' | 'sshd'): Change {
  return { script: `Restart-Service ${service}`, policy: null, undo: null }
}

/** A way from this workstation to `address` alone, by a router that somebody has to name. */
export function addRoute(address: string): Change {
  const prefix = lines(
    `$address = [Net.Dns]::GetHostAddresses(${quoted(address)}) | Select-Object -First 1`,
    'if ("$address".Contains(\':\')) { $prefix = "$address/128" } else { $prefix = "$address/32" }',
  )
  return {
    script: lines(
      '# Put in the address of the router that leads to the host; it must be in a network of this workstation.',
      "$router = 'THE_ROUTER'",
      prefix,
      'New-NetRoute -DestinationPrefix $prefix -NextHop $router -InterfaceIndex (Find-NetRoute -RemoteIPAddress $router | Select-Object -First 1).InterfaceIndex',
    ),
    policy: null,
    undo: lines(prefix, 'Remove-NetRoute -DestinationPrefix $prefix -Confirm:$false'),
  }
}

/** An account that too many wrong passwords have locked, let in again. `ofHost` is true for an account of the host itself. */
export function unlock(user: string, ofHost: boolean): Change {
  return {
    script: ofHost
      ? lines(
          `$user = [ADSI]${quoted(`WinNT://./${accountIn(user)},user`)}`,
          "$user.psbase.InvokeSet('IsAccountLocked', $false)",
          '$user.psbase.CommitChanges()',
        )
      : lines(
          '# As somebody who may unlock accounts of the domain, on a member of it.',
          `$user = ([adsisearcher]${quoted(filterFor(user))}).FindOne().GetDirectoryEntry()`,
          "$user.Put('lockoutTime', 0)",
          '$user.SetInfo()',
        ),
    policy: null,
    undo: null,
  }
}

/** The name of an account without its domain. */
export function accountIn(user: string): string {
  return user.replace(/^.*\\/s, '')
}

/** What finds an account in the directory, by its name or by its user principal name (RFC 4515 section 3 says what is escaped). */
export function filterFor(user: string): string {
  const name = accountIn(user).replace(/[\0()*\\]/g, (one) => `\\${one.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `(&(objectCategory=person)(|(sAMAccountName=${name})(userPrincipalName=${name})))`
}

/** The SSH agent of this workstation, which Windows has switched off as it comes. */
export const startAgent: Change = {
  script: lines('Set-Service ssh-agent -StartupType Manual', 'Start-Service ssh-agent'),
  policy: { path: `${security} > System Services`, setting: 'OpenSSH Authentication Agent', value: 'Manual' },
  undo: lines('Stop-Service ssh-agent', 'Set-Service ssh-agent -StartupType Disabled'),
}

/** A ticket taken by WinRM without channel binding, as Windows does unless told otherwise. */
export const relaxBinding: Change = {
  script: lines(
    '# Note the value that is shown: it is needed to take this back.',
    'Get-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel',
    'Set-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel -Value Relaxed',
  ),
  policy: {
    path: service,
    setting: 'Specify channel binding token hardening level',
    value: 'Enabled, Hardening Level: Relaxed',
  },
  undo: 'Set-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel -Value THE_OLD_VALUE',
}

/** The host's name told to its DNS servers anew, which is all that a host itself can do about it. */
export const registerName: Change = {
  script: 'Register-DnsClient',
  policy: { path: `${templates} > Network > DNS Client`, setting: 'Dynamic update', value: 'Enabled' },
  undo: null,
}

const tls12 = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server'

/** TLS 1.2 allowed to the servers of the host again, where somebody has switched it off. */
export const allowTls12: Change = {
  script: lines(
    `$key = 'HKLM:\\${tls12}'`,
    '# Note the values that are shown, if any: they are needed to take this back. It holds from the next restart of the host on.',
    'if (Test-Path -LiteralPath $key) { Get-ItemProperty -LiteralPath $key } else { New-Item -Path $key -Force }',
    'New-ItemProperty -LiteralPath $key -Name Enabled -Value 1 -PropertyType DWord -Force',
    'New-ItemProperty -LiteralPath $key -Name DisabledByDefault -Value 0 -PropertyType DWord -Force',
  ),
  policy: {
    path: preferences,
    setting: `HKEY_LOCAL_MACHINE\\${tls12}, Enabled and DisabledByDefault`,
    value: 'REG_DWORD 1 and REG_DWORD 0',
  },
  undo: lines(
    '# Where no values were shown; else set those again.',
    `Remove-Item -LiteralPath 'HKLM:\\${tls12}' -Recurse`,
  ),
}

// Known again by its name: whoever takes it back may sit before another window than who made it.
function newCertificate(address: string, name: string): string {
  return `$certificate = New-SelfSignedCertificate -DnsName ${quoted(address)} -FriendlyName ${quoted(name)} -CertStoreLocation Cert:\\LocalMachine\\My`
}

function removeCertificate(name: string): string {
  return `Get-ChildItem Cert:\\LocalMachine\\My | Where-Object FriendlyName -eq ${quoted(name)} | Remove-Item`
}

/** A new certificate for `address`, given to the HTTPS listener that is there. */
export function renewCertificate(address: string): Change {
  const set = (value: string) =>
    `Set-WSManInstance -ResourceURI winrm/config/Listener -SelectorSet @{Address='*';Transport='HTTPS'} -ValueSet @{CertificateThumbprint=${value}}`
  return {
    script: lines(
      '# Note the thumbprint that is shown: it is needed to take this back.',
      "Get-WSManInstance -ResourceURI winrm/config/Listener -Enumerate | Where-Object Transport -eq 'HTTPS' | Select-Object Address, Port, CertificateThumbprint",
      newCertificate(address, 'Rollout-Renewed'),
      set('$certificate.Thumbprint'),
    ),
    policy: null,
    undo: lines(set("'THE OLD THUMBPRINT'"), removeCertificate('Rollout-Renewed')),
  }
}

/** A way to sign in, allowed by the WinRM service. */
export function allowAuth(way: 'Basic' | 'Negotiate' | 'Kerberos' | 'Certificate'): Change {
  const item = (value: string) => `Set-Item WSMan:\\localhost\\Service\\Auth\\${way} -Value ${value}`
  const policy = {
    Basic: { path: service, setting: 'Allow Basic authentication', value: 'Enabled' },
    Negotiate: { path: service, setting: 'Disallow Negotiate authentication', value: 'Disabled' },
    Kerberos: { path: service, setting: 'Disallow Kerberos authentication', value: 'Disabled' },
    Certificate: null,
  }[way]
  return { script: item('$true'), policy, undo: item('$false') }
}

export const allowIncomingNtlm: Change = {
  script: lines(
    '# Note the value that is shown (1: not for domain accounts, 2: not at all): it is needed to take this back.',
    'Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0 -Name RestrictReceivingNTLMTraffic',
    'Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0 -Name RestrictReceivingNTLMTraffic -Value 0',
  ),
  policy: {
    path: `${security} > Local Policies > Security Options`,
    setting: 'Network security: Restrict NTLM: Incoming NTLM traffic',
    value: 'Allow all',
  },
  undo: 'Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0 -Name RestrictReceivingNTLMTraffic -Value THE_OLD_VALUE',
}

/** The name by which the domain hands out tickets for the host; whoever runs this needs rights over its computer account. */
export function registerSpn(address: string): Change {
  const setspn = (what: string) => `setspn ${what} ${quoted(`HTTP/${address}`)} $env:COMPUTERNAME`
  return {
    script: lines(
      '# Shows who has the name already, if anybody: then that is what is wrong.',
      `setspn -Q ${quoted(`HTTP/${address}`)}`,
      setspn('-S'),
    ),
    policy: null,
    undo: setspn('-D'),
  }
}

/** Local administrators keep their full token over the network. */
export const liftTokenFilter: Change = {
  script: `New-ItemProperty -Path ${system} -Name LocalAccountTokenFilterPolicy -Value 1 -PropertyType DWord -Force`,
  policy: {
    path: preferences,
    setting:
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System, LocalAccountTokenFilterPolicy',
    value: 'REG_DWORD 1',
  },
  undo: `Remove-ItemProperty -Path ${system} -Name LocalAccountTokenFilterPolicy`,
}

/** The account made a member of the local administrators, by the group's SID: its name differs by language. */
export function makeAdministrator(user: string): Change {
  const member = quoted(user.replace(/^\.\\/, ''))
  return {
    script: `Add-LocalGroupMember -SID S-1-5-32-544 -Member ${member}`,
    policy: {
      path: 'Computer Configuration > Preferences > Control Panel Settings > Local Users and Groups',
      setting: 'Administrators (built-in)',
      value: `Update, with ${user} as a member`,
    },
    undo: `Remove-LocalGroupMember -SID S-1-5-32-544 -Member ${member}`,
  }
}

export const allowRemoteShells: Change = {
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
export function raiseQuota(fault: string): Change | null {
  const raise = (item: string, to: number, policy: Change['policy']): Change => ({
    script: lines(
      '# Note the value that is shown: it is needed to take this back.',
      `Get-Item WSMan:\\localhost\\${item}`,
      `Set-Item WSMan:\\localhost\\${item} -Value ${to}`,
    ),
    policy,
    undo: `Set-Item WSMan:\\localhost\\${item} -Value THE_OLD_VALUE`,
  })
  switch (fault) {
    case 'wsman-2150859173':
      return raise('Shell\\MaxShellsPerUser', 60, {
        path: shell,
        setting: 'Specify maximum number of remote shells per user',
        value: '60',
      })
    case 'wsman-2150859175':
      return raise('Service\\MaxConcurrentOperationsPerUser', 3_000, null)
    case 'wsman-2150859179':
      return raise('Shell\\MaxConcurrentUsers', 25, { path: shell, setting: 'MaxConcurrentUsers', value: '25' })
    default:
      return null
  }
}

export const setClock: Change = {
  script: 'w32tm /resync',
  policy: {
    path: `${templates} > System > Windows Time Service > Time Providers`,
    setting: 'Enable Windows NTP Client',
    value: 'Enabled',
  },
  undo: null,
}
