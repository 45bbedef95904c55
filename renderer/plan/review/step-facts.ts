/** Facts of a step for a reviewer: its exact command, account, effect, success, and what happens after a lost link. */
import { fileNameOf } from '../../../domain/base/host-path.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { Step } from '../../../domain/graph/step.ts'
import { effectText, stepText } from './step-text.ts'
import { alwaysKinds, lookingKinds } from '../../../domain/graph/step.ts'

export interface StepFacts {
  /** The exact command; null where Rollout uses its own verbs. */
  readonly command: string | null
  /** What the step does, in a sentence. */
  readonly act: string
  readonly byHand: readonly string[]
  readonly source: 'yours' | 'docs' | 'rollout'
  readonly runsAs: string
  readonly effect: (typeof effectText)[keyof typeof effectText]
  readonly success: string
  readonly ifLost: string
}

// The service and port that Exekra documents.
const documentedService = 'ExekraHubService'
const documentedPort = 4545

/** The facts of a step. The account is the credential of its host or the default credential of the plan. */
export function stepFacts(step: Step, plan: Plan): StepFacts {
  const { work } = step
  const host = plan.hosts.find(({ name }) => name === step.host)
  const account = host?.credential ?? plan.defaultCredential ?? stepText.noCredential
  const base = {
    command: null,
    byHand: [],
    source: 'rollout' as const,
    runsAs: account,
    success: stepText.verified,
    ifLost: stepText.checksAgain,
  }
  const looking = lookingKinds.has(work.kind)
  const plain = (act: string, more: Partial<StepFacts> = {}): StepFacts => ({
    ...base,
    act,
    effect: looking ? effectText.read : effectText.change,
    ...more,
  })
  switch (work.kind) {
    case 'reach-host':
      return plain(stepText.reach)
    case 'collect-facts':
      return plain(stepText.facts)
    case 'check-host':
      return plain(work.purpose === 'before' ? stepText.before : stepText.after)
    case 'probe-flow':
      return plain(stepText.connect(work.flow.toAddress, work.flow.port), {
        command: `TcpClient.Connect("${work.flow.toAddress}", ${work.flow.port})`,
        success: work.flow.listening ? stepText.connected : stepText.pathOpen,
      })
    case 'stage-artefact':
      return plain(stepText.copy(fileNameOf(work.artefact.file), work.remotePath), {
        effect: effectText.copy,
        success: stepText.copied,
        ifLost: stepText.copyResumes,
      })
    case 'verify-artefact':
      return plain(stepText.verify(fileNameOf(work.artefact.file), work.artefact.signer !== undefined), {
        source: 'yours',
        success: work.artefact.sha256 ?? stepText.localHash,
      })
    case 'run-installer': {
      const { installer } = work
      const codes = [...installer.exitCodes.success, ...installer.exitCodes.reboot, ...installer.exitCodes.rebooting]
      return plain(stepText.install, {
        command: [fileNameOf(work.remotePath), ...installer.arguments].join(' '),
        source: 'yours',
        effect: effectText.change,
        success: stepText.exitCodes(codes),
        ifLost: stepText.jobContinues,
      })
    }
    case 'by-hand':
      return plain(stepText.byHand, {
        byHand: work.installer.instructions,
        source: 'yours',
        effect: effectText.byHand,
        runsAs: stepText.person,
        success: stepText.verified,
      })
    case 'await-service':
      return plain(stepText.service(work.service), {
        command: `Get-Service ${work.service}`,
        source: work.service === documentedService ? 'docs' : 'yours',
        effect: effectText.read,
        success: stepText.running(work.timeoutSeconds),
      })
    case 'open-port':
      return plain(stepText.openPort, {
        command: `New-NetFirewallRule -DisplayName "${work.rule.displayName}" -Direction Inbound -Protocol TCP -LocalPort ${work.rule.port} -RemoteAddress ${work.rule.remoteAddresses.join(',')}`,
        effect: effectText.firewall,
      })
    case 'trust-certificate':
      return plain(
        work.certificate.from === 'file'
          ? stepText.trustFile(fileNameOf(work.certificate.artefact.file))
          : stepText.trustShown,
      )
    case 'await-endpoint':
      return plain(stepText.endpoint(work.address, work.port), {
        source: work.port === documentedPort ? 'docs' : 'yours',
        success:
          work.expect.from === 'first-sight'
            ? stepText.answers(work.timeoutSeconds)
            : stepText.certificate(work.timeoutSeconds),
      })
    case 'reboot-host':
      return plain(stepText.restart, {
        effect: effectText.restart,
        success: stepText.restarted,
      })
    case 'clear-staging':
      return plain(stepText.remove(work.folder), {
        effect: alwaysKinds.has(work.kind) ? effectText.cleanUp : effectText.change,
      })
  }
}
