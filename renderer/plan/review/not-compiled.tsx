/** Owns what stands where the steps would be while the plan does not compile: why, and what blocks it. */
import { subjectText } from '../../../domain/base/subject.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { useDraft } from '../model/draft.ts'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { FindingCard } from '../findings/finding-card.tsx'
import panelStyles from '../../shared/styles/panel.module.css'
import pageStyles from '../../shared/styles/page.module.css'

export function NotCompiled({ failure }: { readonly failure: Failure }) {
  const findings = useDraft((draft) => draft.findings)
  const blocks = (findings ?? []).filter((finding) => finding.severity === 'block')
  return (
    <main id="main" className={pageStyles.main} tabIndex={0} data-region="main">
      <div className={panelStyles.form}>
        <h2>There are no steps yet</h2>
        <FailureNote failure={failure} />
      </div>
      {blocks.map((finding) => (
        <FindingCard key={finding.check + subjectText(finding.subject) + finding.message} finding={finding} />
      ))}
    </main>
  )
}
