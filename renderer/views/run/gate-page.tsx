/** Owns the page of a gate: what a person confirms, item by item, and what opens then. */
import { Button, Checkbox, Field, Textarea } from '@fluentui/react-components'
import { Play20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { pendingGate } from '../../../domain/attention.ts'
import type { Gate } from '../../../domain/graph.ts'
import { stageTitles } from '../../../domain/words.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../components/failure-view.tsx'
import { clock, many, shortHash } from '../../run/words.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useHome } from '../../stores/home.ts'
import { showPage } from '../../stores/run-place.ts'
import { mayAct, useRun } from '../../stores/run-session.ts'
import styles from './decide.module.css'

export function GatePage() {
  const gate = useRun((picture) => pendingGate(picture.state))
  return gate ? <OneGate key={gate.id} gate={gate} /> : null
}

function OneGate({ gate }: { readonly gate: Gate }) {
  const client = useClient()
  const act = useAct()
  const runId = useRun((picture) => picture.runId)
  const state = useRun((picture) => picture.state)
  const summary = useRun((picture) => picture.summary)
  const practice = useRun((picture) => picture.plan.practice !== undefined)
  const acts = useRun(mayAct)
  const by = useHome((store) => store.person?.by ?? 'you')
  const [confirmed, setConfirmed] = useState<ReadonlySet<number>>(new Set())
  const [note, setNote] = useState('')
  const left = gate.checklist.length - confirmed.size
  const stage = state.index.graph.stages.find((one) => one.name === gate.opens)
  const hosts = stage?.waves.flatMap((wave) => wave.hosts) ?? []
  const steps = state.index.graph.steps.filter((step) => step.stage === gate.opens).length
  const open = async (): Promise<void> => {
    const why = [note.trim(), ...gate.checklist.map((item) => `Confirmed: ${item}`)].filter(Boolean).join('\n')
    await client.call('run.openGate', { runId, gate: gate.id, why: why.slice(0, 2000) })
  }
  const toggle = (item: number, on: boolean): void => {
    const next = new Set(confirmed)
    if (on) next.add(item)
    else next.delete(item)
    setConfirmed(next)
  }
  return (
    <div className={styles.page}>
      <main id="main" className={styles.main} tabIndex={-1} data-region="main">
        <header className={styles.head}>
          <StatusGlyph status="needs-you" size={30} />
          <div>
            <h2>{left === 0 ? `Everything is confirmed before ${stageTitles[gate.opens]}` : `${many(left, 'thing')} left for you before ${stageTitles[gate.opens]}`}</h2>
            <p>Exekra documents no way for Rollout to see these, so a person does.{practice ? ' On the practice site they count as done: confirm them and go on.' : ''}</p>
          </div>
          <span className={styles.count}><strong>{confirmed.size}</strong> of {gate.checklist.length}</span>
        </header>
        <ul className={styles.items}>
          {gate.checklist.map((item, i) => (
            <li key={item} className={confirmed.has(i) ? styles.doneItem : styles.item}>
              {acts ? <Checkbox checked={confirmed.has(i)} label={item} onChange={(_, { checked }) => { toggle(i, checked === true) }} /> : <p>{item}</p>}
              {confirmed.has(i) && <span className={styles.who}>{`Confirmed by ${by}`}</span>}
            </li>
          ))}
        </ul>
        {acts && <Field className={styles.note} label="Note, goes to the log"><Textarea value={note} resize="vertical" onChange={(_, { value }) => { setNote(value) }} /></Field>}
      </main>
      <aside className={styles.side} aria-label="When the gate opens" data-region="side panel" tabIndex={-1}>
        <section>
          <h2>When the gate opens</h2>
          <p className={styles.opens}><StatusGlyph status="planned" size={18} /><span><strong>{stageTitles[gate.opens]}</strong><br />{`${many(hosts.length, 'host')}, ${many(steps, 'step')}`}</span></p>
          <dl className={styles.facts}>
            <dt>Hosts</dt><dd>{hosts.length > 6 ? `${hosts.slice(0, 6).join(', ')} and ${hosts.length - 6} more` : hosts.join(', ')}</dd>
            <dt>Waves</dt><dd>{stage?.waves.length ?? 0}{stage?.canary === true ? ', the canary first' : ''}</dd>
          </dl>
        </section>
        <section>
          <h2>Rule</h2>
          <dl className={styles.facts}>
            <dt>Opens by</dt><dd>One person, here {by}</dd>
            <dt>Plan</dt><dd>{`r${summary.revision} · `}<code>{shortHash(summary.planHash)}</code></dd>
          </dl>
        </section>
        <section>
          <h2>Log of this gate</h2>
          <p className={styles.log}>{`${clock(state.gates[gate.id]?.raisedAt ?? 0)} Gate reached, nothing new begins`}</p>
        </section>
        <footer className={styles.foot}>
          <FailureNote failure={act.failure} />
          <p id="gate-left">{left === 0 ? 'The log will have your name and this checklist.' : `${many(left, 'item')} left before the gate can open.`}</p>
          <div className={styles.acts}>
            {acts && <Button appearance="primary" icon={<Play20Regular />} aria-describedby="gate-left" disabledFocusable={left > 0 || act.busy} onClick={() => { if (left === 0 && !act.busy) void act.run(open) }}>{`Open gate, start ${stageTitles[gate.opens]}`}</Button>}
            <Button onClick={() => { showPage('live') }}>Back to hosts</Button>
          </div>
        </footer>
      </aside>
    </div>
  )
}
