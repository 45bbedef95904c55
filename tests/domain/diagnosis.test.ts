import { describe, expect, test } from 'vitest'
import { causes, diagnose, isLocal, type AnswerSeen, type Cause, type Knocked, type Observed } from '../../domain/diagnosis.ts'
import { failed } from '../../domain/failure.ts'
import { quoted } from '../../domain/remedy.ts'

const knocked: Knocked = { name: 'RUN001', address: 'run001.site.example', port: 5986, by: 'WinRM', tls: true, auth: 'ntlm', user: 'SITE\\operator' }
const answer: AnswerSeen = { status: 401, server: 'Microsoft-HTTPAPI/2.0', proxy: null, offers: ['Negotiate', 'Kerberos'], skewMs: 0 }
const observed = (more: Partial<Observed> = {}): Observed => ({ knocked, fromWindows: false, failure: null, answer: null, facts: null, complete: false, ...more })
const failing = (code: string, kind: 'host' | 'link' | 'credential' | 'trust' = 'host') => failed(kind, code, `It failed: ${code}.`, 'Do something.', 'never', ['seen']).failure
const late = 6 * 60_000

const cases: readonly (readonly [Cause, Partial<Observed>, script: RegExp | null])[] = [
  ['name-unresolved', { failure: failing('name-unresolved', 'link') }, /Register-DnsClient/],
  ['no-route', { failure: failing('unreachable', 'link') }, null],
  ['port-filtered', { failure: failing('connect-timeout', 'link') }, /New-NetFirewallRule .*-LocalPort 5986/],
  ['port-closed', { failure: failing('connection-refused', 'link') }, /-Transport HTTPS/],
  ['port-closed', { knocked: { ...knocked, port: 5985, tls: false }, failure: failing('connection-refused', 'link') }, /^Enable-PSRemoting -Force$/],
  ['port-closed', { knocked: { ...knocked, port: 8080, tls: false }, failure: failing('connection-refused', 'link') }, null],
  ['port-closed', { knocked: { ...knocked, port: 22, by: 'SSH', auth: null }, failure: failing('connection-refused', 'link') }, /OpenSSH\.Server/],
  ['port-silent', { failure: failing('answer-timeout', 'link') }, /Restart-Service WinRM/],
  ['port-silent', { knocked: { ...knocked, port: 22, by: 'SSH', auth: null }, failure: failing('handshake-timeout', 'link') }, null],
  ['not-tls', { failure: failing('not-tls', 'link') }, null],
  ['tls-too-old', { failure: failing('tls-too-old') }, /TLS 1\.2\\Server/],
  ['listener-without-certificate', { failure: failing('tls-failed', 'link') }, /CertificateThumbprint/],
  ['certificate-expired', { failure: failing('certificate-expired', 'trust') }, /CertificateThumbprint/],
  ['certificate-not-yet-valid', { failure: failing('certificate-not-yet-valid', 'trust') }, null],
  ['certificate-usage', { failure: failing('certificate-usage', 'trust') }, /CertificateThumbprint/],
  ['certificate-untrusted', { failure: failing('certificate-untrusted', 'trust') }, /Sha256/],
  ['certificate-name', { failure: failing('certificate-name', 'trust') }, /-DnsName 'run001\.site\.example'/],
  ['certificate-changed', { failure: failing('certificate-changed', 'trust') }, /Sha256/],
  ['host-key-changed', { failure: failing('host-key-changed', 'trust') }, null],
  ['proxy', { answer: { ...answer, status: 407 } }, null],
  ['proxy', { answer: { ...answer, proxy: 'via: 1.1 gate' } }, null],
  ['not-winrm', { answer: { ...answer, status: 200, offers: [] } }, null],
  ['not-ssh', { knocked: { ...knocked, by: 'SSH' }, failure: failing('handshake-failed', 'link') }, null],
  ['winrm-stopped', { answer: { ...answer, status: 503 } }, /Start-Service WinRM/],
  ['basic-off', { knocked: { ...knocked, auth: 'basic' }, answer }, /Auth\\Basic -Value \$true/],
  ['ntlm-not-offered', { answer: { ...answer, offers: ['Basic'] } }, /Auth\\Negotiate -Value \$true/],
  ['ntlm-refused', { answer, failure: failing('ntlm-refused') }, /RestrictReceivingNTLMTraffic -Value 0/],
  ['kerberos-not-offered', { knocked: { ...knocked, auth: 'kerberos' }, answer: { ...answer, offers: ['Basic'] } }, /Auth\\Kerberos -Value \$true/],
  ['spn', { knocked: { ...knocked, auth: 'kerberos' }, answer, failure: failing('service-unknown', 'credential') }, /setspn -S 'HTTP\/run001\.site\.example'/],
  ['spn', { knocked: { ...knocked, auth: 'kerberos' }, answer, failure: failing('service-of-another', 'credential') }, /setspn -Q 'HTTP\/run001\.site\.example'/],
  ['credential-unusable', { answer, failure: failing('wrong-kind', 'credential') }, null],
  ['client-certificate-refused', { answer, failure: failing('certificate-refused', 'credential') }, /Auth\\Certificate -Value \$true/],
  ['ticket-refused', { knocked: { ...knocked, auth: 'kerberos' }, answer, failure: failing('ticket-refused', 'credential') }, null],
  ['password-refused', { answer, failure: failing('refused', 'credential') }, null],
  ['token-filter', { knocked: { ...knocked, user: '.\\installer' }, answer, failure: failing('wsman-5', 'credential') }, /LocalAccountTokenFilterPolicy -Value 1/],
  ['token-filter', { knocked: { ...knocked, user: 'RUN001\\installer' }, facts: { administrator: false, skewMs: 0 } }, /LocalAccountTokenFilterPolicy -Value 1/],
  ['not-administrator', { answer, failure: failing('wsman-5', 'credential') }, /Add-LocalGroupMember -SID S-1-5-32-544 -Member 'SITE\\operator'/],
  ['not-administrator', { knocked: { ...knocked, user: '.\\installer', by: 'SSH' }, facts: { administrator: false, skewMs: 0 } }, /-Member 'installer'/],
  ['remote-shells-off', { answer, failure: failing('wsman-2150859180') }, /AllowRemoteShellAccess -Value \$true/],
  ['quota', { answer, failure: failing('wsman-2150859173') }, /MaxShellsPerUser/],
  ['quota', { answer, failure: failing('wsman-2150859176') }, null],
  ['clock', { answer: { ...answer, skewMs: -late }, complete: true }, /w32tm/],
  ['clock', { answer, facts: { administrator: true, skewMs: late }, complete: true }, /w32tm/],
  ['clock', { knocked: { ...knocked, auth: 'kerberos' }, answer: { ...answer, skewMs: late }, failure: failing('ticket-refused', 'credential') }, /w32tm/],
  ['clock', { knocked: { ...knocked, auth: 'kerberos' }, answer, failure: failing('clock-skew', 'credential') }, /w32tm/],
  ['other', { answer, failure: failing('http-status') }, null],
]

