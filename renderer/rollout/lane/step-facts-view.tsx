/** Owns how the facts of a step are shown: the command word for word, as whom, what counts, what happens if it is lost. */
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
import styles from './step-facts-view.module.css'

export function StepFactsView({ step }: { readonly step: Step }) {
  const plan = useRun((picture) => picture.plan)
  const runId = useRun((picture) => picture.runId)
  const facts = stepFacts(step, plan)
  const { timings } = useEstimate()
  const range = usually(timings, step)
  return (
    <section className={styles.facts} aria-label={`About ${step.title}`} tabIndex={0}>
      <h3 className={styles.title}>
        <span>{step.title}</span>
        <Button
          size="small"
          appearance="subtle"
          icon={<Link16Regular />}
          aria-label="Copy link to this step"
          title="Copy link to this step"
          onClick={() => {
            void navigator.clipboard.writeText(linkTo({ view: 'run', runId, step: step.id }))
          }}
        />
        {range && (
          <span className={styles.usually}>
            {range.to < 1000
              ? 'Usually under 1 s here'
              : `Usually ${formatElapsed(range.from)} to ${formatElapsed(range.to)} here`}
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
            <dt>Command</dt>
            <dd>{facts.source === 'yours' ? <Yours /> : <Docs />}</dd>
          </>
        )}
        <dt>Runs as</dt>
        <dd>{facts.runsAs}</dd>
        <dt>Effect</dt>
        <dd>{facts.effect}</dd>
        <dt>Success</dt>
        <dd>{facts.success}</dd>
        <dt className={styles.extra}>If we lose it</dt>
        <dd className={styles.extra}>{facts.ifLost}</dd>
      </dl>
    </section>
  )
}
