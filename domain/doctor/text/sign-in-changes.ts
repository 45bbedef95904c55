/**
 * Changes that let an account sign in and work: authentication, rights, quotas, clocks. Sources: Microsoft's pages on
 * WinRM, Kerberos and UAC.
 */
import type { Change } from '../remedy.ts'
import { accountIn, filterFor } from '../account.ts'
import { preferences, remoteShell, security, templates, winrmService } from './policy-paths.ts'
import { lines, quoted } from './powershell.ts'

const system = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System'

/** Unlocks an account that too many wrong passwords have locked. `ofHost` is true for an account of the host itself. */
export function unlock(user: string, ofHost: boolean): Change {
  return {
    script: ofHost
      ? lines(
          `$user = [ADSI]${quoted(`WinNT://./${accountIn(user)},user`)}`,
          "$user.psbase.InvokeSet('IsAccountLocked', $false)",
          '$user.psbase.CommitChanges()',
        )
      : lines(
          '# Run it on a member of the domain, as a user who may unlock its accounts.',
          `$user = ([adsisearcher]${quoted(filterFor(user))}).FindOne().GetDirectoryEntry()`,
          "$user.Put('lockoutTime', 0)",
          '$user.SetInfo()',
        ),
    policy: null,
    undo: null,
  }
}

/** Starts the SSH agent of this workstation, which Windows disables by default. */
export const startAgent: Change = {
  script: lines('Set-Service ssh-agent -StartupType Manual', 'Start-Service ssh-agent'),
  policy: { path: `${security} > System Services`, setting: 'OpenSSH Authentication Agent', value: 'Manual' },
  undo: lines('Stop-Service ssh-agent', 'Set-Service ssh-agent -StartupType Disabled'),
}

/** Lets WinRM accept a ticket without channel binding, as Windows does by default. */
export const relaxBinding: Change = {
  script: lines(
    '# Note the value that is listed: you need it to undo this.',
    'Get-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel',
    'Set-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel -Value Relaxed',
  ),
  policy: {
    path: winrmService,
    setting: 'Specify channel binding token hardening level',
    value: 'Enabled, Hardening Level: Relaxed',
  },
  undo: 'Set-Item WSMan:\\localhost\\Service\\Auth\\CbtHardeningLevel -Value THE_OLD_VALUE',
}

/** Allows a sign-in in the WinRM service. */
export function allowAuth(way: 'Basic' | 'Negotiate' | 'Kerberos' | 'Certificate'): Change {
  const item = (value: string) => `Set-Item WSMan:\\localhost\\Service\\Auth\\${way} -Value ${value}`
  const policy = {
    Basic: { path: winrmService, setting: 'Allow Basic authentication', value: 'Enabled' },
    Negotiate: { path: winrmService, setting: 'Disallow Negotiate authentication', value: 'Disabled' },
    Kerberos: { path: winrmService, setting: 'Disallow Kerberos authentication', value: 'Disabled' },
    Certificate: null,
  }[way]
  return { script: item('$true'), policy, undo: item('$false') }
}

/** Allows incoming NTLM. */
export const allowIncomingNtlm: Change = {
  script: lines(
    '# Note the value that is listed (1: not for domain accounts, 2: not at all): you need it to undo this.',
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

/**
 * Registers the name for which the domain issues tickets. The user who runs this needs rights over the computer
 * account.
 */
export function registerSpn(address: string): Change {
  const setspn = (what: string) => `setspn ${what} ${quoted(`HTTP/${address}`)} $env:COMPUTERNAME`
  return {
    script: lines(
      '# If this lists another account, the name is registered there: remove it from that account first.',
      `setspn -Q ${quoted(`HTTP/${address}`)}`,
      setspn('-S'),
    ),
    policy: null,
    undo: setspn('-D'),
  }
}

/** Lets local administrators keep their full token over the network. */
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

/** Makes the account a local administrator, by the group's SID: its name differs by language. */
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

/** Allows remote shells. */
export const allowRemoteShells: Change = {
  script: 'Set-Item WSMan:\\localhost\\Shell\\AllowRemoteShellAccess -Value $true',
  policy: { path: remoteShell, setting: 'Allow Remote Shell Access', value: 'Enabled' },
  undo: 'Set-Item WSMan:\\localhost\\Shell\\AllowRemoteShellAccess -Value $false',
}

/** How the tools of a Windows workstation are allowed to reach `address`, as a sentence. Rollout does not need it. */
export function trustedHosts(address: string): string {
  const item = 'WSMan:\\localhost\\Client\\TrustedHosts'
  return `Get-Item ${item} lists the trusted hosts. Set-Item ${item} -Value ${quoted(address)} -Concatenate adds this host (Group Policy: ${templates} > Windows Components > Windows Remote Management (WinRM) > WinRM Client, Trusted Hosts). Set-Item ${item} -Value with the old list undoes it.`
}

/** Raises the quota that a fault names; null if we do not know the setting. */
export function raiseQuota(fault: string): Change | null {
  const raise = (item: string, to: number, policy: Change['policy']): Change => ({
    script: lines(
      '# Note the value that is listed: you need it to undo this.',
      `Get-Item WSMan:\\localhost\\${item}`,
      `Set-Item WSMan:\\localhost\\${item} -Value ${to}`,
    ),
    policy,
    undo: `Set-Item WSMan:\\localhost\\${item} -Value THE_OLD_VALUE`,
  })
  switch (fault) {
    case 'wsman-2150859173':
      return raise('Shell\\MaxShellsPerUser', 60, {
        path: remoteShell,
        setting: 'Specify maximum number of remote shells per user',
        value: '60',
      })
    case 'wsman-2150859175':
      return raise('Service\\MaxConcurrentOperationsPerUser', 3_000, null)
    case 'wsman-2150859179':
      return raise('Shell\\MaxConcurrentUsers', 25, { path: remoteShell, setting: 'MaxConcurrentUsers', value: '25' })
    default:
      return null
  }
}

/** Synchronizes the clock with its time source. */
export const setClock: Change = {
  script: 'w32tm /resync',
  policy: {
    path: `${templates} > System > Windows Time Service > Time Providers`,
    setting: 'Enable Windows NTP Client',
    value: 'Enabled',
  },
  undo: null,
}
