/**
 * The methods about the acceptance summary of a run: made from its log at every call, sealed by its hash, and signed.
 */
import type { Api } from '../../../domain/contract/api.ts'
import type { Dossier } from '../../../domain/acceptance/dossier.ts'
import { dossierOf } from '../../../domain/acceptance/dossier-of.ts'
import { writeDossier } from '../../documents/dossier.ts'
import { canonicalHash } from '../../store/canonical.ts'
import type { App } from '../core/app.ts'
import { lineSigned, summaryChanged, summaryNotReady } from './text/acceptance-failures.ts'

type DossierMethods = Pick<Api, Extract<keyof Api, `dossier.${string}`>>

/** The methods about acceptance summaries. */
export function dossierMethods({ store, redactor }: Pick<App, 'store' | 'redactor'>, by: string): DossierMethods {
  function make(runId: string): Dossier | null {
    const { planId, revision, graphHash } = store.runs.summary(runId)
    const { plan, revision: locked } = store.plans.plan(planId, revision)
    const audit = store.audit.verifyAudit()
    const content = dossierOf({
      plan,
      graph: store.runs.graph(runId),
      events: store.runs.events(runId),
      waivers: store.waivers.waivers(planId, revision),
      approvals: store.approvals.approvals(planId, revision),
      run: { id: runId, graphHash },
      of: { id: planId, revision, hash: locked.hash, lockedBy: locked.changedBy, lockedAt: locked.changedAt },
      audit: audit.ok ? { rows: audit.rows, head: audit.head } : null,
    })
    if (!content) return null
    // The audit grows with every signature, so it is shown and not signed.
    const { audit: _, ...signed } = content
    return { ...content, sealed: { sha256: canonicalHash(signed), signatures: store.signatures.of(runId) } }
  }
  function finished(runId: string): Dossier {
    const dossier = make(runId)
    if (!dossier) throw summaryNotReady(runId)
    return dossier
  }
  return {
    'dossier.read': async ({ runId }) => ({ dossier: make(runId) }),
    'dossier.write': async ({ runId, format, everyStep }) => writeDossier(finished(runId), format, everyStep),
    'dossier.sign': async ({ runId, name, role, seen, here }) => {
      const { sealed } = finished(runId)
      if (sealed.sha256 !== seen) throw summaryChanged()
      const at = Date.now()
      store.signatures.add(
        runId,
        { name: redactor.redact(name), role: redactor.redact(role), by, signedAt: here ? at : null, sha256: seen },
        at,
      )
      return { dossier: finished(runId) }
    },
    'dossier.removeLine': async ({ runId, number }) => {
      if (!store.signatures.removeLine(runId, number)) throw lineSigned()
      return { dossier: finished(runId) }
    },
  }
}
