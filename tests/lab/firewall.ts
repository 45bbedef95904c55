/**
 * The Windows firewall of a lab host: what its cmdlets recorded (firewall.json) put into force by nftables in the host's
 * network namespace. The cmdlets wait for `firewall.applied` to say so, as Windows' answer only when a rule holds.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inside } from './network.ts'
import type { HostRecord } from './site.ts'

const program = '/usr/sbin/nft'
/** The category of a lab host's only network; a rule or a profile of another category says nothing about it. */
const category = { name: 'Private', bit: 2 } as const

/** A recorded rule; the numbers are those of Windows' enumerations. */
export interface RecordedRule {
  readonly Name: string
  readonly DisplayName: string
  readonly Group?: string | null
  readonly Enabled: 1 | 2
  readonly Profile: number
  readonly Direction: 1 | 2
  readonly Action: 2 | 4
  readonly Protocol: string
  readonly LocalPort: readonly string[]
  readonly RemoteAddress: readonly string[]
}

/** What the active store holds of one profile. */
export interface RecordedProfile {
  readonly Name: string
  readonly Enabled: boolean
  readonly DefaultInboundAction: 'Allow' | 'Block'
  readonly AllowInboundRules: boolean
  readonly AllowLocalFirewallRules: boolean
}

export interface RecordedFirewall {
  readonly Rules: readonly RecordedRule[]
  readonly Profiles: readonly RecordedProfile[]
}

/** Says in a sentence why rules cannot be put into force here, if they cannot. */
export function firewallUnavailable(): string | undefined {
  if (!existsSync(program)) return 'nftables is not installed'
  const tried = spawnSync('unshare', ['--net', program, '-f', '-'], { input: rulesetOf(firstFirewall(22)) })
  return tried.status === 0 ? undefined : 'nftables may set no rules in a network namespace here'
}

/** The firewall of a host that was just set up: everything in is stopped but the ways by which it is administered. */
export function firstFirewall(sshPort: number): RecordedFirewall {
  const lets = (Name: string, DisplayName: string, Group: string, port: number): RecordedRule => ({
    Name,
    DisplayName,
    Group,
    Enabled: 1,
    Profile: 0,
    Direction: 1,
    Action: 2,
    Protocol: 'TCP',
    LocalPort: [String(port)],
    RemoteAddress: ['Any'],
  })
  return {
    Rules: [
      lets('OpenSSH-Server-In-TCP', 'OpenSSH SSH Server (sshd)', 'OpenSSH Server', sshPort),
      lets('WINRM-HTTP-In-TCP', 'Windows Remote Management (HTTP-In)', 'Windows Remote Management', 5985),
      lets('WINRM-HTTPS-In-TCP', 'Windows Remote Management (HTTPS-In)', 'Windows Remote Management', 5986),
    ],
    Profiles: ['Domain', 'Private', 'Public'].map((Name) => ({
      Name,
      Enabled: true,
      DefaultInboundAction: 'Block',
      AllowInboundRules: true,
      AllowLocalFirewallRules: true,
    })),
  }
}

/** The ruleset for nft, whole: it takes the place of the one before in one step. */
export function rulesetOf({ Rules, Profiles }: RecordedFirewall): string {
  const profile = Profiles.find(({ Name }) => Name === category.name)
  if (!profile) throw new Error(`The firewall's record has no profile ${category.name}.`)
  const rules = profile.Enabled && profile.AllowLocalFirewallRules ? Rules.filter(holds) : []
  const incoming = rules.filter(({ Direction }) => Direction === 1)
  const lines = (some: readonly RecordedRule[], action: 2 | 4, peer: 'saddr' | 'daddr') =>
    some
      .filter(({ Action }) => Action === action)
      .flatMap((rule) => matches(rule, peer).map((match) => `${match} ${action === 2 ? 'accept' : 'drop'}`))
  const open = !profile.Enabled || (profile.DefaultInboundAction === 'Allow' && profile.AllowInboundRules)
  const input = [
    'ct state established,related accept',
    'iif lo accept',
    'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept',
    // A rule that blocks wins over one that allows.
    ...lines(incoming, 4, 'saddr'),
    ...(profile.AllowInboundRules ? lines(incoming, 2, 'saddr') : []),
  ]
  const output = lines(
    rules.filter(({ Direction }) => Direction === 2),
    4,
    'daddr',
  )
  const chain = (hook: string, policy: string, body: readonly string[]) =>
    `  chain ${hook} {\n    type filter hook ${hook} priority 0; policy ${policy};\n${body.map((line) => `    ${line}\n`).join('')}  }\n`
  return `table inet windows\ndelete table inet windows\ntable inet windows {\n${chain('input', open ? 'accept' : 'drop', input)}${chain('output', 'accept', output)}}\n`
}

const holds = ({ Enabled, Profile }: RecordedRule) => Enabled === 1 && (Profile === 0 || (Profile & category.bit) !== 0)

function matches(rule: RecordedRule, peer: 'saddr' | 'daddr'): string[] {
  const protocol = { tcp: 'tcp', udp: 'udp', 6: 'tcp', 17: 'udp', any: 'any' }[rule.Protocol.toLowerCase()]
  if (protocol === undefined) throw new Error(`The lab's firewall knows no protocol ${rule.Protocol}.`)
  const ports = rule.LocalPort.includes('Any') ? '' : ` { ${rule.LocalPort.join(', ')} }`
  // The port of our own end: of an incoming packet its aim, of an outgoing one its source.
  const local =
    protocol === 'any'
      ? 'meta l4proto { tcp, udp }'
      : ports === ''
        ? `meta l4proto ${protocol}`
        : `${protocol} ${peer === 'saddr' ? 'dport' : 'sport'}${ports}`
  if (rule.RemoteAddress.includes('Any')) return [local]
  const [six, four] = [true, false].map((v6) => rule.RemoteAddress.filter((one) => one.includes(':') === v6))
  return [
    ...(four?.length ? [`ip ${peer} { ${four.map(withPrefix).join(', ')} } ${local}`] : []),
    ...(six?.length ? [`ip6 ${peer} { ${six.join(', ')} } ${local}`] : []),
  ]
}

/** Windows writes networks with masks; nft wants a length. */
function withPrefix(address: string): string {
  const [network = '', mask] = address.split('/')
  if (!mask?.includes('.')) return address
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
  return `${network}/${bits.indexOf('0') === -1 ? 32 : bits.indexOf('0')}`
}

/** Puts what is recorded into force where it has changed; `held` is the text that was put into force before. */
export async function putIntoForce(host: HostRecord, held: string | undefined): Promise<string> {
  const state = join(host.driveC, 'LabState')
  const text = await readFile(join(state, 'firewall.json'), 'utf8')
  if (text === held) return held
  let said = createHash('sha256').update(text).digest('hex')
  try {
    await nft(host.namespace, rulesetOf(JSON.parse(text) as RecordedFirewall))
  } catch (problem) {
    said += `\n${problem instanceof Error ? problem.message : String(problem)}`
  }
  const part = join(state, 'firewall.applied.part')
  await writeFile(part, said)
  await rename(part, join(state, 'firewall.applied'))
  return text
}

function nft(namespace: string, ruleset: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(...inside(namespace, program, ['-f', '-']), { stdio: ['pipe', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said += piece
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`nft refused the rules: ${said.trim()}`))
    })
    child.stdin.end(ruleset)
  })
}
