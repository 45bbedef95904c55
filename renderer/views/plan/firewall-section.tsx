/** Owns the firewall matrix: every path the site needs, by purpose, what must stay closed apart, and the text to hand to whoever opens it. */
import { Button } from '@fluentui/react-components'
import { Copy20Regular, Dismiss20Regular } from '@fluentui/react-icons'
import { Fragment, useState } from 'react'
import type { Flow, Topology } from '../../../domain/topology.ts'
import { SourceOf } from '../../components/provenance.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { many } from '../../run/words.ts'
import { StatusText } from '../../status/status-glyph.tsx'
import { useDraft } from '../../stores/draft.ts'
import { useSurvey } from '../../stores/survey.ts'
import { resultOfAll } from '../../survey/flow-results.ts'
import { type FlowRow, flowGroups } from './flow-groups.ts'
import styles from './plan.module.css'

export function FirewallSection() {
  const topology = useDraft((draft) => draft.topology)
  const [chosen, setChosen] = useState<string | null>(null)
  if (!topology) return <main id="main" tabIndex={-1} data-region="main"><Waiting>Drawing the matrix</Waiting></main>
  const groups = flowGroups(topology.flows)
  const row = groups.flatMap((group) => group.rows).find((one) => one.key === chosen)
  return (
    <div className={row ? styles.withPanel : styles.alone}>
      <main id="main" className={styles.main} tabIndex={-1} data-region="main">
        <table className={styles.table}>
          <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Port</th><th scope="col">Why</th><th scope="col">Result</th></tr></thead>
          <tbody>
            {groups.map((group) => (
              <Fragment key={group.title}>
                <tr className={styles.groupRow}><th scope="colgroup" colSpan={5}>{group.title} <span>{many(group.rows.reduce((sum, one) => sum + one.flows.length, 0), 'path')}</span></th></tr>
                {group.rows.map((one) => (
                  <tr key={one.key} className={one.key === chosen ? styles.chosen : undefined}>
                    <td><button type="button" className={styles.link} aria-expanded={one.key === chosen} onClick={() => { setChosen(one.key === chosen ? null : one.key) }}>{one.flows.length > 1 ? many(one.flows.length, 'host') : endName(one.first.from)}</button></td>
                    <td>{endName(one.to)} {one.toAddress !== one.to && <span className={styles.monoQuiet}>{one.toAddress}</span>}</td>
                    <td className={styles.mono}>{`TCP ${one.first.port}`}</td>
                    <td>{one.first.why}</td>
                    <td><Result flows={one.flows} /></td>
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
        <OpenQuestions topology={topology} />
      </main>
      {row && <FlowPanel row={row} onClose={() => { setChosen(null) }} />}
    </div>
  )
}

function Result({ flows }: { readonly flows: readonly Flow[] }) {
  const hosts = useSurvey((picture) => picture.hosts)
  const { status, word } = resultOfAll(flows, hosts)
  return <StatusText status={status}>{word}</StatusText>
}

function OpenQuestions({ topology }: { readonly topology: Topology }) {
  if (topology.open.length === 0) return null
  return (
    <section className={styles.questions} aria-label="Open questions">
      <h2>Only you can say</h2>
      {topology.open.map((one) => <p key={one.id}><strong>{`${one.from} to ${one.to}: `}</strong>{`${one.question} `}<SourceOf source={one.source} /></p>)}
    </section>
  )
}

function FlowPanel({ row, onClose }: { readonly row: FlowRow; readonly onClose: () => void }) {
  const text = requestText(row.flows)
  return (
    <aside className={styles.panel} aria-label="Path" data-region="side panel" tabIndex={-1} onKeyDown={(event) => { if (event.key === 'Escape') onClose() }}>
      <header className={styles.panelHead}><h2>{`${endName(row.to)}, TCP ${row.first.port}`}</h2><Button appearance="subtle" size="small" icon={<Dismiss20Regular />} aria-label="Close panel" onClick={onClose} /></header>
      <div className={styles.form}>
        <p>{row.first.why}</p>
        <p><SourceOf source={row.first.source} /></p>
        <p><Result flows={row.flows} /></p>
        <h3>Request text</h3>
        <pre className={styles.request} tabIndex={0}>{text}</pre>
        <span><Button icon={<Copy20Regular />} onClick={() => { void navigator.clipboard.writeText(text) }}>Copy request text</Button></span>
      </div>
    </aside>
  )
}

function requestText(flows: readonly Flow[]): string {
  return flows.map((flow) => `${flow.verdict === 'allow' ? 'Allow' : 'Keep closed'}: ${endName(flow.from)} -> ${flow.toAddress} TCP ${flow.port}`).join('\n')
}

/** The ends of flows that are no hosts stand in brackets in the topology. */
function endName(end: string): string {
  return end === '(workstation)' ? 'This computer' : end === '(anywhere)' ? 'Anywhere' : end
}
