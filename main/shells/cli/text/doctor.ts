/** What `doctor` prints and asks. */
import { commandName } from '../../../../domain/base/command-name.ts'

export const doctorText = {
  summary:
    'Finds why a host cannot be reached: one cause, its evidence, the smallest change, and how to undo it. ' +
    'Changes nothing on the host.',
  planOption: 'the plan that contains the host, with its connection and credential',
  credentialOption:
    'the vault entry to sign in with, for an address ' +
    '(without ENTRY and USER, the doctor checks only the steps before the sign-in)',
  authOption: 'ntlm (default), basic, certificate, or kerberos (with your own ticket), for an address',
  waitOption: 'how long to wait for the connection and for the first answer (default 10)',
  port: 'Port ',
  good: 'OK   ',
  reached: (host: string, by: string) => `${host} can be reached by ${by}.`,
  notSignedIn: (host: string, by: string) =>
    `${host} answers by ${by}. The sign-in was not checked, because no credential was given.`,
  noPlan: (host: string) =>
    `Name the plan that contains ${host} with --plan, or give an address such as winrms://${host}.`,
  noHost: (file: string, host: string, hosts: readonly string[], more: boolean) =>
    `${file} has no host ${host}. ${hosts.length === 1 ? 'Its only host is' : 'Its hosts are'} ${hosts.join(', ')}${more ? ' ...' : ''}.`,
  password: (user: string) => `Password of ${user}: `,
  noPassword: (user: string) =>
    `The password of ${user} is missing. Type it at the prompt of a terminal, ` +
    `or store it with ${commandName} vault set and name the entry with --credential.`,
} as const

/** What is wrong with an address, and how to write one. */
export const doctorAddressText = {
  wrong: (why: string) => `${why} Write it as winrms://host, winrm://user@host:5985, ssh://host or auto://host.`,
  notAnAddress: 'This is not an address.',
  hasPassword:
    'Do not put a password on the command line. Rollout asks for it, or reads it from the vault with --credential.',
  hasPath: 'An address has nothing after the host and its port.',
  twoUsers: 'The entry of --credential has a user already. Remove the user from the address.',
  autoWithChoice:
    'auto finds the port and the sign-in method by itself. Use winrms, winrm or ssh to choose them yourself.',
  unknownProtocol: (protocol: string) => `Rollout does not know ${protocol}//.`,
  badPercent: 'The user contains a % without a code. Write % as %25 and a backslash as %5C.',
} as const
