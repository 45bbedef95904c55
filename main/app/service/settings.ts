/** The methods about this workstation: pins, media of all plans, database backup and audit. */
import { subjectText } from '../../../domain/base/subject.ts'
import { isAbsolute } from 'node:path'
import type { Api } from '../../../domain/contract/api.ts'
import { mediaOf } from '../../../domain/plan/media.ts'
import { backupStore } from '../../store/backup.ts'
import type { App } from '../core/app.ts'
import type { MediaFolders } from './folders.ts'
import type { Judge } from './judge.ts'
import { relativePath, unknownPin } from './text/computer-failures.ts'
import { unknownPlan } from './text/plan-failures.ts'

type SettingsMethods = Pick<
  Api,
  Extract<keyof Api, `trust.${string}` | `media.${string}` | `database.${string}` | `audit.${string}`>
>

export interface SettingsMethodsOptions {
  readonly app: App
  readonly by: string
  readonly folders: MediaFolders
  readonly judge: Judge
}

/** The methods about this workstation. */
export function settingsMethods({ app, by, folders, judge }: SettingsMethodsOptions): SettingsMethods {
  const { store } = app
  // The newest revision of each plan that can be read.
  const newestPlans = () =>
    [...new Set(store.plans.revisions().map(({ planId }) => planId))].flatMap((planId) => {
      try {
        const revision = store.plans.revisions(planId).at(-1)?.revision
        return revision === undefined ? [] : [{ planId, plan: store.plans.plan(planId, revision).plan }]
      } catch {
        return []
      }
    })
  return {
    'trust.list': async () => ({ pins: store.pins.list() }),
    'trust.remove': async ({ address, port, why }) => {
      if (!store.pins.remove(address, port, { by, at: Date.now(), why: app.redactor.redact(why) }))
        throw unknownPin(address, port)
      return {}
    },
    'trust.import': async ({ planId, revision, text }) => {
      const { pinned, unknown, notes } = app.importKnownHosts(text, store.plans.plan(planId, revision).plan)
      return { pinned: [...pinned], unknown: [...unknown], notes: [...notes] }
    },
    'media.list': async () => {
      const plans = await Promise.all(
        newestPlans().map(async ({ planId, plan }) => {
          const folder = folders.baseOf(planId)
          const seen = await judge.media(plan, folder)
          const files = mediaOf(plan).map(({ owner, artefact }) => {
            const { exists, sha256, size } = seen.get(artefact.file) ?? { exists: false, sha256: null, size: null }
            return {
              owner: subjectText(owner),
              file: artefact.file,
              wanted: artefact.sha256 ?? null,
              sha256,
              size,
              state: !exists
                ? ('missing' as const)
                : artefact.sha256 === undefined
                  ? ('not-held' as const)
                  : artefact.sha256 === sha256
                    ? ('right' as const)
                    : ('another' as const),
            }
          })
          return { planId, planName: plan.name, folder, chosen: folders.of(planId) !== null, files }
        }),
      )
      return { plans: plans.filter(({ files }) => files.length > 0) }
    },
    'media.setFolder': async ({ planId, folder }) => {
      if (!isAbsolute(folder)) throw relativePath(folder)
      if (store.plans.revisions(planId).length === 0) throw unknownPlan(planId, store.file)
      folders.remember(planId, folder)
      return {}
    },
    'audit.read': async ({ before, limit }) => {
      const verdict = store.audit.verifyAudit()
      // If a row was altered, none of them can be trusted.
      const rows = verdict.ok ? store.audit.entries() : []
      return {
        rows: rows
          .filter((row) => before === undefined || row.number < before)
          .slice(-limit)
          .reverse(),
        verdict,
      }
    },
    'database.backup': async ({ to }) => {
      if (!isAbsolute(to)) throw relativePath(to)
      const { kind, files } = backupStore(store.file, to)
      return { kind, files: [...files] }
    },
  }
}
