/** The methods about plans: opened, checked, compiled, saved as drafts, locked and approved. */
import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { standingApprovals } from '../../../domain/plan/approval.ts'
import { compilePlan } from '../../../domain/graph/compile.ts'
import type { Api } from '../../../domain/contract/api.ts'
import { readPlan, type Plan, type PlanProblem } from '../../../domain/plan/plan.ts'
import { readPlanText } from '../../../domain/plan/plan-text.ts'
import { newPlan } from '../../../domain/plan/site-layout.ts'
import { topologyOf } from '../../../domain/network/topology.ts'
import { isSameSubject } from '../../../domain/base/subject.ts'
import { mayBeWaived, standingBlocks, waiverVersion } from '../../../domain/checks/waiver.ts'
import { planHash, planIdOf } from '../../store/plan-store.ts'
import type { App } from '../core/app.ts'
import { lookAt, mediaPath, readPlanFile } from '../workstation/plan-file.ts'
import { makePracticeSite } from '../practice/practice.ts'
import type { MediaFolders } from './folders.ts'
import type { Judge } from './judge.ts'
import { relativePathText } from './text/computer-failures.ts'
import {
  draftChanged,
  findingNotWaivable,
  notLocked,
  revisionChanged,
  unknownApproval,
  unknownFinding,
  unknownPlan,
} from './text/plan-failures.ts'
import { wholeFile } from '../workstation/text.ts'

export interface PlanMethodsOptions {
  readonly app: App
  readonly by: string
  readonly dataFolder: string
  readonly folders: MediaFolders
  readonly judge: Judge
}

type PlanMethods = Pick<Api, Extract<keyof Api, `plan.${string}`> | 'practice.make'>

