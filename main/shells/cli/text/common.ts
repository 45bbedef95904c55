/** Texts that all commands share: options, prompts, files, and mistakes on the command line. */
import { commandName } from '../../../../domain/base/command-name.ts'

/** Help of the options that many commands have. */
export const optionText = {
  db: 'the database of plans and runs (default: the database of this user)',
  vault: 'the vault file (default: ROLLOUT_VAULT, else the vault of this user)',
  vaultStdin: 'read vault entries as JSON from standard input',
  force: 'overwrite the file if it exists',
  json: 'print JSON for programs',
  help: 'show this help',
} as const

/** The frame of a command's help, and what is wrong with its arguments. */
export const commandText = {
  usage: (command: string, usage: string) => `Usage: ${commandName} ${command} ${usage}`,
  more: (command: string) => `More: ${commandName} ${command} --help`,
  options: 'Options:',
  example: 'Example:',
  unknown: (typed: string) => `There is no command "${typed}".`,
  tooFew: 'An argument is missing.',
  tooMany: (first: string) => `"${first}" is one argument too many.`,
  optionMissing: (name: string) => `--${name} is missing.`,
  notWhole: (name: string, least: number, most: number, written: string) =>
    `--${name} must be a whole number from ${least} to ${most}, not "${written}".`,
  neither: (name: string, choices: string, written: string) => `--${name} must be ${choices}, not "${written}".`,
} as const

/** Questions about the vault's passphrase, and what opening a database and a run can meet. */
export const openText = {
  newPassphrase: 'A passphrase for the new vault: ',
  passphrase: 'Passphrase of the vault: ',
  passphraseAgain: 'Repeat the passphrase: ',
  passphrasesDiffer: 'The two passphrases differ. No vault was created. Try again.',
  interrupted: 'Interrupted at the prompt. Nothing was changed.',
  noDatabase: (file: string) => `There is no database ${file}. Name the database of the run with --db FILE.`,
  pinned: (address: string, port: number, fingerprint: string) =>
    `Rollout sees ${address} port ${port} for the first time and has recorded its host key or certificate: ` +
    `${fingerprint}. Compare it with the one on the host. Rollout will refuse any other.`,
  noRun: (run: string, file: string, newest: readonly string[]) =>
    `There is no run ${run} in ${file}. ` +
    (newest.length === 0
      ? 'The database contains no runs.'
      : newest.length === 1
        ? `Its only run is ${newest.join()}.`
        : `The newest are ${newest.join(', ')}.`),
} as const

/** What goes wrong when a command writes a file or prints. */
export const writeText = {
  exists: (file: string) => `${file} exists already. Overwrite it with --force.`,
  notWritable: (file: string, why: string) =>
    `${file} cannot be written: ${why}. Name a file in a folder that exists and that you may write to.`,
  incomplete: (file: string, why: string, overwritten: boolean) =>
    `${file} could not be written completely: ${why}. ` +
    (overwritten ? 'Do not use the file as it is now. ' : 'The file was removed. ') +
    'Free disk space, or name another file.',
  outputLost: (why: string) =>
    `The output of Rollout cannot be written: ${why}.\n` +
    'Free disk space, or send the output elsewhere. The log of a run contains every change on its hosts.',
} as const
