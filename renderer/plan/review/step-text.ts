/** Texts of the facts of a step: what it does, as whom, and how Rollout knows the result. */

export const effectText = {
  read: 'read only',
  change: 'changes the host',
  firewall: 'changes firewall',
  restart: 'restarts the host',
  copy: 'copies a file',
  byHand: 'by hand',
  cleanUp: "removes Rollout's files",
} as const

export const stepText = {
  noCredential: 'no credential yet',
  person: 'a person',
  verified: 'Verified on the host afterwards',
  checksAgain: 'Rollout checks the host again before it acts',
  reach: 'Opens a session and confirms the identity of the host',
  facts: 'Reads the system, drives, services and ports in use',
  before: 'Compares the facts with the plan',
  after: 'Verifies the host after installation',
  connect: (address: string, port: number) => `Connects to ${address}, port ${port}`,
  connected: 'The port answers',
  pathOpen: 'The path is open. A refused connection proves it too.',
  copy: (file: string, to: string) => `Copies ${file} to ${to}`,
  copied: 'Its SHA-256 on the host is correct',
  copyResumes: 'The copy resumes where it stopped',
  verify: (file: string, signer: boolean) => `SHA-256${signer ? ' and signer' : ''} of ${file}`,
  localHash: 'The hash of the file on this workstation',
  install: 'Starts the installer as a job on the host',
  exitCodes: (codes: readonly number[]) => {
    const last = codes.at(-1) ?? 0
    const all = codes.length > 1 ? `${codes.slice(0, -1).join(', ')} or ${last}` : String(last)
    return `Exit code ${all}, then verified on the host`
  },
  jobContinues: 'The job continues. Rollout attaches to it again and never starts it twice.',
  byHand: 'By hand, guided',
  service: (service: string) => `Waits until service ${service} runs`,
  running: (seconds: number) => `Running within ${seconds} s`,
  openPort: 'Creates a firewall rule',
  trustFile: (file: string) => `Trusts ${file}`,
  trustShown: 'Trusts the certificate that the Hub presents',
  endpoint: (address: string, port: number) => `Waits until https://${address}:${port} answers`,
  answers: (seconds: number) => `Answers within ${seconds} s`,
  certificate: (seconds: number) => `Presents the expected certificate within ${seconds} s`,
  restart: 'Restarts the host, only if a restart is required',
  restarted: 'A new boot ID',
  remove: (folder: string) => `Removes ${folder}`,
} as const
