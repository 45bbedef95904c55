/** Owns the page of a gate: what Rollout has proved, what a person confirms item by item, and what opens then. */
import { Button, Field, Textarea } from '@fluentui/react-components'
import { Play20Regular } from '@fluentui/react-icons'
import { useMemo, useState } from 'react'
import { pendingGate } from '../../../domain/run/pending.ts'
import type { Gate } from '../../../domain/graph/graph.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import { useAct, useClient } from '../../client/client-context.tsx'
import { FailureNote } from '../../shared/components/failure-view.tsx'
import type { EvidenceFile } from '../../../domain/run/confirmation.ts'
import { confirmedItems, gateRecords, type ItemRecord, readRecords } from './gate-record.ts'
import { previewGate } from './gate-preview.ts'
import { type GateProof, gateProofs } from './gate-proofs.ts'
import { hostsInWords } from '../../plan/review/sign-off.ts'
import { plural } from '../../../domain/base/plural.ts'
import { formatApproximate, formatTime, formatMinute, shortHash } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useOverview } from '../../shared/overview-store.ts'
import { forgetStored, readStored, writeStored } from '../../shared/browser-storage.ts'
import { showPage } from '../session/view-state.ts'
import { mayAct, useRun, useSession } from '../session/run-store.ts'
import { GateItem } from './gate-item.tsx'
import { useEstimate } from '../header/use-estimate.ts'
import pageStyles from '../task-page.module.css'
import styles from './gate.module.css'

export function GatePage() {
  const gate = useRun((picture) => pendingGate(picture.state))
  return gate ? <OneGate key={gate.id} gate={gate} /> : null
}

function OneGate({ gate }: { readonly gate: Gate }) {
  const client = useClient()
  const act = useAct()
  const { siteNow } = useSession()
  const runId = useRun((picture) => picture.runId)
  const practice = useRun((picture) => picture.plan.practice !== undefined)
  const acts = useRun(mayAct)
  const by = useOverview((store) => store.person?.by ?? 'you')
  // What is confirmed and written is kept in this browser until the gate opens: neither a reload nor a look at the hosts loses it.
  const key = `rollout.gate.${runId}.${gate.id}`
  const noteKey = `${key}.note`
  const [items, setItems] = useState<readonly ItemRecord[]>(() => readRecords(readStored(key), gate.checklist.length))
  const [records] = useState(() =>
    gateRecords(items, (next) => {
      setItems(next)
      writeStored(key, JSON.stringify(next))
    }),
  )
  const [note, setNote] = useState(() => readStored(noteKey) ?? '')
  const write = (text: string): void => {
    setNote(text)
    writeStored(noteKey, text)
  }
  const left = items.filter((item) => item.at === null).length
  const hindrance = left > 0 ? `${plural(left, 'item')} left before the gate can open.` : null
  // What is not named by any item any more need not be kept.
  const drop = async (at: number, file: EvidenceFile): Promise<void> => {
    const next = records.change(at, (record) => ({
      ...record,
      files: record.files.filter(({ sha256 }) => sha256 !== file.sha256),
    }))
    if (!next.some(({ files }) => files.some(({ sha256 }) => sha256 === file.sha256)))
      await client.call('evidence.remove', { runId, sha256: file.sha256 })
  }
  const open = async (): Promise<void> => {
    await client.call('run.openGate', {
      runId,
      gate: gate.id,
      why: note.trim(),
      confirmed: confirmedItems(gate.checklist, items),
    })
    for (const kept of [key, noteKey]) forgetStored(kept)
  }
  return (
    <div className={pageStyles.page}>
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        <header className={pageStyles.head}>
          <StatusGlyph status="needs-you" size={30} />
          <div>
            <h2>
              {left === 0
                ? `Everything is confirmed before ${stageTitles[gate.opens]}`
                : `${plural(left, 'thing')} left for you before ${stageTitles[gate.opens]}`}
            </h2>
            <p>
              Exekra documents no way for Rollout to see these, so a person does.
              {practice ? ' On the practice site they count as done: confirm them and go on.' : ''}
            </p>
          </div>
          <span className={styles.count}>
            <strong>{gate.checklist.length - left}</strong> of {gate.checklist.length}
          </span>
        </header>
        <Proved gate={gate} />
        <ul className={styles.items} aria-label="For you to confirm">
          {gate.checklist.map((item, i) => {
            const record = items[i]
            return (
              record && (
                <GateItem
                  key={item}
                  item={item}
                  number={i + 1}
                  record={record}
                  by={by}
                  now={siteNow}
                  acts={acts}
                  onChange={(change) => {
                    records.change(i, change)
                  }}
                  onDrop={(file) => drop(i, file)}
                />
              )
            )
          })}
        </ul>
        {acts && (
          <Field className={styles.note} label="Note on the whole, goes to the log">
            <Textarea
              value={note}
              maxLength={1000}
              resize="vertical"
              onChange={(_, { value }) => {
                write(value)
              }}
            />
          </Field>
        )}
      </main>
      <aside className={pageStyles.side} aria-label="When the gate opens" data-region="side panel" tabIndex={-1}>
        <WhenOpen gate={gate} by={by} />
        <section>
          <h2>Log of this gate</h2>
          <GateLog gate={gate} items={items} by={by} />
        </section>
        <footer className={pageStyles.foot}>
          <FailureNote failure={act.failure} />
          {acts && <p id="gate-left">{hindrance ?? 'The log will have your name and this checklist.'}</p>}
          <div className={pageStyles.acts}>
            {acts && (
              <Button
                appearance="primary"
                icon={<Play20Regular />}
                aria-describedby="gate-left"
                disabledFocusable={hindrance !== null || act.busy}
                onClick={() => {
                  if (hindrance === null && !act.busy) void act.run(open)
                }}
              >{`Open gate, start ${stageTitles[gate.opens]}`}</Button>
            )}
            <Button
              onClick={() => {
                showPage('live')
              }}
            >
              Back to hosts
            </Button>
          </div>
        </footer>
      </aside>
    </div>
  )
}

