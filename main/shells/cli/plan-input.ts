/** Reads the plan of a command, checks it, and prints its findings. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks } from '../../../domain/checks/check.ts'
import type { Catalogue } from '../../../domain/plan/catalogue.ts'
import { withAbout, type Finding } from '../../../domain/base/finding.ts'
import { subjectText } from '../../../domain/base/subject.ts'
import { pasteable } from '../../../domain/base/shell-quote.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { loadCatalogue } from '../../app/workstation/catalogue-file.ts'
import { lookAtMedia, readPlanFile } from '../../app/workstation/plan-file.ts'
import type { UnreadFile } from '../../app/workstation/unread-file.ts'
import { CommandEnd, exitCodes } from './exit-code.ts'
import type { Terminal } from './terminal.ts'
import { planInputText } from './text/plan.ts'

export interface PlanInput {
  readonly plan: Plan
  readonly baseDir: string
  readonly catalogue: Catalogue
}

/** Reads a plan file; ends the command with every problem and its path when it is none. */
export async function takePlan(path: string): Promise<PlanInput> {
  const reading = await readPlanFile(path)
  if (!reading.ok) {
    if (reading.unread)
      throw new CommandEnd(
        exitCodes.invalid,
        [...reading.problems.map(({ message }) => message), ...wayOut(path, reading.unread)].join('\n'),
        { problems: reading.problems },
      )
    const lines = reading.problems.map((problem) => `  ${problem.path}: ${problem.message}`)
    throw new CommandEnd(exitCodes.invalid, [planInputText.notAPlan(path), ...lines].join('\n'), {
      problems: reading.problems,
    })
  }
  return { plan: reading.plan, baseDir: reading.baseDir, catalogue: loadCatalogue() }
}

function wayOut(path: string, why: UnreadFile['why']): string[] {
  if (why === 'missing') return [planInputText.startOne(pasteable(path, process.platform))]
  const usual = join(path, 'site.json')
  return why === 'folder' && existsSync(usual) ? [planInputText.planInFolder(usual)] : []
}

/** All findings that need no host: the plan's checks, with the media as they lie on this workstation. */
export async function judgePlan({ plan, baseDir, catalogue }: PlanInput): Promise<Finding[]> {
  return runChecks({ plan, catalogue, files: await lookAtMedia(plan, baseDir) })
}

/** Prints findings for people: blocks and warnings with what to do, passes as a count. */
export function sayFindings(findings: readonly Finding[], terminal: Terminal): void {
  const { paint } = terminal
  for (const finding of findings) {
    if (finding.severity === 'pass') continue
    const mark = finding.severity === 'block' ? paint.bad(planInputText.block) : paint.warn(planInputText.warning)
    terminal.say(`${mark}  ${paint.bold(subjectText(finding.subject))}: ${finding.message}`)
    terminal.say(`         ${finding.remedy}`)
    terminal.say(paint.dim(`         ${finding.check}, ${finding.source}`))
  }
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length
  terminal.say(planInputText.counts(count('block'), count('warn'), count('pass')))
}

/** Ends the command when a finding blocks. */
export function refuseBlocks(findings: readonly Finding[], terminal: Terminal): void {
  const blocks = findings.filter((finding) => finding.severity === 'block')
  if (blocks.length === 0) return
  sayFindings(findings, terminal)
  throw new CommandEnd(exitCodes.blocked, planInputText.blocked(blocks.length), { findings: findings.map(withAbout) })
}
