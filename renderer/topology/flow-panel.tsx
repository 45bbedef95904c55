/** The panel beside the firewall matrix: tests of the chosen paths, the text to request them, and testing again. */
import { Button } from '@fluentui/react-components'
import { ArrowSync20Regular } from '@fluentui/react-icons'
import { endTitle } from '../../domain/checks/flow-matrix.ts'
import type { ProvenFlow } from '../../domain/checks/flow-proof.ts'
import { isManaged } from '../../domain/plan/host.ts'
import { workstation } from '../../domain/network/topology.ts'
import { CopyButton } from '../shared/components/copy-button.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { SourceOf } from '../shared/components/provenance.tsx'
import { isVaultLocked, UnlockVault } from '../shared/components/unlock-vault.tsx'
import { formatDateTime } from '../shared/format.ts'
import { SidePanel } from '../shared/components/side-panel.tsx'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { useDraft } from '../plan/model/draft.ts'
import { isUnderWay, useSurvey } from '../survey/survey-store.ts'
import { resultOfAll, statusOfProof } from './flow-results.ts'
import { useSurveyStart } from '../survey/use-survey-start.ts'
import { FieldPlace } from '../plan/forms/fields.tsx'
import { seenPaths } from '../plan/model/finding-location.ts'
import panelStyles from '../shared/styles/panel.module.css'
import textStyles from '../shared/styles/text.module.css'
import { pathText as text, requestLines } from './text.ts'
import styles from './topology.module.css'

/** The ids of the paths of a row or of a cell. */
export function idsOf(flows: readonly ProvenFlow[]): ReadonlySet<string> {
  return new Set(flows.map(({ flow }) => flow.id))
}

// More paths than a person reads one by one are left to the exports.
const mostShown = 60

export function FlowPanel({
  flows,
  all,
  onClose,
}: {
  readonly flows: readonly ProvenFlow[]
  readonly all: readonly ProvenFlow[]
  readonly onClose: () => void
}) {
  const plan = useDraft((draft) => draft.plan)
  const [first] = flows
  if (!first) return null
  const { flow } = first
  const { status, word } = resultOfAll(flows)
  const addresses = new Map(plan.hosts.map((host) => [host.name, host.address]))
  const shut = flows.some(({ proof }) => proof.state === 'no-answer' || proof.state === 'no-way')
  const elsewhere = all.filter(
    (other) =>
      other.flow.to === flow.to &&
      other.flow.port === flow.port &&
      (other.proof.state === 'open' || other.proof.state === 'refused'),
  )
  return (
    <SidePanel
      label={text.panel}
      heading={
        <h2 className={textStyles.label}>
          <StatusGlyph status={status} size={20} />
          {word}
        </h2>
      }
      closeLabel={text.close}
      onClose={onClose}
    >
      <section className={panelStyles.form}>
        <p className={textStyles.quiet}>
          {text.title(flows.length > 1 ? text.hosts(flows.length) : endTitle(flow.from), endTitle(flow.to), flow.port)}
        </p>
        <p>{flow.why}</p>
        {shut && elsewhere.length > 0 && <p>{text.othersReach(elsewhere.length)}</p>}
      </section>
      <section className={panelStyles.form} aria-label={text.tested}>
        <h3>{text.tested}</h3>
        <ul className={styles.tested}>
          {flows.slice(0, mostShown).map(({ flow: { id, from, to }, proof }) => (
            <li key={id}>
              <StatusGlyph status={statusOfProof(proof)} label={resultOfAll([{ flow, proof }]).word} />
              <div>
                <strong>{from === workstation ? endTitle(to) : endTitle(from)}</strong>{' '}
                <span className={styles.monoQuiet}>{addresses.get(from === workstation ? to : from) ?? ''}</span>
                <p>{proof.how}</p>
                {proof.at !== null && <p className={textStyles.quiet}>{formatDateTime(proof.at)}</p>}
              </div>
            </li>
          ))}
        </ul>
        {flows.length > mostShown && <p className={textStyles.quiet}>{text.more(flows.length - mostShown)}</p>}
        <TestAgain flows={flows} />
      </section>
      <section className={panelStyles.form}>
        <h3>{text.request}</h3>
        <pre className={textStyles.request} tabIndex={0}>
          {requestText(flows, addresses, plan.name)}
        </pre>
        <FieldPlace path={seenPaths.flow(flow.id)}>
          <CopyButton text={() => requestText(flows, addresses, plan.name)}>{text.copyRequest}</CopyButton>
        </FieldPlace>
      </section>
      <section className={panelStyles.form}>
        <h3>{text.source}</h3>
        <span>
          <SourceOf source={flow.source} />
        </span>
      </section>
    </SidePanel>
  )
}

/** Tests the paths again from the managed hosts that use them. */
function TestAgain({ flows }: { readonly flows: readonly ProvenFlow[] }) {
  const plan = useDraft((draft) => draft.plan)
  const under = useSurvey((survey) => isUnderWay(survey.result))
  const { act, begin, waits, again } = useSurveyStart(() => undefined)
  const managed = new Set(plan.hosts.filter(isManaged).map((host) => host.name))
  const hosts = [
    ...new Set(
      flows.map(({ flow }) => (flow.from === workstation ? flow.to : flow.from)).filter((host) => managed.has(host)),
    ),
  ]
  if (hosts.length === 0 || flows.every(({ flow }) => flow.kind === 'management' && flow.from !== workstation))
    return null
  return (
    <>
      <span>
        <Button
          size="small"
          icon={<ArrowSync20Regular />}
          disabledFocusable={waits || under}
          onClick={() => {
            if (!under) begin(hosts)
          }}
        >
          {under ? text.surveyRuns : text.testFrom(hosts.length === 1 ? (hosts[0] ?? '') : text.hosts(hosts.length))}
        </Button>
      </span>
      <FailureNote failure={act.failure} />
      {isVaultLocked(act.failure) && <UnlockVault onUnlocked={again} />}
    </>
  )
}

function requestText(flows: readonly ProvenFlow[], addresses: ReadonlyMap<string, string>, planName: string): string {
  const named = (end: string, address: string | undefined) =>
    address === undefined || address === end ? endTitle(end) : requestLines.end(address, end)
  const [first] = flows
  if (!first) return ''
  const { verdict, port, why } = first.flow
  return [
    verdict === 'allow' ? requestLines.allow(port) : requestLines.keepClosed(port),
    requestLines.from(joined(flows.map(({ flow }) => named(flow.from, addresses.get(flow.from))))),
    requestLines.to(
      joined(flows.map(({ flow: { to, toAddress } }) => (to === workstation ? endTitle(to) : named(to, toAddress)))),
    ),
    requestLines.why(why),
    requestLines.plan(planName),
  ].join('\n')
}

function joined(ends: readonly string[]): string {
  return [...new Set(ends)].join(', ')
}
