/** Owns showing a credential to a host: each secret at most once, because a host may lock an account after a few wrong ones. */
import type { AnyAuthMethod, AuthHandlerMiddleware, ParsedKey } from 'ssh2'
import ssh2 from 'ssh2'
import { failed, FailureError } from '../../../domain/base/failure.ts'
import type { Credential } from '../../engine/ports.ts'
import type { Password } from '../shared/sign-ins.ts'
import { describePeer, type Peer } from '../shared/peer.ts'

/** A way in for one connection. `refusal` says why it did not work, from the moment that is known. */
export interface Authentication {
  readonly user: string
  readonly handler: AuthHandlerMiddleware
  refusal(): FailureError | undefined
  /** The host said goodbye. After it was shown the credential that is its answer: OpenSSH counts wrong ones (MaxAuthTries), and gives no other to the last. */
  hungUp(): void
}

/** What stops the connection from here: called with the reason when the host asks for something we cannot give. */
export type GiveUp = (reason: FailureError) => void

/** The code of the failure that says so: the credential was shown and not taken. */
export const notLetInCode = 'not-let-in'

const administratorsKeys = 'C:\\ProgramData\\ssh\\administrators_authorized_keys'

/** Waits until a password may be shown. */
export type TakeTurn = (password: Password) => Promise<void>

/**
 * Prepares a credential for one connection. Throws FailureError (kind `credential`) when it cannot be used at all: an unreadable
 * key, a missing or wrong passphrase, no agent.
 */
export function authenticationFor(
  peer: Peer,
  credential: Credential,
  agentSocket: string | undefined,
  takeTurn: TakeTurn,
  giveUp: GiveUp,
): Authentication {
  let refusal: FailureError | undefined
  let chosen = false
  let shown = false
  const refuse = (reason: FailureError) => {
    refusal ??= reason
    return false as const
  }
  const choose = choiceFor(peer, credential, agentSocket, (reason) => giveUp((refusal ??= reason)))
  return {
    user: credential.user,
    refusal: () => refusal,
    hungUp() {
      if (shown) refusal ??= notLetIn(peer, credential)
    },
    // Types say that methods are always a list; on the first call ssh2 gives null, as nothing was asked yet.
    handler: (offeredMethods: readonly string[] | null, partial, next) => {
      // ssh2 takes false for "no more ways"; its types leave that out.
      const say = (answer: AnyAuthMethod | false) => {
        next(answer as AnyAuthMethod)
      }
      const show = (answer: AnyAuthMethod) => {
        shown = true
        say(answer)
      }
      if (offeredMethods === null) {
        say({ type: 'none', username: credential.user })
        return
      }
      if (partial) {
        say(refuse(secondFactor(peer, credential, offeredMethods)))
        return
      }
      if (chosen) {
        say(refuse(notLetIn(peer, credential)))
        return
      }
      chosen = true
      const way = choose(offeredMethods)
      if (!way) say(refuse(wayNotOffered(peer, credential, offeredMethods)))
      else if (credential.kind !== 'password') show(way)
      else
        void takeTurn(credential).then(
          () => {
            show(way)
          },
          (error: unknown) => {
            if (error instanceof FailureError) giveUp((refusal ??= error))
          },
        )
    },
  }
}

