import { describe, expect, test } from 'vitest'
import { filterFor } from '../../../domain/doctor/account.ts'
import { causes, type Cause } from '../../../domain/doctor/cause.ts'
import { diagnose, Diagnosis, type AnswerSeen, type Observed } from '../../../domain/doctor/diagnosis.ts'
import { isLocal, type Knocked } from '../../../domain/doctor/knocked.ts'
import { quoted } from '../../../domain/doctor/text/powershell.ts'
import { failed } from '../../../domain/base/failure.ts'

const knocked: Knocked = {
  name: 'RUN001',
  address: 'run001.site.example',
  port: 5986,
  by: 'WinRM',
  tls: true,
  auth: 'ntlm',
  user: 'SITE\\operator',
}
const answer: AnswerSeen = {
  status: 401,
  server: 'Microsoft-HTTPAPI/2.0',
  proxy: null,
  offers: ['Negotiate', 'Kerberos'],
  skewMs: 0,
}
const observed = (more: Partial<Observed> = {}): Observed => ({
  knocked,
  fromWindows: false,
  failure: null,
  answer: null,
  facts: null,
  complete: false,
  ...more,
})
const failing = (code: string, kind: 'host' | 'link' | 'credential' | 'trust' = 'host') =>
  failed(kind, code, `It failed: ${code}.`, 'Do something.', 'never', ['seen']).failure
const late = 6 * 60_000

