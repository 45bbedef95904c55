/** Owns the choice over one cause: what is offered, what is not and why, the reason, and who goes first. */
import { Button, Checkbox, Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { choicesFor } from '../../../domain/attention.ts'
import type { Choice } from '../../../domain/event.ts'
import type { Failure } from '../../../domain/failure.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../components/failure-view.tsx'
import type { FailureGroup } from '../../run/failure-groups.ts'
import { many } from '../../run/words.ts'
import { showPage } from '../../stores/run-place.ts'
import { mayAct, useRun } from '../../stores/run-session.ts'
import styles from './decide.module.css'

const needReason: ReadonlySet<Choice> = new Set(['skip', 'exclude', 'abort'])
const order: readonly Choice[] = ['retry', 'fixed', 'skip', 'exclude', 'abort']
const titles: Record<Choice, string> = { retry: 'Retry', fixed: 'Fixed by hand', skip: 'Skip', exclude: 'Exclude hosts', abort: 'Abort rollout' }
const texts: Record<Choice, string> = {
  retry: 'Looks first, then does it again.', fixed: 'You did it. Each host proves it with the step\'s own look.', skip: 'Goes on without this step.',
  exclude: 'The rollout goes on without them.', abort: 'Stops here. Nothing is undone on any host.',
}

export function DecisionChoice({ group }: { readonly group: FailureGroup }) {
  const client = useClient()
  const act = useAct()
  const runId = useRun((picture) => picture.runId)
  const state = useRun((picture) => picture.state)
  const acts = useRun(mayAct)
  const byHand = group.failure.kind === 'by-hand'
  const [choice, setChoice] = useState<Choice>(byHand ? 'fixed' : 'retry')
  const [oneFirst, setOneFirst] = useState(group.pending.length > 3)
  const [why, setWhy] = useState('')
  const [refused, setRefused] = useState<Failure | null>(null)
  const hosts = group.pending.length
  const offers = new Map(group.pending.slice(0, 1).flatMap(({ step }) => choicesFor(state, step.id)).map((offer) => [offer.choice, offer.refusal]))
  const canSplit = hosts > 1 && choice !== 'abort'
  const chosen = canSplit && oneFirst ? group.pending.slice(0, 1) : group.pending
  const missing = needReason.has(choice) && why.trim() === ''
  const decide = async (): Promise<void> => {
    const steps = choice === 'abort' ? chosen.slice(0, 1) : chosen
    const answer = await client.call('run.decide', { runId, steps: steps.map(({ step }) => step.id), choice, why: why.trim() })
    setRefused(answer.refused[0]?.failure ?? null)
  }
  return (
    <aside className={styles.side} aria-label={`Decide for ${many(hosts, 'host')}`} data-region="side panel" tabIndex={-1}>
      <section className={styles.choices}>
        <h2>{`Decide for ${many(hosts, 'host')}`}</h2>
        {acts ? (
          <RadioGroup aria-label="Decision" value={choice} onChange={(_, { value }) => { setChoice(order.find((one) => one === value) ?? 'retry') }}>
            {order.map((one) => {
              const refusal = offers.get(one) ?? null
              return (
                <div key={one} className={`${styles.choice} ${one === choice ? styles.chosen : ''} ${refusal === null ? '' : styles.refused}`}>
                  <Radio value={one} disabled={refusal !== null} label={<span className={styles.choiceText}><strong>{byHand && one === 'fixed' ? 'Done by hand' : titles[one]}</strong><span>{refusal === null ? texts[one] : `Not offered: ${refusal}`}</span></span>} />
                </div>
              )
            })}
          </RadioGroup>
        ) : <p>Another process drives this run; decisions are made there.</p>}
        {acts && canSplit && <Checkbox checked={oneFirst} label={`One host first, then the other ${hosts - 1}`} onChange={(_, { checked }) => { setOneFirst(checked === true) }} />}
        {acts && <Field label={needReason.has(choice) ? 'Reason, goes to the log' : 'Reason, goes to the log (may stay empty)'} required={needReason.has(choice)}><Textarea value={why} resize="vertical" onChange={(_, { value }) => { setWhy(value) }} /></Field>}
      </section>
      <footer className={styles.foot}>
        <FailureNote failure={act.failure ?? refused} />
        <p id="decision-scope">{missing ? 'Say why first: this leaves something out for good.' : `Holds for ${hosts === 1 ? 'this failure' : `these ${hosts} failures`} only. A new failure asks again.`}</p>
        <div className={styles.acts}>
          {acts && <Button appearance="primary" aria-describedby="decision-scope" disabledFocusable={missing || act.busy} onClick={() => { if (!missing && !act.busy) void act.run(decide) }}>{verb(choice, byHand, chosen.length)}</Button>}
          <Button onClick={() => { showPage('live') }}>Back to hosts</Button>
        </div>
      </footer>
    </aside>
  )
}

function verb(choice: Choice, byHand: boolean, hosts: number): string {
  switch (choice) {
    case 'retry':
      return `Retry ${many(hosts, 'host')}`
    case 'fixed':
      return `${byHand ? 'Prove' : 'Look again on'} ${many(hosts, 'host')}`
    case 'skip':
      return `Skip on ${many(hosts, 'host')}`
    case 'exclude':
      return `Exclude ${many(hosts, 'host')}`
    case 'abort':
      return 'Abort rollout'
  }
}
