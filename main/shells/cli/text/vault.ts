/** What `vault` prints and asks. */
import { commandName } from '../../../../domain/base/command-name.ts'

const names = ['no name', 'one name', 'two names'] as const

export const vaultText = {
  summary:
    'Lists and changes the entries of the vault file. ' +
    'Type a secret at the hidden prompt or send it by standard input, never on the command line.',
  usage:
    'list | set NAME [--kind password|key|agent|secret] [--user USER] [--key-file FILE] | ' +
    'remove NAME | rename NAME NEW | passphrase   [--db FILE]',
  example: `${commandName} vault set site-admin --user VOLTA\\\\admin`,
  dbOption: 'the database whose audit records the change (default: the database of this user, if it exists)',
  kindOption: 'password (default), key, agent or secret',
  userOption: 'the user who signs in with it',
  keyFileOption: 'the private key (its passphrase, if any, comes from the prompt or standard input)',
  unknownAction: (action: string) =>
    `There is no command "vault ${action}". Use list, set, remove, rename or passphrase.`,
  wrongCount: (action: string, wanted: number) =>
    `vault ${action} takes ${names[wanted] ?? `${wanted} names`}. A secret is never written on the command line: ` +
    'type it at the prompt, or send it by standard input.',
  empty: (file: string) => `${file} contains no entries.`,
  columns: ['NAME', 'KIND'],
  set: (name: string, file: string) => `Stored ${name} in ${file}.`,
  removed: (name: string, file: string) => `Removed ${name} from ${file}.`,
  renamed: (name: string, to: string, file: string) => `Renamed ${name} to ${to} in ${file}.`,
  passphraseChanged: (file: string) => `Changed the passphrase of ${file}.`,
  recorded: (database: string) => `Recorded in the audit of ${database}.`,
  notRecorded: 'Not recorded in an audit, because there is no database yet. Name one with --db.',
  password: (user: string) => `Password of ${user}: `,
  value: (name: string) => `Value of ${name}: `,
  keyPassphrase: 'Passphrase of the key (empty for none): ',
  newPassphrase: 'New passphrase: ',
  passphraseAgain: 'Repeat the passphrase: ',
  passphrasesDiffer: 'The two passphrases differ. Nothing was changed.',
  notAPrivateKey: (file: string) =>
    `${file} is not a private key: it has no line -----BEGIN ... PRIVATE KEY-----. ` +
    'A file whose name ends in .pub is the public key.',
  unknownKind: (kind: string) => `--kind must be password, key, agent or secret, not "${kind}".`,
} as const