const cases: readonly (readonly [Cause, Partial<Observed>, script: RegExp | null, look?: RegExp])[] = [
  ['name-unresolved', { failure: failing('name-unresolved', 'link') }, /Register-DnsClient/],
  [
    'no-route',
    { failure: failing('unreachable', 'link') },
    /New-NetRoute/,
    /Test-NetConnection -ComputerName 'run001\.site\.example' -Port 5986/,
  ],
  ['port-filtered', { failure: failing('connect-timeout', 'link') }, /New-NetFirewallRule .*-LocalPort 5986/],
  ['port-closed', { failure: failing('connection-refused', 'link') }, /-Transport HTTPS/],
  [
    'port-closed',
    { knocked: { ...knocked, port: 5985, tls: false }, failure: failing('connection-refused', 'link') },
    /^Enable-PSRemoting -Force$/,
  ],
  [
    'port-closed',
    { knocked: { ...knocked, port: 8080, tls: false }, failure: failing('connection-refused', 'link') },
    null,
    /-LocalPort 8080/,
  ],
  [
    'port-closed',
    { knocked: { ...knocked, port: 22, by: 'SSH', auth: null }, failure: failing('connection-refused', 'link') },
    /OpenSSH\.Server/,
  ],
  ['port-silent', { failure: failing('answer-timeout', 'link') }, /Restart-Service WinRM/],
  [
    'port-silent',
    { knocked: { ...knocked, port: 22, by: 'SSH', auth: null }, failure: failing('handshake-timeout', 'link') },
    /Restart-Service sshd/,
  ],
  ['not-tls', { failure: failing('not-tls', 'link') }, null, /-LocalPort 5986.*Listener -Enumerate/s],
  [
    'not-tls',
    { knocked: { ...knocked, port: 5985 }, failure: failing('not-tls', 'link') },
    /^# Only if .*-Transport HTTPS -Address \* -Port 5986/s,
    /-LocalPort 5985/,
  ],
  ['tls-too-old', { failure: failing('tls-too-old') }, /TLS 1\.2\\Server/],
  ['listener-without-certificate', { failure: failing('tls-failed', 'link') }, /CertificateThumbprint/],
  ['certificate-expired', { failure: failing('certificate-expired', 'trust') }, /CertificateThumbprint/],
  [
    'certificate-not-yet-valid',
    { failure: failing('certificate-not-yet-valid', 'trust') },
    /CertificateThumbprint/,
    /Get-Date.*NotBefore/s,
  ],
  ['certificate-usage', { failure: failing('certificate-usage', 'trust') }, /CertificateThumbprint/],
  ['certificate-untrusted', { failure: failing('certificate-untrusted', 'trust') }, null, /'SHA256:'/],
  ['certificate-name', { failure: failing('certificate-name', 'trust') }, /-DnsName 'run001\.site\.example'/],
  ['certificate-changed', { failure: failing('certificate-changed', 'trust') }, null, /'SHA256:'/],
  ['host-key-changed', { failure: failing('host-key-changed', 'trust') }, null, /ssh-keygen -lf/],
  ['proxy', { answer: { ...answer, status: 407 } }, null, /Resolve-DnsName 'run001\.site\.example'/],
  ['proxy', { answer: { ...answer, proxy: 'via: 1.1 gate' } }, null, /netsh winhttp show proxy/],
  [
    'not-winrm',
    { answer: { ...answer, status: 200, offers: [] } },
    /^# Only if .*-Transport HTTPS/s,
    /Get-NetTCPConnection -State Listen -LocalPort 5986/,
  ],
  [
    'not-winrm',
    { knocked: { ...knocked, port: 8080, tls: false }, failure: failing('bad-answer', 'link') },
    /no other program uses port 5985.*\nEnable-PSRemoting/,
    /-LocalPort 8080/,
  ],
  [
    'not-ssh',
    { knocked: { ...knocked, port: 22, by: 'SSH' }, failure: failing('handshake-failed', 'link') },
    /^# Only if .*OpenSSH\.Server/s,
    /-LocalPort 22 .*sshd_config/s,
  ],
  [
    'not-ssh',
    { knocked: { ...knocked, port: 2222, by: 'SSH' }, failure: failing('handshake-failed', 'link') },
    null,
    /-LocalPort 2222/,
  ],
  ['winrm-stopped', { answer: { ...answer, status: 503 } }, /Start-Service WinRM/],
  ['basic-off', { knocked: { ...knocked, auth: 'basic' }, answer }, /Auth\\Basic -Value \$true/],
  ['ntlm-not-offered', { answer: { ...answer, offers: ['Basic'] } }, /Auth\\Negotiate -Value \$true/],
  ['ntlm-refused', { answer, failure: failing('ntlm-refused') }, /RestrictReceivingNTLMTraffic -Value 0/],
  [
    'kerberos-not-offered',
    { knocked: { ...knocked, auth: 'kerberos' }, answer: { ...answer, offers: ['Basic'] } },
    /Auth\\Kerberos -Value \$true/,
  ],
  [
    'spn',
    { knocked: { ...knocked, auth: 'kerberos' }, answer, failure: failing('service-unknown', 'credential') },
    /setspn -S 'HTTP\/run001\.site\.example'/,
  ],
  [
    'spn',
    { knocked: { ...knocked, auth: 'kerberos' }, answer, failure: failing('service-of-another', 'credential') },
    /setspn -Q 'HTTP\/run001\.site\.example'/,
  ],
  [
    'credential-unusable',
    { answer, failure: failing('wrong-kind', 'credential') },
    null,
    /^exekra-rollout vault list$/,
  ],
  [
    'credential-unusable',
    { answer, failure: failing('no-ticket', 'credential') },
    null,
    /klist get 'HTTP\/run001\.site\.example'/,
  ],
  [
    'credential-unusable',
    { knocked: { ...knocked, by: 'SSH' }, failure: failing('no-agent', 'credential') },
    /Start-Service ssh-agent/,
    /Get-Service ssh-agent/,
  ],
  [
    'credential-unusable',
    { knocked: { ...knocked, by: 'SSH' }, failure: failing('way-not-offered', 'credential') },
    null,
    /sshd_config/,
  ],
  [
    'credential-unusable',
    { knocked: { ...knocked, by: 'SSH' }, failure: failing('password-expired', 'credential') },
    null,
    /net user .* \/domain/,
  ],
  [
    'client-certificate-refused',
    { answer, failure: failing('certificate-refused', 'credential') },
    /Auth\\Certificate -Value \$true/,
  ],
  [
    'ticket-refused',
    { knocked: { ...knocked, auth: 'kerberos' }, answer, failure: failing('ticket-refused', 'credential') },
    /^# Only if .*CbtHardeningLevel -Value Relaxed/s,
    /Test-ComputerSecureChannel.*setspn -Q/s,
  ],
  [
    'ticket-refused',
    {
      knocked: { ...knocked, port: 5985, tls: false, auth: 'kerberos' },
      answer,
      failure: failing('ticket-refused', 'credential'),
    },
    null,
    /Test-ComputerSecureChannel/,
  ],
  [
    'password-refused',
    { answer, failure: failing('refused', 'credential') },
    /^# Only if .*sAMAccountName=operator.*lockoutTime/s,
    /sAMAccountName=operator.*\/domain.*4625/s,
  ],
  [
    'password-refused',
    { knocked: { ...knocked, user: '.\\Administrator' }, answer, failure: failing('refused', 'credential') },
    /WinNT:\/\/\.\/Administrator,user/,
    /^net user 'Administrator'$/m,
  ],
  [
    'password-refused',
    { knocked: { ...knocked, by: 'SSH', user: null }, failure: failing('not-let-in', 'credential') },
    null,
    /OpenSSH\/Operational/,
  ],
  [
    'token-filter',
    { knocked: { ...knocked, user: '.\\installer' }, answer, failure: failing('wsman-5', 'credential') },
    /LocalAccountTokenFilterPolicy -Value 1/,
  ],
  [
    'token-filter',
    { knocked: { ...knocked, user: 'RUN001\\installer' }, facts: { administrator: false, skewMs: 0 } },
    /LocalAccountTokenFilterPolicy -Value 1/,
  ],
  [
    'not-administrator',
    { answer, failure: failing('wsman-5', 'credential') },
    /Add-LocalGroupMember -SID S-1-5-32-544 -Member 'SITE\\operator'/,
  ],
  [
    'not-administrator',
    { knocked: { ...knocked, user: '.\\installer', by: 'SSH' }, facts: { administrator: false, skewMs: 0 } },
    /-Member 'installer'/,
  ],
  ['remote-shells-off', { answer, failure: failing('wsman-2150859180') }, /AllowRemoteShellAccess -Value \$true/],
  ['quota', { answer, failure: failing('wsman-2150859173') }, /MaxShellsPerUser/],
  ['quota', { answer, failure: failing('wsman-2150859176') }, null, /WSMan:\\localhost\\Shell/],
  ['clock', { answer: { ...answer, skewMs: -late }, complete: true }, /w32tm/],
  ['clock', { answer, facts: { administrator: true, skewMs: late }, complete: true }, /w32tm/],
  [
    'clock',
    {
      knocked: { ...knocked, auth: 'kerberos' },
      answer: { ...answer, skewMs: late },
      failure: failing('ticket-refused', 'credential'),
    },
    /w32tm/,
  ],
  [
    'clock',
    { knocked: { ...knocked, auth: 'kerberos' }, answer, failure: failing('clock-skew', 'credential') },
    /w32tm/,
  ],
  ['other', { answer, failure: failing('http-status') }, null, /Microsoft-Windows-WinRM\/Operational/],
  ['other', { knocked: { ...knocked, by: 'SSH' }, failure: failing('algorithms') }, null, /OpenSSH\/Operational/],
]

