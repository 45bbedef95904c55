/** Page of a plan that does not compile: why, and its blocks. */
import { subjectText } from '../../../domain/base/subject.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import { useDraft } from '../model/draft.ts'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import { FindingCard } from '../findings/finding-card.tsx'
import { reviewText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import pageStyles from '../../shared/styles/page.module.css'

/** The failure of compiling, with the findings that block the plan. */
export function NotCompiled({ failure }: { readonly failure: Failure }) {
  const findings = useDraft((draft) => draft.findings)
  const blocks = (findings ?? []).filter((finding) => finding.severity === 'block')
  return (
    <main id="main" className={pageStyles.main} tabIndex={0} data-region="main">
      <div className={panelStyles.form}>
        <h2>{reviewText.noSteps}</h2>
        <FailureNote failure={failure} />
      </div>
      {blocks.map((finding) => (
        <FindingCard key={finding.check + subjectText(finding.subject) + finding.message} finding={finding} />
      ))}
    </main>
  )
}