describe('every cause', () => {
  test.each(cases)('%s is judged from what was observed, with evidence and the least change', (cause, more, script) => {
    const diagnosis = diagnose(observed(more))
    expect(diagnosis).toMatchObject({ cause })
    expect(diagnosis?.sentence).toMatch(/\.$/)
    expect(diagnosis?.evidence).not.toEqual([])
    expect(diagnosis?.hint).not.toBe('')
    if (script === null) expect(diagnosis?.remedy).toBeNull()
    else expect(diagnosis?.remedy?.script).toMatch(script)
    // What changes something can be taken back; showing, telling DNS what is so, restarting and setting a clock need not be.
    if (diagnosis?.remedy && diagnosis.remedy.undo === null) expect(['certificate-changed', 'certificate-untrusted', 'name-unresolved', 'port-silent', 'clock']).toContain(cause)
  })

  test('is shown by an example above', () => {
    expect(new Set(cases.map(([cause]) => cause))).toEqual(new Set(causes))
  })
})

test('nothing wrong is no diagnosis; a clock is blamed only when nothing else is left, and is evidence before that', () => {
  expect(diagnose(observed({ answer, facts: { administrator: true, skewMs: 1_000 }, complete: true }))).toBeNull()
  expect(diagnose(observed({ answer: { ...answer, skewMs: late } }))).toBeNull()
  const refused = diagnose(observed({ answer: { ...answer, skewMs: late }, failure: failing('refused', 'credential') }))
  expect(refused).toMatchObject({ cause: 'password-refused', evidence: expect.arrayContaining(['the host\'s clock is 6 minutes ahead of this workstation\'s']) as unknown })
})

test('what answered without being WinRM explains the failure that came after it', () => {
  expect(diagnose(observed({ answer: { ...answer, status: 407 }, failure: failing('refused', 'credential') }))).toMatchObject({ cause: 'proxy' })
})

test('TrustedHosts is spoken of on Windows workstations only', () => {
  const refused = { answer, failure: failing('refused', 'credential') }
  expect(diagnose(observed({ ...refused, fromWindows: true }))?.notes.join()).toMatch(/TrustedHosts -Value 'run001\.site\.example' -Concatenate.*Group Policy: .*takes it back/)
  expect(JSON.stringify(diagnose(observed(refused)))).not.toContain('TrustedHosts')
})

test('accounts of the host are told from those of a domain, and the built-in Administrator from both', () => {
  const local = (user: string) => isLocal({ ...knocked, user })
  expect(['installer', '.\\installer', 'run001\\installer'].map(local)).toEqual([true, true, true])
  expect(['SITE\\installer', 'installer@site.example', '.\\Administrator', ''].map(local)).toEqual([false, false, false, false])
})

test('a name that is written into a script stays a text there', () => {
  expect(quoted("o'brien\u2019; Remove-Item C:\\ -Recurse")).toBe("'o''brien\u2019\u2019; Remove-Item C:\\ -Recurse'")
})