// What is asked of the workstation and not of the host.
const workstations = /New-NetRoute|winhttp|ssh-agent|klist|rollout vault/

describe('every cause', () => {
  test.each(cases.map(([cause, more, script, look = null]) => [cause, more, script, look] as const))(
    '%s is judged from what was observed, with evidence and the least change',
    (cause, more, script, look) => {
      const diagnosis = diagnose(observed(more))
      expect(diagnosis).toMatchObject({ cause })
      expect(diagnosis?.sentence).toMatch(/\.$/)
      expect(diagnosis?.evidence).not.toEqual([])
      expect(diagnosis?.hint).not.toBe('')
      const remedy = diagnosis?.remedy
      if (script === null) expect(remedy).toMatchObject({ script: null, policy: null, undo: null })
      else expect(remedy?.script).toMatch(script)
      if (look) expect(remedy?.look).toMatch(look)
      else expect(remedy?.look).toBeNull()
      expect(remedy?.script ?? remedy?.look, 'a change or a look').toEqual(expect.any(String))
      // What changes something can be taken back; unlocking, telling DNS what is so, restarting and setting a clock need not be.
      if (script !== null && remedy?.undo === null)
        expect(['name-unresolved', 'port-silent', 'password-refused', 'clock']).toContain(cause)
      // A certificate that was made is not left behind.
      if (/New-SelfSignedCertificate/.test(`${script === null ? '' : remedy?.script}`))
        expect(remedy?.undo).toMatch(/Cert:.*FriendlyName.*Remove-Item/)
      expect(remedy?.at).toBe(workstations.test(`${remedy?.script} ${remedy?.look}`) ? 'workstation' : 'host')
    },
  )

  test('is shown by an example above', () => {
    expect(new Set(cases.map(([cause]) => cause))).toEqual(new Set(causes))
  })
})

