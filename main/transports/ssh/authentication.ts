/**
 * Sends a credential to a host: each secret at most once, because a host may lock an account after a few wrong ones.
 */
import type { AnyAuthMethod, AuthHandlerMiddleware, ParsedKey } from 'ssh2'
import ssh2 from 'ssh2'
import { FailureError } from '../../../domain/base/failure.ts'
import type { Credential } from '../../engine/ports.ts'
import type { Password } from '../shared/sign-ins.ts'
import type { Peer } from '../shared/peer.ts'
import {
  credentialRefused,
  interactiveQuestion,
  keyPassphrase,
  keyPublic,
  keyUnreadable,
  methodNotOffered,
  noAgent,
  secondFactor,
} from './failures.ts'

/** The sign-in of one connection. `refusal` is why it failed, as soon as that is known. */
export interface Authentication {
  readonly user: string
  readonly handler: AuthHandlerMiddleware
  refusal(): FailureError | undefined
  /**
   * The host disconnected. If the credential had been sent, that is its answer: OpenSSH counts wrong ones
   * (MaxAuthTries) and answers the last one by disconnecting.
   */
  hungUp(): void
}

/** Ends the connection; called with the reason when the host asks for something we cannot provide. */
export type GiveUp = (reason: FailureError) => void

/** Waits until the password may be sent. */
export type TakeTurn = (password: Password) => Promise<void>

/**
 * Prepares a credential for one connection. Throws FailureError (kind `credential`) when it cannot be used at all: an
 * unreadable key, a missing or wrong passphrase, no agent.
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
      if (shown) refusal ??= credentialRefused(peer, credential)
    },
    // Types say that methods are always a list; on the first call ssh2 gives null, as nothing was asked yet.
    handler: (offeredMethods: readonly string[] | null, partial, next) => {
      // ssh2 accepts false for "no more methods"; its types leave that out.
      const reply = (answer: AnyAuthMethod | false) => {
        next(answer as AnyAuthMethod)
      }
      const show = (answer: AnyAuthMethod) => {
        shown = true
        reply(answer)
      }
      if (offeredMethods === null) {
        reply({ type: 'none', username: credential.user })
        return
      }
      if (partial) {
        reply(refuse(secondFactor(peer, credential, offeredMethods)))
        return
      }
      if (chosen) {
        reply(refuse(credentialRefused(peer, credential)))
        return
      }
      chosen = true
      const method = choose(offeredMethods)
      if (!method) reply(refuse(methodNotOffered(peer, credential, offeredMethods)))
      else if (credential.kind !== 'password') show(method)
      else
        void takeTurn(credential).then(
          () => {
            show(method)
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
      return (methods) =>
        methods.includes('password')
          ? { type: 'password', username, password }
          : methods.includes('keyboard-interactive')
            ? { type: 'keyboard-interactive', username, prompt: onePassword(peer, credential.user, password, giveUp) }
            : undefined
    }
    case 'key': {
      const key = readKey(peer, credential)
      return (methods) => (methods.includes('publickey') ? { type: 'publickey', username, key } : undefined)
    }
    case 'agent': {
      const agent = credential.socket ?? agentSocket
      if (agent === undefined) throw noAgent(peer)
      return (methods) => (methods.includes('publickey') ? { type: 'agent', username, agent } : undefined)
    }
  }
}

function readKey(peer: Peer, credential: Extract<Credential, { kind: 'key' }>): ParsedKey {
  // An OpenSSH key file may hold several keys, and then ssh2 gives a list, which its types leave out.
  const [key] = [ssh2.utils.parseKey(credential.privateKey, credential.passphrase)].flat()
  if (key instanceof Error) {
    if (/passphrase/i.test(key.message) || /integrity check failed|bad decrypt|bad passphrase/i.test(key.message))
      throw keyPassphrase(peer, credential.user, credential.passphrase !== undefined)
    throw keyUnreadable(peer, credential.user)
  }
  if (!key?.isPrivateKey()) throw keyPublic(peer, credential.user)
  return key
}

// A keyboard-interactive server asks for the password in one hidden prompt. Later prompts (a code, a new password) we
// cannot answer.
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
      interactiveQuestion(
        peer,
        user,
        prompts.map(({ prompt: question }) => question.trim()),
      ),
    )
  }
}
