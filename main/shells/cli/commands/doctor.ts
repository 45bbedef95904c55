/** Owns the command that says why a host cannot be reached. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { Host } from '../../../../domain/plan/host.ts'
import { HostName } from '../../../../domain/base/ids.ts'
import type { DoctorOptions } from '../../../app/core/doctor.ts'
import { askHidden } from '../ask.ts'
import type { Command, Words } from '../command.ts'
import { CommandEnd, exitCodes } from '../exit-code.ts'
import { dbOption, vaultOptions, withApp } from '../open.ts'
import { takePlan } from '../plan-input.ts'
import { sayDiagnosis } from '../print-diagnosis.ts'

export const doctor: Command = {
  name: 'doctor',
  summary:
    'Says why a host cannot be reached: one cause, its evidence, the least change that helps, and how to take it back. Changes nothing on the host.',
  usage:
    'HOST --plan PLAN | winrm://[USER@]HOST[:PORT] | winrms://... | ssh://... | auto://...   [--credential ENTRY] [--json]',
  example: `${commandName} doctor RUN001 --plan site.json`,
  options: {
    ...dbOption,
    ...vaultOptions,
    plan: { type: 'string', value: 'FILE', help: 'the plan that has the host, with its reach and credential' },
    credential: {
      type: 'string',
      value: 'ENTRY',
      help: 'the vault entry to sign in with, where an address is given; without one and without USER only what comes before the sign-in is looked at',
    },
    auth: {
      type: 'string',
      value: 'WAY',
      help: 'ntlm (default), basic, certificate, or kerberos (by your own ticket), where an address is given',
    },
    wait: {
      type: 'string',
      value: 'SECONDS',
      help: 'how long to wait for the connection and for its first answer (default 10)',
    },
  },
  positionals: [1, 1],
  async run(words, terminal) {
    const waitMs = words.number('wait', { min: 1, max: 300, otherwise: 10 }) * 1_000
    const { host, user } = await hostOf(words)
    const credential = user === undefined ? undefined : await credentialOf(user, host)
    const stop = new AbortController()
    const interrupt = () => {
      stop.abort(new Error('interrupted'))
    }
    process.once('SIGINT', interrupt)
    try {
      const examined = await withApp(words, {}, (app) =>
        app.examine(host, {
          signal: stop.signal,
          waitMs,
          ...(credential && { credential }),
          onDoor: (found) => {
            terminal.say(`Port  ${found}`)
          },
          onWell: (what) => {
            terminal.say(`${terminal.paint.good('Well ')}  ${what}`)
          },
        }),
      )
      terminal.emit('diagnosis', { reachable: examined.diagnosis === null, ...examined })
      if (examined.diagnosis) {
        sayDiagnosis(examined.diagnosis, terminal)
        return exitCodes.failed
      }
      terminal.say(
        examined.signedIn
          ? `${examined.host} can be reached by ${examined.by}.`
          : `${examined.host} answers by ${examined.by}. Nobody signed in: no credential was named.`,
      )
      return exitCodes.done
    } finally {
      process.off('SIGINT', interrupt)
    }
  },
}

async function hostOf(words: Words): Promise<{ readonly host: Host; readonly user?: string }> {
  const word = words.positionals[0] ?? ''
  const file = words.text('plan')
  if (/^[a-z]+:\/\//i.test(word)) return ofAddress(word, words)
  if (file === undefined)
    throw new CommandEnd(
      exitCodes.invalid,
      `Name the plan that has ${word} with --plan, or give an address such as winrms://${word}.`,
    )
  const { plan } = await takePlan(file)
  const host = plan.hosts.find(({ name }) => name.toLowerCase() === word.toLowerCase())
  if (!host)
    throw new CommandEnd(
      exitCodes.invalid,
      `${file} has no host ${word}. It has ${plan.hosts
        .slice(0, 8)
        .map(({ name }) => name)
        .join(', ')}${plan.hosts.length > 8 ? ' ...' : ''}.`,
    )
  const credential = words.text('credential') ?? host.credential ?? plan.defaultCredential
  return { host: { ...host, ...(credential !== undefined && { credential }) } }
}

function ofAddress(word: string, words: Words): { readonly host: Host; readonly user?: string } {
  const wrong = (why: string) =>
    new CommandEnd(
      exitCodes.invalid,
      `${why} Write it as winrms://host, winrm://user@host:5985, ssh://host or auto://host.`,
    )
  if (!URL.canParse(word)) throw wrong('That is no address.')
  const { protocol, username, password, hostname, port, pathname, search, hash } = new URL(word)
  if (password !== '')
    throw wrong(
      'A password does not belong on the command line: it is asked for, or taken from the vault with --credential.',
    )
  if (!['', '/'].includes(pathname) || search !== '' || hash !== '')
    throw wrong('After the host and its port nothing may follow.')
  const credential = words.text('credential')
  if (username !== '' && credential !== undefined)
    throw wrong('The entry of --credential has a user: leave the one in the address out.')
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  const number = port === '' ? {} : { port: Number(port) }
  const auth = words.text('auth')
  if (protocol === 'auto:' && (port !== '' || auth !== undefined))
    throw wrong('auto finds port and way to sign in by itself: name one of the ways to choose them.')
  const reach =
    protocol === 'auto:'
      ? { kind: 'auto' }
      : protocol === 'ssh:'
        ? { kind: 'ssh', ...number }
        : protocol === 'winrm:' || protocol === 'winrms:'
          ? { kind: 'winrm', tls: protocol === 'winrms:', ...number, ...(auth !== undefined && { auth }) }
          : undefined
  if (!reach) throw wrong(`${protocol}// is no way to a host.`)
  const read = Host.safeParse({
    name: HostName.safeParse(address).success ? address : 'host',
    address,
    reach,
    ...(credential !== undefined && { credential }),
  })
  if (!read.success)
    throw wrong(read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join(' '))
  if (/%(?![0-9A-Fa-f]{2})/.test(username))
    throw wrong('The user has a % that stands for nothing (%25 is a %, %5C a backslash).')
  return { host: read.data, ...(username !== '' && { user: decodeURIComponent(username) }) }
}

async function credentialOf(user: string, { reach }: Host): Promise<NonNullable<DoctorOptions['credential']>> {
  if (reach.kind === 'winrm' && reach.auth === 'kerberos') return { kind: 'agent', user }
  const password = await askHidden(`Password of ${user}: `)
  if (password === undefined || password === '')
    throw new CommandEnd(
      exitCodes.invalid,
      `The password of ${user} cannot be asked for here: store it with ${commandName} vault set, and name the entry with --credential.`,
    )
  return { kind: 'password', user, password }
}
