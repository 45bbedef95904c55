/** Owns the looks of the doctor: PowerShell that shows a person what is, and changes nothing. Sources: Microsoft's pages on the commands that it names. */
import { accountIn, filterFor, quoted } from './remedy.ts'

const lines = (...all: string[]) => all.join('\n')
const listeners =
  'Get-WSManInstance -ResourceURI winrm/config/Listener -Enumerate | Select-Object Transport, Address, Port, Enabled, CertificateThumbprint'
const refusals = [
  '# The Sub Status says why: 0xC000006A the password is wrong, 0xC0000064 no such user, 0xC0000234 locked, 0xC0000072 disabled, 0xC0000071 password expired, 0xC000015B not allowed to sign in over the network.',
  "Get-WinEvent -FilterHashtable @{ LogName = 'Security'; Id = 4625; StartTime = (Get-Date).AddHours(-1) } -MaxEvents 5 | Format-List TimeCreated, Message",
]
const log = (name: 'Microsoft-Windows-WinRM/Operational' | 'OpenSSH/Operational') =>
  `Get-WinEvent -LogName ${name} -MaxEvents 20 | Format-List TimeCreated, Message`

/** Which program has the port, and what of WinRM or SSH there is. */
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

/** Which way this workstation goes, and who stands on it. */
export function onTheWay(address: string, port: number): string {
  return lines(
    'Get-NetIPConfiguration',
    `Test-NetConnection -ComputerName ${quoted(address)} -Port ${port} -InformationLevel Detailed`,
    `Test-NetConnection -ComputerName ${quoted(address)} -TraceRoute`,
  )
}

/** As above, with the proxy that others of this workstation use. */
export function proxies(address: string, port: number): string {
  return lines(
    '# Is that the address of the host?',
    `Resolve-DnsName ${quoted(address)}`,
    onTheWay(address, port),
    "# For comparison: the proxy of Windows' own tools. Rollout uses none, so one on the way takes the connection by itself.",
    'netsh winhttp show proxy',
  )
}

/** The certificates of the host with the fingerprints that Rollout shows. */
export const certificates = lines(
  listeners,
  "Get-ChildItem Cert:\\LocalMachine\\My | Format-List Subject, Thumbprint, NotBefore, NotAfter, @{ n = 'Fingerprint'; e = { 'SHA256:' + [Convert]::ToBase64String([Security.Cryptography.SHA256]::Create().ComputeHash($_.RawData)).TrimEnd('=') } }",
)

/** As above, with the clock they are measured by. */
export const certificatesAndClock = lines(
  '# Compare with the clock of this workstation: the one that is wrong is to be set, and no certificate changed.',
  'Get-Date',
  'w32tm /query /status',
  certificates,
)

/** The host's own SSH keys with the fingerprints that Rollout shows. */
export const hostKeys =
  'Get-ChildItem -LiteralPath "$env:ProgramData\\ssh" -Filter ssh_host_*_key.pub | ForEach-Object { ssh-keygen -lf $_.FullName }'

/** How an account stands, and why the host refused whoever it refused of late. */
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

/** Why a ticket was not taken: who may sign in, whether the host and its domain agree, who has its name, and what it wants of a ticket. */
export function tickets(address: string): string {
  return lines(
    ...refusals,
    '# False: the host and its domain no longer agree on its password.',
    'Test-ComputerSecureChannel',
    `setspn -Q ${quoted(`HTTP/${address}`)}`,
    'Get-ChildItem WSMan:\\localhost\\Service\\Auth',
    '# Who may sign in over the network is said by Security Settings > Local Policies > User Rights Assignment, Access this computer from the network and Deny access to this computer from the network.',
    'secedit /export /areas USER_RIGHTS /cfg "$env:TEMP\\rollout-rights.inf"',
    'Select-String -LiteralPath "$env:TEMP\\rollout-rights.inf" -Pattern \'^Se(Deny)?NetworkLogonRight\'',
    'Remove-Item -LiteralPath "$env:TEMP\\rollout-rights.inf"',
  )
}

/** The tickets of whoever runs this, and whether the domain gives one for the host. */
export function ownTickets(address: string): string {
  return lines(
    '# Not elevated, as the user who runs Rollout: an elevated PowerShell may have other tickets.',
    'klist',
    `klist get ${quoted(`HTTP/${address}`)}`,
  )
}

/** What the vault holds: names and kinds, no secret. */
export const vault = 'rollout vault list'

/** The SSH agent of this workstation and the keys it has. */
export const agent = lines('Get-Service ssh-agent', 'ssh-add -l')

/** Which ways to sign in the SSH server allows. */
export const waysOfSsh = lines(
  'Select-String -LiteralPath "$env:ProgramData\\ssh\\sshd_config" -Pattern \'^\\s*(\\w*Authentication\\w*|Allow\\w+|Deny\\w+|Match)\\b\'',
  log('OpenSSH/Operational'),
)

/** Who is an administrator of the host. */
export const administrators = 'Get-LocalGroupMember -SID S-1-5-32-544'

/** The limits of WinRM. */
export const quotas = lines(
  'Get-ChildItem WSMan:\\localhost\\Shell',
  'Get-ChildItem WSMan:\\localhost\\Service',
  'Get-Item WSMan:\\localhost\\MaxEnvelopeSizekb',
)

/** What the host wrote down of late, where nothing else is known. */
export function latest(by: 'WinRM' | 'SSH'): string {
  return by === 'SSH'
    ? lines('Get-Service sshd', log('OpenSSH/Operational'))
    : lines('Get-Service WinRM', listeners, log('Microsoft-Windows-WinRM/Operational'))
}
