/** What the doctor tells a person: cause, evidence, hint, notes, and when a remedy is due. */
import { plural } from '../../base/plural.ts'

/** Where a remedy is run; follows a title. */
export const whereToRun: Readonly<Record<'host' | 'workstation', string>> = {
  host: 'in an elevated Windows PowerShell on the host',
  workstation: 'in an elevated Windows PowerShell on this Windows workstation',
}

const offering = (schemes: readonly string[]) => schemes.join(', ') || 'nothing'

export const diagnosisText = {
  tokenFiltered: (at: string, user: string) =>
    `${user} signed in to ${at} without administrator rights: Windows filters the token of a local account that signs in over the network.`,
  notAdministrator: (at: string, user: string | null) =>
    `${user ?? 'The user'} signed in to ${at}, but is not an administrator there.`,
  noAdministratorRights: 'the session has no administrator rights',
  useAdministrator: 'Use an account that is an administrator of the host, or apply the remedy.',
  filteredLocalAccount: 'Windows filters the token of a local account that signs in over the network.',
  server: (server: string | null) => `Server: ${server ?? 'not given'}`,
  offers: (schemes: readonly string[]) => `WWW-Authenticate: ${offering(schemes)}`,
  proxyAnswers: (at: string) => `A proxy or gateway answers instead of ${at}.`,
  bypassProxy: 'Let connections from this workstation to the host bypass the proxy: WinRM connects directly.',
  winrmStopped: (at: string) => `${at} answers, but its WinRM service is stopped or starting (HTTP 503).`,
  startWinrm: 'Start the service WinRM on the host.',
  notWinrm: (at: string, status: number) =>
    `${at} speaks HTTP but is not WinRM: it does not offer a WinRM sign-in (HTTP ${status}).`,
  checkPort: 'Check the port (5986 with TLS, 5985 without). Another web server may be using it.',
  signInNotOffered: (at: string, method: string, schemes: readonly string[]) =>
    `${at} does not offer sign-in by ${method}. It offers ${offering(schemes)}. Rollout did not send the password.`,
  chooseSignIn: 'Choose a sign-in that the host offers, or allow this one on the host.',
  clockDiffers: (at: string) => `The clock of ${at} differs from this workstation's clock by more than 5 minutes.`,
  setClock: 'Find out which of the two clocks is wrong, set it, and repair its time source.',
  clockEvidence: (skewMs: number) =>
    `the host's clock is ${plural(Math.round(Math.abs(skewMs) / 60_000), 'minute')} ${skewMs > 0 ? 'ahead of' : 'behind'} this workstation's`,
  maybeTokenFilter:
    'Windows gives the same answer for a local account whose token it filters. If the password is right, check LocalAccountTokenFilterPolicy on the host.',
  trustedHosts: (howTo: string) =>
    `TrustedHosts of this workstation affects Enter-PSSession and winrs, not Rollout. If those are refused too: ${howTo}`,
} as const

/** The condition under which a change is due. */
export const remedyText = {
  onlyIf: (condition: string) => `# Only if ${condition}.`,
  noRoute: 'the host is switched on, the address is right, and no route to it is listed',
  noTlsListener: (port: number) => `no HTTPS listener is listed. Then set port ${port} in the plan`,
  clocksRight: 'both clocks are right',
  winrmNotListening: (port: number) =>
    `WinRM does not listen and no other program uses port ${port}. Then set that port in the plan`,
  noSshd: 'no service sshd is listed and no other program uses port 22',
  agentStopped: 'the agent is stopped',
  bindingStrict: 'CbtHardeningLevel is Strict',
  accountLocked: 'the account is locked',
} as const
