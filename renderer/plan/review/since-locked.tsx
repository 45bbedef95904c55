/** Changes since the revision that was locked last. */
import { useMemo } from 'react'
import { diffPlans } from '../../../domain/plan/plan-diff.ts'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { useDraft } from '../model/draft.ts'
import { useOverview } from '../../shared/overview-store.ts'
import { useQuery } from '../../shared/use-query.ts'
import { PlanChanges } from './plan-changes.tsx'
import { changesText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'

/** The changes of the open revision. */
export function SinceLocked() {
  const { planId, revision } = useDraft((draft) => draft)
  const locked = useOverview((store) =>
    store.home?.plans
      .find((entry) => entry.planId === planId)
      ?.revisions.findLast((earlier) => earlier.state === 'locked' && earlier.revision < revision.revision),
  )
  return (
    <section className={panelStyles.form}>
      <h3>{changesText.title}</h3>
      {locked ? (
        <Since planId={planId} from={locked.revision} />
      ) : (
        <p className={textStyles.quiet}>{changesText.noneLocked}</p>
      )}
    </section>
  )
}

function Since({ planId, from }: { readonly planId: string; readonly from: number }) {
  const plan = useDraft((draft) => draft.plan)
  const before = useQuery('plan.read', { planId, revision: from }, '')
  const changes = useMemo(() => (before.value ? diffPlans(before.value.plan, plan) : null), [before.value, plan])
  if (before.failure) return <FailureNote failure={before.failure} />
  if (!changes) return <p className={textStyles.quiet}>{changesText.reading(from)}</p>
  return (
    <>
      <p className={textStyles.quiet}>{changesText.since(changes.length, from)}</p>
      <PlanChanges changes={changes} most={40} />
    </>
  )
}
