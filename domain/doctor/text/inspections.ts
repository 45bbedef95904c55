/**
 * Inspections of the doctor: PowerShell that shows the state and changes nothing. Sources: Microsoft's pages on the
 * commands.
 */
import { commandName } from '../../base/command-name.ts'
import { accountIn, filterFor } from '../account.ts'
import { lines, quoted } from './powershell.ts'

const listeners =
  'Get-WSManInstance -ResourceURI winrm/config/Listener -Enumerate | Select-Object Transport, Address, Port, Enabled, CertificateThumbprint'
const refusals = [
  '# The Sub Status gives the reason: 0xC000006A the password is wrong, 0xC0000064 no such user, 0xC0000234 locked, 0xC0000072 disabled, 0xC0000071 password expired, 0xC000015B not allowed to sign in over the network.',
  "Get-WinEvent -FilterHashtable @{ LogName = 'Security'; Id = 4625; StartTime = (Get-Date).AddHours(-1) } -MaxEvents 5 | Format-List TimeCreated, Message",
]
const log = (name: 'Microsoft-Windows-WinRM/Operational' | 'OpenSSH/Operational') =>
  `Get-WinEvent -LogName ${name} -MaxEvents 20 | Format-List TimeCreated, Message`

/** Shows which program uses the port, and the state of WinRM or SSH. */
export function atPort(port: number, by: 'WinRM' | 'SSH'): string {
  return lines(
    '# Process 4 (System) is http.sys: WinRM and web servers share it.',
    `Get-NetTCPConnection -State Listen -LocalPort ${port} | Select-Object LocalAddress, OwningProcess, @{ n = 'Program'; e = { (Get-Process -Id $_.OwningProcess).ProcessName } }`,
    ...(by === 'SSH'
      ? [
          'Get-Service sshd',
          'Select-String -LiteralPath "$env:ProgramData\\ssh\\sshd_config" -Pattern \'^\\s*(Port|ListenAddress|MaxStartups)\'',
          log('OpenSSH/Operational'),
        ]
      : [listeners, 'netsh http show servicestate view=requestq', 'netsh interface portproxy show all']),
  )
}

/** Shows the route from this workstation and what is on it. */
export function onTheWay(address: string, port: number): string {
  return lines(
    'Get-NetIPConfiguration',
    `Test-NetConnection -ComputerName ${quoted(address)} -Port ${port} -InformationLevel Detailed`,
    `Test-NetConnection -ComputerName ${quoted(address)} -TraceRoute`,
  )
}

/** Shows the route and the proxy that other programs of this workstation use. */
export function proxies(address: string, port: number): string {
  return lines(
    '# Check that this is the address of the host.',
    `Resolve-DnsName ${quoted(address)}`,
    onTheWay(address, port),
    "# For comparison: the proxy of Windows' own tools. Rollout uses none, so a proxy on the path intercepts the connection.",
    'netsh winhttp show proxy',
  )
}

/** Lists the certificates of the host with the fingerprints that Rollout shows. */
export const certificates = lines(
  listeners,
  "Get-ChildItem Cert:\\LocalMachine\\My | Format-List Subject, Thumbprint, NotBefore, NotAfter, @{ n = 'Fingerprint'; e = { 'SHA256:' + [Convert]::ToBase64String([Security.Cryptography.SHA256]::Create().ComputeHash($_.RawData)).TrimEnd('=') } }",
)

/** Lists the certificates and the clock that decides their validity. */
export const certificatesAndClock = lines(
  '# Compare with the clock of this workstation. If one clock is wrong, set it and change no certificate.',
  'Get-Date',
  'w32tm /query /status',
  certificates,
)

/** Lists the SSH keys of the host with the fingerprints that Rollout shows. */
export const hostKeys =
  'Get-ChildItem -LiteralPath "$env:ProgramData\\ssh" -Filter ssh_host_*_key.pub | ForEach-Object { ssh-keygen -lf $_.FullName }'

/** Shows the state of an account, and why the host refused recent sign-ins. */
export function account(user: string | null, ofHost: boolean, by: 'WinRM' | 'SSH'): string {
  return lines(
    ...(user === null
      ? []
      : ofHost
        ? [`net user ${quoted(accountIn(user))}`]
        : [
            `$found = ([adsisearcher]${quoted(filterFor(user))}).FindOne()`,
            "net user $found.Properties['samaccountname'][0] /domain",
          ]),
    ...refusals,
    ...(by === 'SSH' ? [log('OpenSSH/Operational')] : []),
  )
}

/**
 * Shows why a ticket was refused: who may sign in, the trust between host and domain, the owner of the name, and the
 * ticket settings.
 */
export function tickets(address: string): string {
  return lines(
    ...refusals,
    '# False: the trust between the host and its domain is broken.',
    'Test-ComputerSecureChannel',
    `setspn -Q ${quoted(`HTTP/${address}`)}`,
    'Get-ChildItem WSMan:\\localhost\\Service\\Auth',
    '# Security Settings > Local Policies > User Rights Assignment decides who may sign in: Access this computer from the network, and Deny access to this computer from the network.',
    'secedit /export /areas USER_RIGHTS /cfg "$env:TEMP\\rollout-rights.inf"',
    'Select-String -LiteralPath "$env:TEMP\\rollout-rights.inf" -Pattern \'^Se(Deny)?NetworkLogonRight\'',
    'Remove-Item -LiteralPath "$env:TEMP\\rollout-rights.inf"',
  )
}

/** Lists the tickets of the current user, and whether the domain issues one for the host. */
export function ownTickets(address: string): string {
  return lines(
    '# Run it not elevated, as the user who runs Rollout: an elevated PowerShell may have other tickets.',
    'klist',
    `klist get ${quoted(`HTTP/${address}`)}`,
  )
}

/** Lists the entries of the vault: names and kinds, no secret. */
export const vault = `${commandName} vault list`

/** Shows the SSH agent of this workstation and its keys. */
export const agent = lines('Get-Service ssh-agent', 'ssh-add -l')

/** Shows which sign-ins the SSH server allows. */
export const waysOfSsh = lines(
  'Select-String -LiteralPath "$env:ProgramData\\ssh\\sshd_config" -Pattern \'^\\s*(\\w*Authentication\\w*|Allow\\w+|Deny\\w+|Match)\\b\'',
  log('OpenSSH/Operational'),
)

/** Lists the administrators of the host. */
export const administrators = 'Get-LocalGroupMember -SID S-1-5-32-544'

/** Shows the limits of WinRM. */
export const quotas = lines(
  'Get-ChildItem WSMan:\\localhost\\Shell',
  'Get-ChildItem WSMan:\\localhost\\Service',
  'Get-Item WSMan:\\localhost\\MaxEnvelopeSizekb',
)

/** Shows the latest log entries of the host, for causes without a better inspection. */
export function latest(by: 'WinRM' | 'SSH'): string {
  return by === 'SSH'
    ? lines('Get-Service sshd', log('OpenSSH/Operational'))
    : lines('Get-Service WinRM', listeners, log('Microsoft-Windows-WinRM/Operational'))
}
