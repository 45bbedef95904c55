/** Owns what a reviewer asks first: what differs from the revision that was locked before this one. */
import { useMemo } from 'react'
import { diffPlans } from '../../../domain/plan/plan-diff.ts'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { useDraft } from '../model/draft.ts'
import { useOverview } from '../../shared/overview-store.ts'
import { plural } from '../../../domain/base/plural.ts'
import { useQuery } from '../../shared/use-query.ts'
import { PlanChanges } from './plan-changes.tsx'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'

export function SinceLocked() {
  const { planId, revision } = useDraft((draft) => draft)
  const locked = useOverview((store) =>
    store.home?.plans
      .find((entry) => entry.planId === planId)
      ?.revisions.findLast((one) => one.state === 'locked' && one.revision < revision.revision),
  )
  return (
    <section className={panelStyles.form}>
      <h3>Changes</h3>
      {locked ? (
        <Since planId={planId} from={locked.revision} />
      ) : (
        <p className={textStyles.quiet}>No revision was locked before this one.</p>
      )}
    </section>
  )
}

function Since({ planId, from }: { readonly planId: string; readonly from: number }) {
  const plan = useDraft((draft) => draft.plan)
  const before = useQuery('plan.read', { planId, revision: from }, '')
  const changes = useMemo(() => (before.value ? diffPlans(before.value.plan, plan) : null), [before.value, plan])
  if (before.failure) return <FailureNote failure={before.failure} />
  if (!changes) return <p className={textStyles.quiet}>{`Reading revision ${from}`}</p>
  return (
    <>
      <p className={textStyles.quiet}>
        {changes.length === 0
          ? `Nothing differs from locked revision ${from}.`
          : `${plural(changes.length, 'difference')} from locked revision ${from}`}
      </p>
      <PlanChanges changes={changes} most={40} />
    </>
  )
}