/** Where the agent of a workstation listens by convention: SSH_AUTH_SOCK, on Windows the pipe of its own service. */
export function agentSocketOf(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string | undefined {
  return environment['SSH_AUTH_SOCK'] ?? (platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined)
}

type Choice = (offered: readonly string[]) => AnyAuthMethod | undefined

function choiceFor(peer: Peer, credential: Credential, agentSocket: string | undefined, giveUp: GiveUp): Choice {
  const username = credential.user
  switch (credential.kind) {
    case 'password': {
      const { password } = credential
      return (ways) =>
        ways.includes('password')
          ? { type: 'password', username, password }
          : ways.includes('keyboard-interactive')
            ? { type: 'keyboard-interactive', username, prompt: onePassword(peer, credential.user, password, giveUp) }
            : undefined
    }
    case 'key': {
      const key = readKey(peer, credential)
      return (ways) => (ways.includes('publickey') ? { type: 'publickey', username, key } : undefined)
    }
    case 'agent': {
      const agent = credential.socket ?? agentSocket
      if (agent === undefined)
        throw failed(
          'credential',
          'no-agent',
          `There is no SSH agent on this workstation to sign in to ${describePeer(peer)} with.`,
          'Start an agent (ssh-agent; on Windows the service OpenSSH Authentication Agent) and add the key, or give a key or a password.',
        )
      return (ways) => (ways.includes('publickey') ? { type: 'agent', username, agent } : undefined)
    }
  }
}

function readKey(peer: Peer, credential: Extract<Credential, { kind: 'key' }>): ParsedKey {
  // An OpenSSH key file may hold several keys, and then ssh2 gives a list, which its types leave out.
  const [key] = [ssh2.utils.parseKey(credential.privateKey, credential.passphrase)].flat()
  if (key instanceof Error) {
    if (/passphrase/i.test(key.message) || /integrity check failed|bad decrypt|bad passphrase/i.test(key.message))
      throw failed(
        'credential',
        'key-passphrase',
        `The private key for ${credential.user} on ${describePeer(peer)} is locked, and ${credential.passphrase === undefined ? 'no passphrase was given' : 'the passphrase does not open it'}.`,
        'Store the key in the vault again with its passphrase.',
      )
    throw failed(
      'credential',
      'key-unreadable',
      `The private key for ${credential.user} on ${describePeer(peer)} cannot be read.`,
      'Store a private key in OpenSSH or PEM format (the file without .pub); a .ppk file is converted with puttygen first.',
    )
  }
  if (!key?.isPrivateKey())
    throw failed(
      'credential',
      'key-public',
      `What the vault holds as the private key for ${credential.user} on ${describePeer(peer)} is a public key.`,
      'Store the private key (the file without .pub).',
    )
  return key
}

// Servers that ask by keyboard-interactive ask for the password in one hidden prompt; whatever comes after (a code, a new password) is not ours to answer.
function onePassword(peer: Peer, user: string, password: string, giveUp: GiveUp) {
  let answered = false
  return (
    _name: string,
    _instructions: string,
    _language: string,
    prompts: { prompt: string; echo?: boolean }[],
    finish: (answers: string[]) => void,
  ) => {
    const [prompt] = prompts
    if (!answered && prompts.length === 1 && prompt?.echo !== true) {
      answered = true
      finish([password])
      return
    }
    giveUp(
      failed(
        'credential',
        'interactive-question',
        `${describePeer(peer)} asks ${user} for more than a password: "${prompts.map((p) => p.prompt.trim()).join('", "')}".`,
        'Use an account without a second factor and with a password that has not expired, or a key.',
      ),
    )
  }
}

function secondFactor(peer: Peer, credential: Credential, ways: readonly string[]): FailureError {
  return failed(
    'credential',
    'second-factor',
    `${describePeer(peer)} took the ${wordFor(credential)} of ${credential.user} and wants a second proof (${ways.join(', ')}).`,
    'Use an account that signs in with one proof; a rollout cannot answer a second one.',
  )
}

function wayNotOffered(peer: Peer, credential: Credential, ways: readonly string[]): FailureError {
  return failed(
    'credential',
    'way-not-offered',
    `${describePeer(peer)} does not let ${credential.user} in by ${wordFor(credential)}; it offers ${ways.join(', ') || 'nothing'}.`,
    credential.kind === 'password'
      ? 'Give a key instead, or allow PasswordAuthentication in sshd_config of the host.'
      : 'Give a password instead, or allow PubkeyAuthentication in sshd_config of the host.',
  )
}

function notLetIn(peer: Peer, credential: Credential): FailureError {
  const hint =
    credential.kind === 'password'
      ? 'Correct the password or the user in the vault (a domain user is written DOMAIN\\user); it is not tried again by itself, so that the account is not locked.'
      : `Put the public key into .ssh\\authorized_keys of the user, or, for an administrator on Windows, into ${administratorsKeys}.`
  return failed(
    'credential',
    notLetInCode,
    `${describePeer(peer)} did not accept the ${wordFor(credential)} of ${credential.user}.`,
    hint,
  )
}

function wordFor(credential: Credential): string {
  switch (credential.kind) {
    case 'password':
      return 'password'
    case 'key':
      return 'key'
    case 'agent':
      return "agent's keys"
  }
}
