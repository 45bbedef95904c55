/** The exit code of every failure, held by name: scripts depend on them. A new failure is added here with its code. */
import { expect, test } from 'vitest'
import { exitCodeOf } from '../../../../main/shells/cli/exit-code.ts'
import { failuresOfSource } from './failure-codes.ts'

// A code that failures of two kinds share may stand at two exit codes.
const promised: Readonly<Record<number, string>> = {
  1: `
    disk-error disk-full
  `,
  3: `
    *-not-offered *check* access-denied agent-failed algorithms another-application answer-altered
    answer-not-sealed answer-timeout answer-too-large answer-too-long backup-exists backup-failed
    backup-missing bad-answer bad-input bad-parameter bad-script bad-xml basic-needs-https batch-file blocked
    by-hand cancelled cannot-open certificate-changed certificate-expired certificate-incomplete
    certificate-name certificate-needs-https certificate-not-yet-valid certificate-refused certificate-unknown
    certificate-unreadable certificate-untrusted certificate-usage channel-refused clock-skew command-refused
    connect-failed connect-timeout connection-refused content-not-kept control-asked corrupted credential-kind
    credential-malformed credential-unknown did-not-hold domain-unreachable draft-changed ending
    endpoint-silent engine-busy evidence-full exit-* file-changed file-empty file-failed file-missing
    file-too-large file-unreadable finding firewall-policy flow-* flow-refused flow-unresolved folder-in-use
    folder-not-protected folder-not-writable foreign found-* handshake-failed handshake-timeout hash-mismatch
    hash-missing host-key-changed host-key-revoked http-status installer-lost installer-missing
    installer-not-run interactive-question invalid-parameter kerberos-missing kerberos-needs-https
    key-passphrase key-public key-unreadable known-door-shut link-lost local-file local-file-changed
    media-missing name-unresolved newer-practice-site newer-version no-agent no-answer no-boot-id
    no-credential no-dialogs no-door no-door-answers no-file no-folder no-known-hosts no-md5 no-part
    no-powershell no-practice-site no-program no-reply no-service no-session no-such-approval no-such-file
    no-such-finding no-ticket no-transport no-work nobody-asks nobody-drives not-a-call not-a-database
    not-a-folder not-a-plan not-a-practice-site not-a-whole-path not-as-planned not-built not-detected
    not-in-practice-site not-json not-let-in not-locked not-proved not-staged not-supported not-this-session
    not-tls not-waivable not-winrm not-written ntlm-refused ntlm-weak older-version out-of-range output-lost
    outside-root part-too-short password-expired password-held powershell-ended powershell-not-started
    powershell-restricted powershell-silent powershell-too-old practice-site-has-run read-only refused
    restart-not-seen script-failed script-timeout second-factor secret-in-evidence secret-too-long
    secret-too-short service-disabled service-not-running service-not-started service-of-another
    service-unknown session-closed sftp-off signed-already signed-out smb-lost smb-needs-drive
    smb-needs-windows smb-refused smb-unreachable summary-changed survey-running ticket-expired
    ticket-of-another ticket-refused tls-failed tls-too-old too-large unknown-address unknown-evidence
    unknown-fault unknown-host unknown-installer unknown-pin unknown-plan unknown-run unknown-survey
    unreachable unreadable-plan unreadable-reply vault-changed vault-damaged vault-locked vault-missing
    vault-name-taken vault-newer vault-not-a-vault vault-not-locked vault-not-sealed vault-not-written
    vault-passphrase-unfit vault-readable-by-others vault-sealed-elsewhere vault-unreadable
    vault-wrong-passphrase way-not-offered winrm-stopped worker-not-started wrong-answer wrong-certificate
    wrong-hash wrong-kind wrong-signer wsman-* wsman-fault
  `,
  6: `
    lease-held lease-lost no-engine practice-site-in-use run-unfinished store-busy
    vault-busy
  `,
  70: `
    bad-answer bad-frame bad-output bad-question envelope-too-large exchange-busy not-xml unexpected
    unknown-method wsman-*
  `,
}

test('every failure that the source can produce ends a command with the exit code that it always had', () => {
  const found = new Map<number, Set<string>>()
  for (const failure of failuresOfSource()) {
    const exit = exitCodeOf(failure)
    found.set(exit, (found.get(exit) ?? new Set()).add(failure.code))
  }
  expect(Object.fromEntries([...found].map(([exit, codes]) => [exit, [...codes].sort()]))).toEqual(
    Object.fromEntries(Object.entries(promised).map(([exit, codes]) => [exit, codes.trim().split(/\s+/).sort()])),
  )
}, 60_000)
