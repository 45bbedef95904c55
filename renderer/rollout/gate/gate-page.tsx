/** The page of a gate: what Rollout verified, what a person confirms item by item, and what starts next. */
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
import { type GateProof, gateProofs } from './gate-proofs.ts'
import { hostsInWords } from '../../plan/review/sign-off.ts'
import { formatTime } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { useOverview } from '../../shared/overview-store.ts'
import { forgetStored, readStored, writeStored } from '../../shared/browser-storage.ts'
import { showPage } from '../session/view-state.ts'
import { mayAct, useRun, useSession } from '../session/run-store.ts'
import { GateItem } from './gate-item.tsx'
import { NextStage } from './next-stage.tsx'
import { gateLogText, gateText, proofText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import pageStyles from '../task-page.module.css'
import styles from './gate.module.css'

export function GatePage() {
  const gate = useRun((picture) => pendingGate(picture.state))
  return gate ? <GateChecklist key={gate.id} gate={gate} /> : null
}

function GateChecklist({ gate }: { readonly gate: Gate }) {
  const client = useClient()
  const act = useAct()
  const { siteNow } = useSession()
  const runId = useRun((picture) => picture.runId)
  const practice = useRun((picture) => picture.plan.practice !== undefined)
  const acts = useRun(mayAct)
  const by = useOverview((store) => store.person?.by ?? 'you')
  const nextStage = stageTitles[gate.opens]
  // Confirmations and notes stay in this browser until the gate opens: a reload or a visit to the hosts loses nothing.
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
  const all = gate.checklist.length
  const left = items.filter((item) => item.at === null).length
  const hindrance = left > 0 ? gateText.itemsLeft(left) : null
  // A file that no item names any more is removed.
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
    forgetStored(key)
    forgetStored(noteKey)
  }
  return (
    <div className={pageStyles.page}>
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        <header className={pageStyles.head}>
          <StatusGlyph status="needs-you" size={30} />
          <div>
            <h2>{left === 0 ? gateText.allConfirmed(all, nextStage) : gateText.confirmFirst(left, nextStage)}</h2>
            <p>{practice ? `${gateText.whyYou(all)} ${gateText.practice(all)}` : gateText.whyYou(all)}</p>
          </div>
          <span className={styles.count}>
            <strong>{all - left}</strong> {gateText.countOf(all)}
          </span>
        </header>
        <Proofs gate={gate} />
        <ul className={styles.items} aria-label={gateText.items}>
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
          <Field className={styles.note} label={gateText.note}>
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
      <aside className={pageStyles.side} aria-label={gateText.whenOpen} data-region="side panel" tabIndex={-1}>
        <NextStage gate={gate} by={by} />
        <section>
          <h2>{gateText.log}</h2>
          <GateLog gate={gate} items={items} by={by} />
        </section>
        <footer className={panelStyles.foot}>
          <FailureNote failure={act.failure} />
          {acts && <p id="gate-left">{hindrance ?? gateText.recorded}</p>}
          <div className={panelStyles.acts}>
            {acts && (
              <Button
                appearance="primary"
                icon={<Play20Regular />}
                aria-describedby="gate-left"
                disabledFocusable={hindrance !== null || act.busy}
                onClick={() => {
                  if (hindrance === null && !act.busy) void act.run(open)
                }}
              >
                {gateText.open(nextStage)}
              </Button>
            )}
            <Button
              onClick={() => {
                showPage('live')
              }}
            >
              {gateText.back}
            </Button>
          </div>
        </footer>
      </aside>
    </div>
  )
}

function Proofs({ gate }: { readonly gate: Gate }) {
  const state = useRun((picture) => picture.state)
  const proofs = useMemo(() => gateProofs(state, gate), [state, gate])
  if (proofs.length === 0) return null
  return (
    <ul className={styles.proofs} aria-label={proofText.list}>
      {proofs.map((proof) => (
        <li key={proof.title} className={styles.proof}>
          <StatusGlyph
            status={proof.skipped.length > 0 ? 'skipped' : proof.hosts.length > 0 ? 'done' : 'excluded'}
            size={18}
          />
          <p>
            <strong>{proof.title}</strong>
            <span title={[...proof.hosts, ...proof.skipped, ...proof.excluded].join(', ')}>{whereVerified(proof)}</span>
          </p>
          <span className={styles.who}>
            {proof.hosts.length === 0
              ? proofText.notVerified
              : proof.skipped.length > 0
                ? proofText.partlyVerified
                : proofText.verified}
            {proof.at > 0 ? ` · ${formatTime(proof.at)}` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}

function whereVerified({ hosts, skipped, excluded }: GateProof): string {
  return [
    hosts.length > 0 ? proofText.verifiedOn(hostsInWords(hosts)) : '',
    skipped.length > 0 ? proofText.skippedOn(hostsInWords(skipped)) : '',
    excluded.length > 0 ? proofText.excludedOn(hostsInWords(excluded)) : '',
  ]
    .filter(Boolean)
    .join('. ')
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
              text: gateLogText.confirmed(i + 1, by, item.files.length),
            },
          ],
    )
    .sort((a, b) => a.at - b.at)
  return (
    <ol className={styles.log}>
      {[{ at: raisedAt, text: gateLogText.reached }, ...lines].map(({ at, text }) => (
        <li key={text}>{`${formatTime(at)} ${text}`}</li>
      ))}
    </ol>
  )
}
