/** The command `doctor`: finds why a host cannot be reached. */
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
import { doctorAddressText, doctorText } from '../text/doctor.ts'

export const doctor: Command = {
  name: 'doctor',
  summary: doctorText.summary,
  usage:
    'HOST --plan PLAN | winrm://[USER@]HOST[:PORT] | winrms://... | ssh://... | auto://...   ' +
    '[--credential ENTRY] [--json]',
  example: `${commandName} doctor RUN001 --plan site.json`,
  options: {
    ...dbOption,
    ...vaultOptions,
    plan: { type: 'string', value: 'FILE', help: doctorText.planOption },
    credential: {
      type: 'string',
      value: 'ENTRY',
      help: doctorText.credentialOption,
    },
    auth: {
      type: 'string',
      value: 'WAY',
      help: doctorText.authOption,
    },
    wait: {
      type: 'string',
      value: 'SECONDS',
      help: doctorText.waitOption,
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
            terminal.say(`${doctorText.port} ${found}`)
          },
          onWell: (what) => {
            terminal.say(`${terminal.paint.good(doctorText.good)}  ${what}`)
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
          ? doctorText.reached(examined.host, examined.by)
          : doctorText.notSignedIn(examined.host, examined.by),
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
  if (file === undefined) throw new CommandEnd(exitCodes.invalid, doctorText.noPlan(word))
  const { plan } = await takePlan(file)
  const host = plan.hosts.find(({ name }) => name.toLowerCase() === word.toLowerCase())
  if (!host)
    throw new CommandEnd(
      exitCodes.invalid,
      doctorText.noHost(
        file,
        word,
        plan.hosts.slice(0, 8).map(({ name }) => name),
        plan.hosts.length > 8,
      ),
    )
  const credential = words.text('credential') ?? host.credential ?? plan.defaultCredential
  return { host: { ...host, ...(credential !== undefined && { credential }) } }
}

function ofAddress(word: string, words: Words): { readonly host: Host; readonly user?: string } {
  const wrong = (why: string) => new CommandEnd(exitCodes.invalid, doctorAddressText.wrong(why))
  if (!URL.canParse(word)) throw wrong(doctorAddressText.notAnAddress)
  const { protocol, username, password, hostname, port, pathname, search, hash } = new URL(word)
  if (password !== '') throw wrong(doctorAddressText.hasPassword)
  if (!['', '/'].includes(pathname) || search !== '' || hash !== '') throw wrong(doctorAddressText.hasPath)
  const credential = words.text('credential')
  if (username !== '' && credential !== undefined) throw wrong(doctorAddressText.twoUsers)
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  const number = port === '' ? {} : { port: Number(port) }
  const auth = words.text('auth')
  if (protocol === 'auto:' && (port !== '' || auth !== undefined)) throw wrong(doctorAddressText.autoWithChoice)
  const reach =
    protocol === 'auto:'
      ? { kind: 'auto' }
      : protocol === 'ssh:'
        ? { kind: 'ssh', ...number }
        : protocol === 'winrm:' || protocol === 'winrms:'
          ? { kind: 'winrm', tls: protocol === 'winrms:', ...number, ...(auth !== undefined && { auth }) }
          : undefined
  if (!reach) throw wrong(doctorAddressText.unknownProtocol(protocol))
  const read = Host.safeParse({
    name: HostName.safeParse(address).success ? address : 'host',
    address,
    reach,
    ...(credential !== undefined && { credential }),
  })
  if (!read.success)
    throw wrong(read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join(' '))
  if (/%(?![0-9A-Fa-f]{2})/.test(username)) throw wrong(doctorAddressText.badPercent)
  return { host: read.data, ...(username !== '' && { user: decodeURIComponent(username) }) }
}

async function credentialOf(user: string, { reach }: Host): Promise<NonNullable<DoctorOptions['credential']>> {
  if (reach.kind === 'winrm' && reach.auth === 'kerberos') return { kind: 'agent', user }
  const password = await askHidden(doctorText.password(user))
  if (password === undefined || password === '') throw new CommandEnd(exitCodes.invalid, doctorText.noPassword(user))
  return { kind: 'password', user, password }
}