function Proved({ gate }: { readonly gate: Gate }) {
  const state = useRun((picture) => picture.state)
  const proofs = useMemo(() => gateProofs(state, gate), [state, gate])
  if (proofs.length === 0) return null
  return (
    <ul className={styles.proofs} aria-label="Seen by Rollout">
      {proofs.map((proof) => (
        <li key={proof.title} className={styles.proof}>
          <StatusGlyph
            status={proof.skipped.length > 0 ? 'skipped' : proof.hosts.length > 0 ? 'done' : 'excluded'}
            size={18}
          />
          <p>
            <strong>{proof.title}</strong>
            <span title={[...proof.hosts, ...proof.skipped, ...proof.excluded].join(', ')}>{whereSeen(proof)}</span>
          </p>
          <span className={styles.who}>
            {proof.hosts.length === 0
              ? 'Not proved'
              : proof.skipped.length > 0
                ? 'Not proved everywhere'
                : 'Proved by Rollout'}
            {proof.at > 0 ? ` · ${formatTime(proof.at)}` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}

function whereSeen({ hosts, skipped, excluded }: GateProof): string {
  const parts = [
    hosts.length > 0 ? `seen on ${hostsInWords(hosts)}` : '',
    skipped.length > 0 ? `let pass on ${hostsInWords(skipped)}` : '',
    excluded.length > 0 ? `not seen on ${hostsInWords(excluded)}, excluded` : '',
  ]
  const text = parts.filter(Boolean).join('; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function firstOf(hosts: readonly string[]): string {
  return hosts.length > 6 ? `${hosts.slice(0, 6).join(', ')} and ${hosts.length - 6} more` : hosts.join(', ')
}

function WhenOpen({ gate, by }: { readonly gate: Gate; readonly by: string }) {
  const state = useRun((picture) => picture.state)
  const summary = useRun((picture) => picture.summary)
  const estimate = useEstimate()
  const { hosts, excluded, steps, waves, canaryFirst, restarts } = useMemo(
    () => previewGate(state, gate),
    [state, gate],
  )
  const takes = estimate.stages[state.index.graph.stages.findIndex((one) => one.name === gate.opens)] ?? null
  return (
    <>
      <section>
        <h2>When the gate opens</h2>
        <p className={styles.opens}>
          <StatusGlyph status="planned" size={18} />
          <span>
            <strong>{stageTitles[gate.opens]}</strong>
            <br />
            {`${plural(hosts.length, 'host')}, ${plural(steps, 'step')}${takes === null ? '' : `, ${formatApproximate(takes)}`}`}
          </span>
        </p>
        <dl className={pageStyles.facts}>
          <dt>Hosts</dt>
          <dd>{firstOf(hosts)}</dd>
          {excluded.length > 0 && (
            <>
              <dt>Excluded</dt>
              <dd>{firstOf(excluded)}</dd>
            </>
          )}
          <dt>Waves</dt>
          <dd>
            {waves}
            {canaryFirst ? ', the canary first' : ''}
          </dd>
          <dt>Restart</dt>
          <dd>{restarts === 0 ? 'None planned' : 'Only where an installer asks for it'}</dd>
          {estimate.left !== null && (
            <>
              <dt>Run ends</dt>
              <dd>{`about ${formatMinute(estimate.now + estimate.left)} if opened now`}</dd>
            </>
          )}
        </dl>
      </section>
      <section>
        <h2>Rule</h2>
        <dl className={pageStyles.facts}>
          <dt>Opens by</dt>
          <dd>One person, here {by}</dd>
          <dt>Plan</dt>
          <dd>
            {`r${summary.revision} · `}
            <code>{shortHash(summary.planHash)}</code>
          </dd>
        </dl>
      </section>
    </>
  )
}

function GateLog({
  gate,
  items,
  by,
}: {
  readonly gate: Gate
  readonly items: readonly ItemRecord[]
  readonly by: string
}) {
  const raisedAt = useRun((picture) => picture.state.gates[gate.id]?.raisedAt ?? 0)
  const lines = items
    .flatMap((item, i) =>
      item.at === null
        ? []
        : [
            {
              at: item.at,
              text: `Item ${i + 1} confirmed by ${by}${item.files.length > 0 ? `, ${plural(item.files.length, 'file')}` : ''}`,
            },
          ],
    )
    .sort((a, b) => a.at - b.at)
  return (
    <ol className={styles.log}>
      {[{ at: raisedAt, text: 'Gate reached, nothing new begins' }, ...lines].map(({ at, text }) => (
        <li key={text}>{`${formatTime(at)} ${text}`}</li>
      ))}
    </ol>
  )
}
