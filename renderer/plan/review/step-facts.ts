/** Owns what a reviewer reads of a step: the exact command or act, as whom, what counts as success, what happens if it is lost. */
import { fileNameOf } from '../../../domain/base/host-path.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Step } from '../../../domain/graph/step.ts'
import { alwaysKinds, lookingKinds } from '../../../domain/graph/step.ts'

export interface StepFacts {
  /** The command word for word, or null where Rollout speaks to the host by itself. */
  readonly command: string | null
  /** One sentence where there is no command. */
  readonly act: string
  readonly byHand: readonly string[]
  readonly source: 'yours' | 'docs' | 'rollout'
  readonly runsAs: string
  readonly effect:
    | 'read only'
    | 'changes the host'
    | 'changes firewall'
    | 'restarts the host'
    | 'copies a file'
    | 'by hand'
    | 'removes our own files'
  readonly success: string
  readonly ifLost: string
}

// All that the documentation names of what a step may wait for.
const documentedService = 'ExekraHubService'
const documentedPort = 4545

/** The facts of a step of this plan. */
export function stepFacts(step: Step, plan: Plan): StepFacts {
  const { work } = step
  const host = plan.hosts.find((one) => one.name === step.host)
  const account = host?.credential ?? plan.defaultCredential ?? 'no credential yet'
  const base = {
    command: null,
    byHand: [],
    source: 'rollout' as const,
    runsAs: account,
    success: 'Seen on the host afterwards',
    ifLost: 'Rollout looks again before it does anything',
  }
  const looking = lookingKinds.has(work.kind)
  const plain = (act: string, more: Partial<StepFacts> = {}): StepFacts => ({
    ...base,
    act,
    effect: looking ? 'read only' : 'changes the host',
    ...more,
  })
  switch (work.kind) {
    case 'reach-host':
      return plain('Opens a session and confirms the identity of the host')
    case 'collect-facts':
      return plain('Reads system, drives, services, ports in use')
    case 'check-host':
      return plain(work.purpose === 'before' ? 'Judges the facts against the plan' : 'Judges the host as it was built')
    case 'probe-flow':
      return plain(`Connects to ${work.flow.toAddress}, port ${work.flow.port}`, {
        command: `TcpClient.Connect("${work.flow.toAddress}", ${work.flow.port})`,
        success: work.flow.listening ? 'Something answers there' : 'The path is open; a refusal proves it as well',
      })
    case 'stage-artefact':
      return plain(`Copies ${fileNameOf(work.artefact.file)} to ${work.remotePath}`, {
        effect: 'copies a file',
        success: 'Its SHA-256 is right on the host',
        ifLost: 'The copy goes on where it stopped',
      })
    case 'verify-artefact':
      return plain(
        `SHA-256${work.artefact.signer === undefined ? '' : ' and signer'} of ${fileNameOf(work.artefact.file)}`,
        { source: 'yours', success: work.artefact.sha256 ?? 'The hash of the file on this computer' },
      )
    case 'run-installer': {
      const { installer } = work
      const codes = [...installer.exitCodes.success, ...installer.exitCodes.reboot, ...installer.exitCodes.rebooting]
      const last = codes.at(-1)
      return plain('Starts the installer as a job of the host', {
        command: [fileNameOf(work.remotePath), ...installer.arguments].join(' '),
        source: 'yours',
        effect: 'changes the host',
        success: `Exit code ${codes.length > 1 ? `${codes.slice(0, -1).join(', ')} or ${last ?? ''}` : (last ?? 0)}, then seen on the host`,
        ifLost: 'The job goes on; Rollout attaches again and never starts it twice',
      })
    }
    case 'by-hand':
      return plain('By hand, guided', {
        byHand: work.installer.instructions,
        source: 'yours',
        effect: 'by hand',
        runsAs: 'a person',
        success: 'Seen on the host afterwards',
      })
    case 'await-service':
      return plain(`Waits until service ${work.service} runs`, {
        command: `Get-Service ${work.service}`,
        source: work.service === documentedService ? 'docs' : 'yours',
        effect: 'read only',
        success: `Running within ${work.timeoutSeconds} s`,
      })
    case 'open-port':
      return plain('Makes a firewall rule', {
        command: `New-NetFirewallRule -DisplayName "${work.rule.displayName}" -Direction Inbound -Protocol TCP -LocalPort ${work.rule.port} -RemoteAddress ${work.rule.remoteAddresses.join(',')}`,
        effect: 'changes firewall',
      })
    case 'trust-certificate':
      return plain(
        work.certificate.from === 'file'
          ? `Trusts ${fileNameOf(work.certificate.artefact.file)}`
          : 'Trusts the certificate that the Hub showed',
      )
    case 'await-endpoint':
      return plain(`Waits until https://${work.address}:${work.port} answers`, {
        source: work.port === documentedPort ? 'docs' : 'yours',
        success:
          work.expect.from === 'first-sight'
            ? `Answers within ${work.timeoutSeconds} s`
            : `The expected certificate within ${work.timeoutSeconds} s`,
      })
    case 'reboot-host':
      return plain('Restarts the host, only if something asked for it', {
        effect: 'restarts the host',
        success: 'A new boot id',
      })
    case 'clear-staging':
      return plain(`Removes ${work.folder}`, {
        effect: alwaysKinds.has(work.kind) ? 'removes our own files' : 'changes the host',
      })
  }
}
