/**
 * Changes that make a host reachable: services, ports, listeners, certificates. Sources: Microsoft's pages on WinRM,
 * PowerShell remoting and OpenSSH.
 */
import type { Change } from '../remedy.ts'
import { preferences, security, templates, winrmService } from './policy-paths.ts'
import { lines, quoted } from './powershell.ts'

const system = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System'

/**
 * Enables WinRM with a listener without TLS on port 5985. Disable-PSRemoting itself lists the four other steps that
 * undo it.
 */
export const enableRemoting: Change = {
  script: 'Enable-PSRemoting -Force',
  policy: {
    path: winrmService,
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

/** Enables WinRM with an HTTPS listener and a new certificate for `address`. */
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
      '# If the service was stopped before, also:',
      startWinrm.undo ?? '',
    ),
  }
}

/** Installs and starts the OpenSSH server of Windows. */
export const switchOnSsh: Change = {
  script: lines(
    'Add-WindowsCapability -Online -Name OpenSSH.Server~~~~0.0.1.0',
    'Set-Service sshd -StartupType Automatic',
    'Start-Service sshd',
  ),
  policy: null,
  undo: lines('Stop-Service sshd', 'Set-Service sshd -StartupType Disabled'),
}

/** Opens the port in the host's own firewall. */
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

/** Starts the WinRM service. */
export const startWinrm: Change = {
  script: lines('Set-Service WinRM -StartupType Automatic', 'Start-Service WinRM'),
  policy: {
    path: `${security} > System Services`,
    setting: 'Windows Remote Management (WS-Management)',
    value: 'Automatic',
  },
  undo: lines('Stop-Service WinRM', 'Set-Service WinRM -StartupType Manual'),
}

/** Restarts a service that accepts connections and does not answer. */
export function restart(service: 'WinRM' | 'sshd'): Change {
  return { script: `Restart-Service ${service}`, policy: null, undo: null }
}

/** Adds a route from this workstation to `address` alone, by a router that a person has to name. */
export function addRoute(address: string): Change {
  const prefix = lines(
    `$address = [Net.Dns]::GetHostAddresses(${quoted(address)}) | Select-Object -First 1`,
    'if ("$address".Contains(\':\')) { $prefix = "$address/128" } else { $prefix = "$address/32" }',
  )
  return {
    script: lines(
      '# Enter the address of the router that leads to the host; it must be in a network of this workstation.',
      "$router = 'THE_ROUTER'",
      prefix,
      'New-NetRoute -DestinationPrefix $prefix -NextHop $router -InterfaceIndex (Find-NetRoute -RemoteIPAddress $router | Select-Object -First 1).InterfaceIndex',
    ),
    policy: null,
    undo: lines(prefix, 'Remove-NetRoute -DestinationPrefix $prefix -Confirm:$false'),
  }
}

/** Registers the host's name with its DNS servers again. A host can do no more about its name. */
export const registerName: Change = {
  script: 'Register-DnsClient',
  policy: { path: `${templates} > Network > DNS Client`, setting: 'Dynamic update', value: 'Enabled' },
  undo: null,
}

const tls12 = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server'

/** Allows TLS 1.2 for the servers of the host again. */
export const allowTls12: Change = {
  script: lines(
    `$key = 'HKLM:\\${tls12}'`,
    '# Note the values that are listed, if any: you need them to undo this. It takes effect after a restart of the host.',
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
    '# If no values were listed; otherwise set the old values again.',
    `Remove-Item -LiteralPath 'HKLM:\\${tls12}' -Recurse`,
  ),
}

// Found again by its name: the change may be undone from another PowerShell window.
function newCertificate(address: string, name: string): string {
  return `$certificate = New-SelfSignedCertificate -DnsName ${quoted(address)} -FriendlyName ${quoted(name)} -CertStoreLocation Cert:\\LocalMachine\\My`
}

function removeCertificate(name: string): string {
  return `Get-ChildItem Cert:\\LocalMachine\\My | Where-Object FriendlyName -eq ${quoted(name)} | Remove-Item`
}

/** Creates a certificate for `address` and gives it to the existing HTTPS listener. */
export function renewCertificate(address: string): Change {
  const set = (value: string) =>
    `Set-WSManInstance -ResourceURI winrm/config/Listener -SelectorSet @{Address='*';Transport='HTTPS'} -ValueSet @{CertificateThumbprint=${value}}`
  return {
    script: lines(
      '# Note the thumbprint that is listed: you need it to undo this.',
      "Get-WSManInstance -ResourceURI winrm/config/Listener -Enumerate | Where-Object Transport -eq 'HTTPS' | Select-Object Address, Port, CertificateThumbprint",
      newCertificate(address, 'Rollout-Renewed'),
      set('$certificate.Thumbprint'),
    ),
    policy: null,
    undo: lines(set("'THE OLD THUMBPRINT'"), removeCertificate('Rollout-Renewed')),
  }
}
