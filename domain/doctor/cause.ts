/** The causes why a host cannot be reached, in the order in which a connection meets them. */
import type { Failure } from '../base/failure.ts'

export const causes = [
  'name-unresolved',
  'no-route',
  'port-filtered',
  'port-closed',
  'port-silent',
  'not-tls',
  'tls-too-old',
  'listener-without-certificate',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-usage',
  'certificate-untrusted',
  'certificate-name',
  'certificate-changed',
  'host-key-changed',
  'proxy',
  'not-winrm',
  'not-ssh',
  'winrm-stopped',
  'basic-off',
  'ntlm-not-offered',
  'ntlm-refused',
  'kerberos-not-offered',
  'spn',
  'credential-unusable',
  'client-certificate-refused',
  'ticket-refused',
  'password-refused',
  'token-filter',
  'not-administrator',
  'remote-shells-off',
  'quota',
  'clock',
  'other',
] as const
export type Cause = (typeof causes)[number]

const byCode: Readonly<Record<string, Cause>> = {
  'name-unresolved': 'name-unresolved',
  unreachable: 'no-route',
  'connect-timeout': 'port-filtered',
  'connection-refused': 'port-closed',
  'answer-timeout': 'port-silent',
  'not-tls': 'not-tls',
  'tls-too-old': 'tls-too-old',
  'tls-failed': 'listener-without-certificate',
  'certificate-expired': 'certificate-expired',
  'certificate-not-yet-valid': 'certificate-not-yet-valid',
  'certificate-usage': 'certificate-usage',
  'certificate-untrusted': 'certificate-untrusted',
  'certificate-name': 'certificate-name',
  'certificate-changed': 'certificate-changed',
  'host-key-changed': 'host-key-changed',
  'bad-answer': 'not-winrm',
  'not-winrm': 'not-winrm',
  'winrm-stopped': 'winrm-stopped',
  'handshake-timeout': 'port-silent',
  'handshake-failed': 'not-ssh',
  'basic-not-offered': 'basic-off',
  'ntlm-not-offered': 'ntlm-not-offered',
  'ntlm-refused': 'ntlm-refused',
  'kerberos-not-offered': 'kerberos-not-offered',
  'service-unknown': 'spn',
  'service-of-another': 'spn',
  'clock-skew': 'clock',
  'ticket-refused': 'ticket-refused',
  'certificate-refused': 'client-certificate-refused',
  refused: 'password-refused',
  'not-let-in': 'password-refused',
  'wsman-1326': 'password-refused',
  'wsman-2150858806': 'password-refused',
  'wsman-5': 'not-administrator',
  'wsman-2150859180': 'remote-shells-off',
  'wsman-2150859173': 'quota',
  'wsman-2150859175': 'quota',
  'wsman-2150859176': 'quota',
  'wsman-2150859179': 'quota',
  'wsman-2150859236': 'quota',
  'wsman-2150859237': 'quota',
  'wsman-2150859238': 'quota',
  'wsman-2150859239': 'quota',
}

/** The cause that a failure code names; undefined if the code alone does not tell. */
export function causeOfCode(code: string): Cause | undefined {
  return byCode[code]
}

/** True where the vault, on this workstation, could not give a credential. */
export function concernsVault({ code }: Failure): boolean {
  return code.startsWith('vault-')
}

/** True for a failure that comes after the host's first answer, or may: who answered then matters for its cause. */
export function comesAfterAnswer({ code }: Failure): boolean {
  return causes.indexOf(byCode[code] ?? 'other') >= causes.indexOf('proxy')
}
