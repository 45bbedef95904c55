/** The parts that need a real registry and real services: a key and a service of the suite's own, made and removed. */
import assert from 'node:assert/strict'
import { ask, failureOf, type HostUnderTest, type SuitePart } from '../suites/transport/host-under-test.ts'
import { follow, jobOf } from '../suites/transport/job-programs.ts'

const name = 'Exekra Rollout suite'
const service = 'ExekraRolloutSuite'
const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\ExekraRolloutSuite'
const ownKey = key.replace('HKLM', 'HKCU')
const system = '$env:SystemRoot\\System32'

const leftOut = (host: HostUnderTest) =>
  host.windows && host.powershell !== undefined ? undefined : 'no Windows registry and services'

/** Runs a line on the host as a job; an AssertionError with its output when it does not end with 0. */
export async function onHost(host: HostUnderTest, line: string): Promise<void> {
  const job = jobOf(host, `${line}; exit $LASTEXITCODE`)
  await ask(host.session, 'Start-HostJob', job.params)
  const seen = await follow(host.session, job)
  assert.equal(
    seen.last.exitCode,
    0,
    `${line}: ${seen.lines.map(({ text }) => text).join(' | ')} ${seen.last.error ?? ''}`,
  )
}

export const windowsParts: readonly SuitePart[] = [
  {
    name: 'sees a product that the registry lists, its version, and no longer once it is gone',
    leftOut,
    async run(host) {
      const detect = { Detect: { uninstallName: name } }
      assert.equal((await ask(host.session, 'Get-ProductState', detect)).uninstall, null)
      await onHost(host, `& "${system}\\reg.exe" add '${key}' /v DisplayName /d '${name}' /f`)
      await onHost(host, `& "${system}\\reg.exe" add '${key}' /v DisplayVersion /d 1.2.3 /f`)
      assert.deepEqual((await ask(host.session, 'Get-ProductState', detect)).uninstall, {
        displayName: name,
        version: '1.2.3',
        scope: 'machine',
        account: null,
      })
      await onHost(host, `& "${system}\\reg.exe" delete '${key}' /f`)
      assert.equal((await ask(host.session, 'Get-ProductState', detect)).uninstall, null)
    },
  },
  {
    name: 'sees a product that a job installs for its own account, and that it is for this account only',
    leftOut,
    async run(host) {
      const detect = { Detect: { uninstallName: name } }
      await onHost(host, `& "${system}\\reg.exe" add '${ownKey}' /v DisplayName /d '${name}' /f`)
      const { uninstall } = await ask(host.session, 'Get-ProductState', detect)
      await onHost(host, `& "${system}\\reg.exe" delete '${ownKey}' /f`)
      assert.deepEqual([uninstall?.displayName, uninstall?.scope], [name, 'own-account'])
      assert.equal((await ask(host.session, 'Get-ProductState', detect)).uninstall, null)
    },
  },
  {
    name: 'sees a service that is made, refuses to start it while it is disabled, and sees that it is gone',
    leftOut,
    async run(host) {
      const stateOf = async () => (await ask(host.session, 'Get-ServiceState', { Name: [service] })).services[0]
      assert.equal((await stateOf())?.exists, false)
      await onHost(
        host,
        `& "${system}\\sc.exe" create ${service} binPath= "${system}\\svchost.exe -k ${service}" start= disabled`,
      )
      assert.deepEqual(await stateOf(), { name: service, exists: true, status: 'stopped', startType: 'disabled' })
      const failure = await failureOf(ask(host.session, 'Start-HostService', { Name: service, TimeoutMs: 5_000 }))
      assert.deepEqual([failure.kind, failure.code], ['host', 'service-disabled'])
      await onHost(host, `& "${system}\\sc.exe" delete ${service}`)
      assert.equal((await stateOf())?.exists, false)
    },
  },
]

/** Takes away whatever the suite may have left on a Windows host when it was cut short. Says what it could not. */
export async function undo(host: HostUnderTest): Promise<string[]> {
  const left: string[] = []
  if (!host.windows || host.powershell === undefined) return left
  const lines = [
    ...[key, ownKey].map(
      (one) =>
        `& "${system}\\reg.exe" query '${one}' > $null 2>&1; if ($LASTEXITCODE -eq 0) { & "${system}\\reg.exe" delete '${one}' /f } else { $global:LASTEXITCODE = 0 }`,
    ),
    `& "${system}\\sc.exe" query ${service} > $null 2>&1; if ($LASTEXITCODE -eq 0) { & "${system}\\sc.exe" delete ${service} } else { $global:LASTEXITCODE = 0 }`,
    "Get-NetFirewallRule -Name 'exekra-rollout-suite', 'exekra-rollout-steps' -ErrorAction SilentlyContinue | Remove-NetFirewallRule; $global:LASTEXITCODE = 0",
  ]
  for (const line of lines)
    await onHost(host, line).catch((error: unknown) => {
      left.push(error instanceof Error ? error.message : String(error))
    })
  return left
}