test('nothing wrong is no diagnosis; a clock is blamed only when nothing else is left, and is evidence before that', () => {
  expect(diagnose(observed({ answer, facts: { administrator: true, skewMs: 1_000 }, complete: true }))).toBeNull()
  expect(diagnose(observed({ answer: { ...answer, skewMs: late } }))).toBeNull()
  const refused = diagnose(observed({ answer: { ...answer, skewMs: late }, failure: failing('refused', 'credential') }))
  expect(refused).toMatchObject({
    cause: 'password-refused',
    evidence: expect.arrayContaining(["the host's clock is 6 minutes ahead of this workstation's"]) as unknown,
  })
})

test('what answered without being WinRM explains the failure that came after it', () => {
  expect(
    diagnose(observed({ answer: { ...answer, status: 407 }, failure: failing('refused', 'credential') })),
  ).toMatchObject({ cause: 'proxy' })
})

test('TrustedHosts is spoken of on Windows workstations only', () => {
  const refused = { answer, failure: failing('refused', 'credential') }
  expect(diagnose(observed({ ...refused, fromWindows: true }))?.notes.join()).toMatch(
    /TrustedHosts -Value 'run001\.site\.example' -Concatenate.*Group Policy: .*undoes it/,
  )
  expect(JSON.stringify(diagnose(observed(refused)))).not.toContain('TrustedHosts')
})

test('accounts of the host are told from those of a domain, and the built-in Administrator from both', () => {
  const local = (user: string) => isLocal({ ...knocked, user })
  expect(['installer', '.\\installer', 'run001\\installer'].map(local)).toEqual([true, true, true])
  expect(['SITE\\installer', 'installer@site.example', '.\\Administrator', ''].map(local)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('a name that is written into a script stays a text there', () => {
  expect(quoted("o'brien\u2019; Remove-Item C:\\ -Recurse")).toBe("'o''brien\u2019\u2019; Remove-Item C:\\ -Recurse'")
})

test('a user that is looked for in the directory is a name there, and no pattern', () => {
  expect(filterFor('SITE\\a*(b)')).toBe(
    '(&(objectCategory=person)(|(sAMAccountName=a\\2a\\28b\\29)(userPrincipalName=a\\2a\\28b\\29)))',
  )
})

test('what an older survey has kept is read: a change on the host without a look, or no remedy at all', () => {
  const kept = { cause: 'clock', sentence: 's', evidence: [], hint: 'h', notes: [] }
  expect(Diagnosis.parse({ ...kept, remedy: { script: 'w32tm /resync', policy: null, undo: null } }).remedy).toEqual({
    at: 'host',
    look: null,
    script: 'w32tm /resync',
    policy: null,
    undo: null,
  })
  expect(Diagnosis.parse({ ...kept, remedy: null }).remedy).toBeNull()
})
