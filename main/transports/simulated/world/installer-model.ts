/** An installer of a practice site: its model, the outcome of a start, and the journal it writes. */
import { z } from 'zod'
import { Sha256 } from '../../../../domain/base/ids.ts'
import { Endpoint } from './records.ts'
import type { FaultKind } from '../fault.ts'
import { installerText } from '../text.ts'
import { between, chance } from './seeded.ts'

/** An installer of the practice site. It represents no real product: names and numbers are the practice site's own. */
export const InstallerModel = z.strictObject({
  name: z.string(),
  sha256: Sha256,
  signer: z.strictObject({ thumbprint: z.string(), subject: z.string() }).nullable(),
  seconds: z.tuple([z.int(), z.int()]).describe('how long it takes, at least and at most'),
  exitCode: z.union([z.literal(0), z.literal(3010), z.literal(1641)]),
  lines: z.array(z.string()),
  product: z.strictObject({ displayName: z.string(), version: z.string() }).nullable(),
  files: z.array(z.strictObject({ path: z.string(), length: z.int(), sha256: Sha256, version: z.string().nullable() })),
  services: z.array(z.strictObject({ name: z.string(), startType: z.enum(['automatic', 'manual']), startMs: z.int() })),
  listens: z.array(z.strictObject({ port: z.int(), service: z.string(), endpoint: Endpoint.nullable() })),
})
export type InstallerModel = z.infer<typeof InstallerModel>

/** How a start will end, decided when it begins; its effects appear on the host at its end. */
export const JobOutcome = z.strictObject({
  exitCode: z.int().nullable(),
  error: z.string().nullable(),
  installs: z.boolean(),
  /** A restart is pending: services wait for it. */
  pending: z.boolean(),
  restarts: z.enum(['no', 'after', 'during']),
})
export type JobOutcome = z.infer<typeof JobOutcome>

export const JobLines = z.array(
  z.tuple([
    z.int().describe('milliseconds after the start'),
    z.enum(['started', 'output', 'error', 'progress']),
    z.string(),
  ]),
)
export type JobLines = z.infer<typeof JobLines>

export interface JobPlan {
  readonly milliseconds: number
  readonly outcome: JobOutcome
  readonly lines: JobLines
}

export interface JobQuestion {
  readonly seed: number
  readonly host: string
  readonly ticket: string
  readonly file: string
  readonly timeoutSeconds: number
  /** The fault that shows in this start, if any. */
  readonly fault: FaultKind | undefined
  readonly slow: boolean
  /** Another installation runs on the host. */
  readonly busy: boolean
}

const full = { error: null, installs: true, pending: false, restarts: 'no' } as const
const nothing = { error: null, installs: false, pending: false, restarts: 'no' } as const

/** How this start of the installer will go. The same question always returns the same plan. */
export function planJob(model: InstallerModel | undefined, question: JobQuestion): JobPlan {
  const { seed, host, ticket, file } = question
  const started = (text: string): JobLines[number] => [0, 'started', text]
  if (!model) {
    const error = installerText.unknownProgram(file)
    return {
      milliseconds: 400,
      outcome: { ...nothing, exitCode: null, error },
      lines: [started(file), [200, 'error', error]],
    }
  }
  const usual =
    between(model.seconds[0] * 1000, model.seconds[1] * 1000, seed, host, model.name, ticket, 'duration') *
    (question.slow ? 3 : 1)
  const name = started(installerText.standIn(model.name))
  if (question.busy || question.fault === 'exit-1618') {
    return {
      milliseconds: 1500,
      outcome: { ...nothing, exitCode: 1618 },
      lines: [name, [900, 'error', installerText.anotherInstallation]],
    }
  }
  const story = tell(model.lines, usual)
  const upTo = (milliseconds: number): JobLines => story.filter(([at]) => at < milliseconds)
  const endingAfter = (share: number, outcome: JobOutcome, error: string): JobPlan => {
    const milliseconds = Math.round(usual * share)
    return { milliseconds, outcome, lines: [name, ...upTo(milliseconds - 200), [milliseconds - 100, 'error', error]] }
  }
  const limit = question.timeoutSeconds * 1000
  if (usual > limit) {
    const seconds = question.timeoutSeconds
    const error = installerText.timeLimit(seconds)
    return {
      milliseconds: limit,
      outcome: { ...nothing, exitCode: null, error },
      lines: [name, ...upTo(limit - 1), [limit, 'error', installerText.timeLimitOver(seconds)]],
    }
  }
  switch (question.fault) {
    case 'exit-1603':
      return endingAfter(0.6, { ...nothing, exitCode: 1603 }, installerText.fatalError)
    case 'disk-full':
      return endingAfter(0.3, { ...nothing, exitCode: 112 }, installerText.diskFull)
    case 'reboot-during-install': {
      const installs = chance(seed, host, ticket, 'survives the restart') < 0.5
      const milliseconds = Math.round(usual * (installs ? 0.9 : 0.5))
      return {
        milliseconds,
        outcome: { exitCode: null, error: null, installs, pending: installs, restarts: 'during' },
        lines: [name, ...upTo(milliseconds)],
      }
    }
    default: {
      const exitCode = question.fault === 'exit-3010' ? 3010 : question.fault === 'exit-1641' ? 1641 : model.exitCode
      const outcome: JobOutcome = {
        ...full,
        exitCode,
        pending: exitCode !== 0,
        restarts: exitCode === 1641 ? 'after' : 'no',
      }
      return { milliseconds: usual, outcome, lines: [name, ...story] }
    }
  }
}

// Spread evenly over the time, each line with the share that is behind it.
function tell(lines: readonly string[], milliseconds: number): JobLines {
  return lines.flatMap((text, i): JobLines => {
    const at = Math.round(((i + 0.5) / lines.length) * milliseconds)
    return [
      [at, 'output', text],
      [at + 1, 'progress', `${Math.round(((i + 1) / (lines.length + 1)) * 100)}`],
    ]
  })
}
