/** The facts of a step: its exact command, the account, what counts as success, and what a lost connection means. */
import { Button } from '@fluentui/react-components'
import { Link16Regular } from '@fluentui/react-icons'
import type { Step } from '../../../domain/graph/step.ts'
import { Command } from '../../shared/components/command.tsx'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { stepFacts } from '../../plan/review/step-facts.ts'
import { formatElapsed } from '../../shared/format.ts'
import { usually } from '../session/timings.ts'
import { linkTo } from '../../shared/route.ts'
import { useRun } from '../session/run-store.ts'
import { useEstimate } from '../header/use-estimate.ts'
import { stepText } from './text.ts'
import styles from './step-facts-view.module.css'

export function StepFactsView({ step }: { readonly step: Step }) {
  const plan = useRun((picture) => picture.plan)
  const runId = useRun((picture) => picture.runId)
  const facts = stepFacts(step, plan)
  const { timings } = useEstimate()
  const range = usually(timings, step)
  return (
    <section className={styles.facts} aria-label={stepText.about(step.title)} tabIndex={0}>
      <h3 className={styles.title}>
        <span>{step.title}</span>
        <Button
          size="small"
          appearance="subtle"
          icon={<Link16Regular />}
          aria-label={stepText.copyLink}
          title={stepText.copyLink}
          onClick={() => {
            void navigator.clipboard.writeText(linkTo({ view: 'run', runId, step: step.id }))
          }}
        />
        {range && (
          <span className={styles.usually}>
            {range.to < 1000
              ? stepText.usuallyShort
              : stepText.usually(formatElapsed(range.from), formatElapsed(range.to))}
          </span>
        )}
      </h3>
      {facts.command === null ? <p className={styles.act}>{facts.act}</p> : <Command text={facts.command} />}
      {facts.byHand.length > 0 && (
        <ol className={styles.hand}>
          {facts.byHand.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      <dl className={styles.list}>
        {facts.source !== 'rollout' && (
          <>
            <dt>{stepText.command}</dt>
            <dd>{facts.source === 'yours' ? <Yours /> : <Docs />}</dd>
          </>
        )}
        <dt>{stepText.runsAs}</dt>
        <dd>{facts.runsAs}</dd>
        <dt>{stepText.effect}</dt>
        <dd>{facts.effect}</dd>
        <dt>{stepText.success}</dt>
        <dd>{facts.success}</dd>
        <dt className={styles.extra}>{stepText.ifLost}</dt>
        <dd className={styles.extra}>{facts.ifLost}</dd>
      </dl>
    </section>
  )
}
