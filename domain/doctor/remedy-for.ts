/** Chooses the remedy for a cause. */
import type { Cause } from './cause.ts'
import { isOfHost, type Knocked } from './knocked.ts'
import { onlyIf, toChange, toInspection, type Remedy } from './remedy.ts'
import { remedyText } from './text/diagnosis.ts'
import * as inspections from './text/inspections.ts'
import * as reach from './text/reach-changes.ts'
import * as signIn from './text/sign-in-changes.ts'

/** What was checked. `code` is the code of the failure, empty if there was none. */
export type Target = Knocked & { readonly code: string }

// The ports of WinRM that Windows uses by default.
const [plainPort, tlsPort] = [5985, 5986]
const renewed = ({ address }: Target) => toChange(reach.renewCertificate(address))

/** The remedy for each cause. The compiler demands one for every cause. */
export const remedyFor: Readonly<Record<Cause, (seen: Target) => Remedy>> = {
  'name-unresolved': () => toChange(reach.registerName),
  'no-route': ({ address, port }) => ({
    ...toChange(onlyIf(remedyText.noRoute, reach.addRoute(address)), inspections.onTheWay(address, port)),
    at: 'workstation',
  }),
  'port-filtered': ({ port }) => toChange(reach.openPort(port)),
  'port-closed': ({ address, port, by, tls }) => {
    if (by === 'SSH') return toChange(reach.switchOnSsh)
    if (tls) return toChange(reach.listenWithTls(address, port))
    return port === plainPort ? toChange(reach.enableRemoting) : toInspection(inspections.atPort(port, by))
  },
  'port-silent': ({ by }) => toChange(reach.restart(by === 'SSH' ? 'sshd' : 'WinRM')),
  'not-tls': ({ address, port, by }) =>
    port === tlsPort
      ? toInspection(inspections.atPort(port, by))
      : toChange(
          onlyIf(remedyText.noTlsListener(tlsPort), reach.listenWithTls(address, tlsPort)),
          inspections.atPort(port, by),
        ),
  'tls-too-old': () => toChange(reach.allowTls12),
  'listener-without-certificate': renewed,
  'certificate-expired': renewed,
  'certificate-usage': renewed,
  'certificate-name': renewed,
  'certificate-not-yet-valid': ({ address }) =>
    toChange(onlyIf(remedyText.clocksRight, reach.renewCertificate(address)), inspections.certificatesAndClock),
  'certificate-untrusted': () => toInspection(inspections.certificates),
  'certificate-changed': () => toInspection(inspections.certificates),
  'host-key-changed': () => toInspection(inspections.hostKeys),
  proxy: ({ address, port }) => toInspection(inspections.proxies(address, port), 'workstation'),
  'not-winrm': ({ address, port, by, tls }) => {
    const due = remedyText.winrmNotListening(tls ? tlsPort : plainPort)
    return toChange(
      onlyIf(due, tls ? reach.listenWithTls(address, tlsPort) : reach.enableRemoting),
      inspections.atPort(port, by),
    )
  },
  'not-ssh': ({ port }) =>
    port === 22
      ? toChange(onlyIf(remedyText.noSshd, reach.switchOnSsh), inspections.atPort(port, 'SSH'))
      : toInspection(inspections.atPort(port, 'SSH')),
  'winrm-stopped': () => toChange(reach.startWinrm),
  'basic-off': () => toChange(signIn.allowAuth('Basic')),
  'ntlm-not-offered': () => toChange(signIn.allowAuth('Negotiate')),
  'kerberos-not-offered': () => toChange(signIn.allowAuth('Kerberos')),
  'ntlm-refused': () => toChange(signIn.allowIncomingNtlm),
  spn: ({ address }) => toChange(signIn.registerSpn(address)),
  'credential-unusable': (seen) => {
    if (seen.code === 'no-agent' || seen.code === 'agent-failed')
      return {
        ...toChange(onlyIf(remedyText.agentStopped, signIn.startAgent), inspections.agent),
        at: 'workstation',
      }
    if (['way-not-offered', 'interactive-question', 'second-factor'].includes(seen.code))
      return toInspection(inspections.waysOfSsh)
    if (seen.code === 'password-expired') return toInspection(inspections.account(seen.user, isOfHost(seen), seen.by))
    return toInspection(
      ['no-ticket', 'ticket-expired', 'ticket-of-another'].includes(seen.code)
        ? inspections.ownTickets(seen.address)
        : inspections.vault,
      'workstation',
    )
  },
  'client-certificate-refused': () => toChange(signIn.allowAuth('Certificate')),
  // Channel binding is of TLS.
  'ticket-refused': ({ address, tls }) =>
    tls
      ? toChange(onlyIf(remedyText.bindingStrict, signIn.relaxBinding), inspections.tickets(address))
      : toInspection(inspections.tickets(address)),
  'password-refused': (seen) => {
    const inspection = inspections.account(seen.user, isOfHost(seen), seen.by)
    return seen.user === null
      ? toInspection(inspection)
      : toChange(onlyIf(remedyText.accountLocked, signIn.unlock(seen.user, isOfHost(seen))), inspection)
  },
  'token-filter': () => toChange(signIn.liftTokenFilter),
  'not-administrator': ({ user }) =>
    user === null ? toInspection(inspections.administrators) : toChange(signIn.makeAdministrator(user)),
  'remote-shells-off': () => toChange(signIn.allowRemoteShells),
  quota: ({ code }) => {
    const change = signIn.raiseQuota(code)
    return change ? toChange(change) : toInspection(inspections.quotas)
  },
  clock: () => toChange(signIn.setClock),
  other: ({ by }) => toInspection(inspections.latest(by)),
}
