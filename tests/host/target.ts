/** Parses the command line of test:host: an address, how to sign in, and the host under test. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Host } from '../../domain/plan/host.ts'
import type { Credential, Transport, TrustStore } from '../../main/engine/ports.ts'
import { askHidden, readStdin } from '../../main/shells/cli/ask.ts'
import { createSshTransport } from '../../main/transports/ssh/transport.ts'
import { connectByHttp } from '../../main/transports/winrm/connection-settings.ts'
import { createWinrmTransport } from '../../main/transports/winrm/transport.ts'

export const usage = `Usage: npm run test:host -- ssh://user@host[:port] [--key FILE]
       npm run test:host -- winrms://user@host[:port] [--certificate SHA256] [--auth ntlm|basic|kerberos]
       npm run test:host -- winrm://user@host[:port]
       [--password-stdin] [--only-looking] [--powershell NAME] [--report FILE]
winrms is WinRM over HTTPS (5986), winrm over HTTP, encrypted by NTLM (5985). A domain user is written DOMAIN%5Cuser.
A password is asked for, or comes from ROLLOUT_TEST_HOST_PASSWORD or standard input; it is never part of the address. For SSH without either the agent is used, for kerberos your own ticket.
--report writes everything that was seen to one JSON file, without any credential.`

export interface Target {
  readonly host: Host
  readonly credential: Credential
  readonly transport: Transport
  readonly onlyLooking: boolean
  /** The PowerShell that was named instead of the host's usual one. */
  readonly powershell?: string
  /** Where the report is written. */
  readonly report?: string
}

function wordsOf(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        certificate: { type: 'string' },
        auth: { type: 'string' },
        'only-looking': { type: 'boolean' },
        powershell: { type: 'string' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        'password-stdin': { type: 'boolean' },
      },
    })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Reads the words after the command; a sentence where they mean nothing. May ask for a password. */
export async function targetOf(words: readonly string[]): Promise<Target | string> {
  const parsed = wordsOf(words)
  if (typeof parsed === 'string') return `${parsed}\n\n${usage}`
  const { values, positionals } = parsed
  if (values.help === true) return usage
  const url = positionals[0] === undefined ? undefined : URL.parse(positionals[0])
  if (!url || !['ssh:', 'winrm:', 'winrms:'].includes(url.protocol) || url.username === '' || url.password !== '')
    return usage
  const ssh = url.protocol === 'ssh:'
  const given = (name: 'certificate' | 'auth') =>
    values[name] === undefined
      ? {}
      : { [name]: name === 'certificate' ? values[name].replaceAll(':', '') : values[name] }
  const port = url.port === '' ? {} : { port: Number(url.port) }
  const read = Host.safeParse({
    name: url.hostname.replace(/[^A-Za-z0-9._-]/g, '') || 'host',
    address: url.hostname.replace(/^\[|\]$/g, ''),
    reach: ssh
      ? { kind: 'ssh', ...port }
      : { kind: 'winrm', tls: url.protocol === 'winrms:', ...port, ...given('certificate'), ...given('auth') },
  })
  if (!read.success)
    return `${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}\n\n${usage}`
  const user = decodeURIComponent(url.username)
  const credential = await credentialFor(
    user,
    ssh ? 'ssh' : values.auth === 'kerberos' ? 'tickets' : 'password',
    values.key,
    values['password-stdin'] === true,
  )
  if (!credential) return `There is no password for ${user}.\n\n${usage}`
  const named = values.powershell === undefined ? {} : { powershell: values.powershell }
  const trust = trustShown(ssh ? 'Host key' : 'Certificate')
  return {
    host: read.data,
    credential,
    onlyLooking: values['only-looking'] === true,
    ...named,
    ...(values.report === undefined ? {} : { report: values.report }),
    transport: ssh
      ? createSshTransport({ trust, ...named })
      : createWinrmTransport({ connect: connectByHttp(trust), ...named }),
  }
}

async function credentialFor(
  user: string,
  by: 'ssh' | 'tickets' | 'password',
  keyFile: string | undefined,
  fromStdin: boolean,
): Promise<Credential | undefined> {
  if (keyFile !== undefined) return { kind: 'key', user, privateKey: readFileSync(keyFile, 'utf8') }
  const asks = by === 'password' || (by === 'ssh' && process.env['SSH_AUTH_SOCK'] === undefined)
  const password = fromStdin
    ? (await readStdin()).replace(/\r?\n$/, '')
    : (process.env['ROLLOUT_TEST_HOST_PASSWORD'] ?? (asks ? await askHidden(`Password of ${user}: `) : undefined))
  if (password !== undefined && password !== '') return { kind: 'password', user, password }
  return by === 'password' ? undefined : { kind: 'agent', user }
}

/** Nothing is remembered between runs: what the host shows is shown, for the owner to compare. */
function trustShown(what: string): TrustStore {
  const pins = new Map<string, string>()
  return {
    pinned: (address, port) => pins.get(`${address}:${port}`),
    pin(address, port, fingerprint) {
      pins.set(`${address}:${port}`, fingerprint)
      const hex = Buffer.from(fingerprint.replace(/^SHA256:/, ''), 'base64').toString('hex')
      console.log(
        `${what} of ${address} port ${port}: ${fingerprint}${what === 'Certificate' ? ` (--certificate ${hex} accepts this one only)` : ''}`,
      )
    },
  }
}
