/** Texts about the values of a plan. Problems begin with a verb, because they follow the name of a field. */

/** The rules of single values. */
export const valueText = {
  wholeNumber: (from: number, to: number) => `must be a whole number from ${from} to ${to}`,
  wholeNumberFrom: (from: number, example: number) => `must be a whole number, ${from} or more, such as ${example}`,
  batch: 'must be a number of hosts, 1 or more, or a percentage such as "25%"',
  version: 'must be a version such as 1.4.2',
  detection: 'must name an installed program (uninstallName), a file or a service',
  signer: 'must be the thumbprint of the signing certificate, 40 hexadecimal digits',
  environmentValue: 'must be {"text": "..."} or {"secret": "name of a vault entry"}',
  environmentName:
    'must be the name of an environment variable: letters, digits and underscores, not starting with a digit',
  onlyNtlm: 'must be ntlm without TLS, because only NTLM encrypts such traffic',
  hostKey: 'must be an OpenSSH fingerprint, SHA256:...',
  workFolder: 'must be an absolute local folder such as C:\\ProgramData\\ExekraRollout',
} as const

/** What is wrong with a plan document. */
export const problemText = {
  document: '(the document)',
  unknownKey: 'is not a key of a plan. Remove it or correct its spelling',
  oneOf: (values: readonly unknown[], found: string) => `must be one of ${values.join(', ')}${found}`,
  exactly: (value: string, found: string) => `must be ${value}${found}`,
  key: (rule: string) => `has a key that is not valid: it ${rule}`,
  keyRefused: 'is not allowed here',
  missing: (wanted: string) => `is missing. It must be ${wanted}`,
  wrongType: (wanted: string, found: string) => `must be ${wanted}, not ${found}`,
  foundNothing: ', but is missing',
  found: (value: string) => `, not ${value}`,
  types: {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'an object {...}',
    array: 'a list [...]',
    record: 'an object {...}',
  },
  kinds: {
    null: 'null',
    list: 'a list',
    fraction: 'a number with decimals',
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
    object: 'an object',
  },
  notEmpty: 'must not be empty',
  fewCharacters: (least: number) => `must have at least ${least} characters`,
  fewEntries: (least: number) => `must have at least ${least} ${least === 1 ? 'entry' : 'entries'}`,
  small: (least: number) => `must be at least ${least}`,
  manyCharacters: (most: number) => `must have at most ${most} ${most === 1 ? 'character' : 'characters'}`,
  manyEntries: (most: number) => `must have at most ${most} ${most === 1 ? 'entry' : 'entries'}`,
  large: (most: number) => `must be at most ${most}`,
} as const

/** References between the parts of a plan that do not fit. */
export const referenceText = {
  nameTaken: (name: string, at: string) => `must be a unique name, but ${name} is already the name of ${at}`,
  hostUnknown: (name: string, hosts: readonly string[]) =>
    `must be the name of a host, but the plan has no host ${name}${only(hosts)}`,
  hostCase: (name: string, right: string) =>
    `must be ${right}, not ${name}: upper and lower case letters differ in names`,
  placedTwice: (component: string, host: string) => `must be listed once, but ${component} on ${host} is listed twice`,
  environmentUnknown: (name: string, environments: readonly string[]) =>
    `must be the name of an environment, but the plan has no environment ${name}${only(environments)}`,
} as const

/** Which layout the documentation suggests. */
export const layoutText = {
  pilot: (runners: number) =>
    `Exekra's documentation describes the small team layout for up to roughly ${runners} Runners. ` +
    'For regulated sites it describes the enterprise layout.',
  enterprise: (runners: number, advised: number) =>
    `The plan has ${runners} Runners. The small team layout is for up to roughly ${advised}.`,
} as const

export const approvableText = {
  plan: 'The whole plan',
  'sign-off sheet': 'Sign-off sheet',
  'firewall matrix': 'Firewall matrix',
} as const

export const reachText = {
  ssh: (port: number) => `SSH, port ${port}`,
  winrm: (tls: boolean, port: number) => `WinRM over ${tls ? 'HTTPS' : 'HTTP, encrypted by NTLM'}, port ${port}`,
  auto: (ports: readonly string[]) => `auto: ${ports.join(', ')}`,
  local: 'this workstation',
  simulated: 'practice',
  unmanaged: 'not managed',
} as const

function only(names: readonly string[]): string {
  if (names.length === 0) return ''
  const shown = names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ')
  return `, only ${shown}`
}