/** The methods about plans. */
export function planMethods({ app, by, dataFolder, folders, judge: { judge } }: PlanMethodsOptions): PlanMethods {
  const { plans } = app.store
  const change = () => ({ by, at: Date.now() })
  const newest = (planId: string) => {
    const found = plans.revisions(planId).at(-1)
    if (!found) throw unknownPlan(planId, app.store.file)
    return found
  }
  const view = (planId: string, number?: number) => {
    const { plan, revision } = plans.plan(planId, number ?? newest(planId).revision)
    return { planId, revision, plan, folder: folders.of(planId) }
  }
  // A problem may quote the document, and a secret may be in the wrong place there.
  const refused = (problems: readonly PlanProblem[]) => ({
    ok: false as const,
    problems: problems.map(({ path, message }) => ({ path, message: app.redactor.redact(message) })),
  })
  const ofPlan = <T>(document: unknown, work: (plan: Plan) => T) => {
    const reading = readPlan(document)
    return reading.ok ? { ok: true as const, ...work(reading.plan) } : refused(reading.problems)
  }

  return {
    'practice.make': async ({ layout, runners, studios, faults, seed, speed, virtual }) => {
      const planId = freeId(
        layout === 'pilot' ? 'practice-pilot' : 'practice',
        (id) => existsSync(join(dataFolder, 'practice', id)) || plans.revisions(id).length > 0,
      )
      const folder = join(dataFolder, 'practice', planId)
      const site = makePracticeSite({
        dir: folder,
        layout,
        runners,
        seed,
        speed,
        virtual,
        ...(studios === undefined ? {} : { studios }),
        ...(faults === undefined ? {} : { faults }),
      })
      folders.remember(planId, folder)
      return {
        planId,
        revision: plans.saveDraft(planId, site.plan, change()),
        plan: site.plan,
        folder,
        faults: [...site.faults],
      }
    },
    'plan.new': async ({ layout, name }) => {
      const plan = newPlan(layout, name)
      const planId = freeId(planIdOf(plan), (id) => plans.revisions(id).length > 0)
      return { planId, revision: plans.saveDraft(planId, plan, change()), plan, folder: null }
    },
    'plan.open': async ({ path }) => {
      if (!isAbsolute(path)) return refused([{ path: wholeFile, message: relativePathText(path) }])
      const reading = await readPlanFile(path)
      return reading.ok
        ? { ok: true, planId: planIdOf(reading.plan), revision: null, plan: reading.plan, folder: reading.baseDir }
        : refused(reading.problems)
    },
    'plan.import': async ({ text, folder }) => {
      const reading = readPlanText(text)
      return reading.ok
        ? { ok: true, planId: planIdOf(reading.plan), revision: null, plan: reading.plan, folder }
        : refused(reading.problems)
    },
    'plan.read': async ({ planId, revision }) => view(planId, revision),
    'plan.revisions': async ({ planId }) => ({ revisions: plans.revisions(planId) }),
    'plan.check': async ({ document, folder, of }) => {
      const reading = readPlan(document)
      if (!reading.ok) return refused(reading.problems)
      return {
        ok: true,
        hash: planHash(reading.plan),
        findings: await judge(reading.plan, folder ?? (of && folders.of(of.planId)), of),
      }
    },
    'plan.inspectFile': async ({ planId, folder, file }) => {
      const at = mediaPath(folder ?? folders.baseOf(planId), file)
      return { path: at, ...(await lookAt(at)) }
    },
    // The interfaces of the domain are readonly, which their schemas cannot express.
    'plan.topology': async ({ document }) =>
      ofPlan(document, (plan) => ({ topology: structuredClone(topologyOf(plan, app.catalogue)) as never })),
    'plan.graph': async ({ document }) => ofPlan(document, (plan) => ({ graph: compilePlan(plan, app.catalogue) })),
    'plan.saveDraft': async ({ planId, document, folder, basedOn }) => {
      const reading = readPlan(document)
      if (!reading.ok) return refused(reading.problems)
      const id = planId ?? freeId(planIdOf(reading.plan), (candidate) => plans.revisions(candidate).length > 0)
      const before = plans.revisions(id).at(-1)
      if (basedOn !== null && before && before.hash !== basedOn) throw draftChanged(before.changedBy, before.changedAt)
      if (folder !== null) folders.remember(id, folder)
      // The same content is the same revision: opening a locked plan must not make a draft of it.
      const revision = before?.hash === planHash(reading.plan) ? before : plans.saveDraft(id, reading.plan, change())
      return { ok: true, revision, folder: folders.of(id) }
    },
    'plan.keepEdits': async ({ planId, basedOn, document }) => {
      newest(planId)
      app.store.unsaved.keep(planId, { basedOn, document, keptAt: Date.now() })
      return {}
    },
    'plan.keptEdits': async ({ planId }) => ({ edits: app.store.unsaved.kept(planId) ?? null }),
    'plan.forgetEdits': async ({ planId }) => {
      app.store.unsaved.forget(planId)
      return {}
    },
    'plan.lock': async ({ planId, revision, hash }) => {
      const found = plans.plan(planId, revision)
      if (found.revision.hash !== hash) throw revisionChanged(planId, revision, 'lock')
      const findings = await judge(found.plan, folders.baseOf(planId), { planId, revision })
      return { locked: standingBlocks(findings).length > 0 ? null : plans.lock(planId, found.plan, change()), findings }
    },
    'plan.waive': async ({ planId, revision, check, subject, reason }) => {
      const { plan } = plans.plan(planId, revision)
      const of = { planId, revision }
      const found = await judge(plan, folders.baseOf(planId), of)
      if (
        !found.some(
          (finding) =>
            finding.check === check && isSameSubject(finding.subject, subject) && finding.severity !== 'pass',
        )
      )
        throw unknownFinding(planId, revision)
      if (
        !found.some(
          (finding) => finding.check === check && isSameSubject(finding.subject, subject) && mayBeWaived(finding),
        )
      )
        throw findingNotWaivable(check)
      const clean = await app.redactReason(reason, { plan, missing: 'left' })
      app.store.waivers.grant(planId, revision, {
        version: waiverVersion,
        check,
        subject,
        reason: clean,
        by,
        at: new Date().toISOString(),
      })
      return { findings: await judge(plan, folders.baseOf(planId), of) }
    },
    'plan.approvals': async ({ planId, revision }) => ({ approvals: app.store.approvals.approvals(planId, revision) }),
    'plan.approve': async ({ planId, revision, hash, verdict, who, of, why }) => {
      const { plan, revision: found } = plans.plan(planId, revision)
      if (found.hash !== hash) throw revisionChanged(planId, revision, 'approve')
      if (found.state !== 'locked') throw notLocked(planId, revision)
      if (
        verdict === 'withdrawn' &&
        !standingApprovals(app.store.approvals.approvals(planId, revision)).some(
          (approval) => approval.of === of && approval.who.toLowerCase() === who.toLowerCase(),
        )
      )
        throw unknownApproval(who, of, revision)
      const clean = (text: string) => app.redactReason(text, { plan, missing: 'left' })
      app.store.approvals.record(planId, revision, {
        verdict,
        who: await clean(who),
        of,
        why: await clean(why),
        hash,
        by,
        at: new Date().toISOString(),
      })
      return { approvals: app.store.approvals.approvals(planId, revision) }
    },
  }
}

function freeId(wanted: string, taken: (id: string) => boolean): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}-${n}`
    if (!taken(id)) return id
  }
}
