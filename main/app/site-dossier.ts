/** Owns the methods about the acceptance summary of a run: made from its log whenever it is asked for. */
import type { Api } from '../../domain/contract/api.ts'
import type { Dossier } from '../../domain/dossier.ts'
import { dossierOf } from '../../domain/dossier-of.ts'
import { failed } from '../../domain/failure.ts'
import { writeDossier } from '../documents/dossier.ts'
import type { App } from './create-app.ts'

type DossierMethods = Pick<Api, Extract<keyof Api, `dossier.${string}`>>

/** The methods about acceptance summaries. */
export function siteDossier({ store }: Pick<App, 'store'>): DossierMethods {
  function make(runId: string): Dossier | null {
    const { planId, revision, graphHash } = store.runs.summary(runId)
    const { plan, revision: locked } = store.plans.plan(planId, revision)
    const audit = store.audit.verifyAudit()
    return dossierOf({
      plan, graph: store.runs.graph(runId), events: store.runs.events(runId), waivers: store.waivers.waivers(planId, revision), run: { id: runId, graphHash },
      of: { id: planId, revision, hash: locked.hash, lockedBy: locked.changedBy, lockedAt: locked.changedAt }, audit: audit.ok ? { rows: audit.rows, head: audit.head } : null,
    })
  }
  return {
    'dossier.read': async ({ runId }) => ({ dossier: make(runId) }),
    'dossier.write': async ({ runId, format }) => {
      const dossier = make(runId)
      if (!dossier) throw failed('plan', 'run-unfinished', `Run ${runId} is not over yet.`, 'The summary is written when acceptance has run.')
      return writeDossier(dossier, format)
    },
  }
}
