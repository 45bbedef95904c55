/** The rollout of a plan before it starts: stages and waves in order, approvals, and the start button. */
import { Button } from '@fluentui/react-components'
import { LockClosed20Regular, Play20Regular } from '@fluentui/react-icons'
import { approvableTitles, standingApprovals } from '../../domain/plan/approval.ts'
import { failureLimitRules } from '../../domain/run/failure-limit.ts'
import { stageTitles } from '../../domain/base/titles.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { isVaultLocked, UnlockVault } from '../shared/components/unlock-vault.tsx'
import { WaitingMain } from '../shared/components/waiting.tsx'
import { waveTitle } from './hosts/farm-layout.ts'
import { shortHash } from '../shared/format.ts'
import { StatusGlyph } from '../status/status-glyph.tsx'
import { useDraft } from '../plan/model/draft.ts'
import { newestRun, useOverview } from '../shared/overview-store.ts'
import { go } from '../shared/route.ts'
import { indexGraph } from '../../domain/graph/graph-index.ts'
import { useApprovals } from '../plan/review/approvals.tsx'
import { NotCompiled } from '../plan/review/not-compiled.tsx'
import { startText } from './text.ts'
import panelStyles from '../shared/styles/panel.module.css'
import pageStyles from '../shared/styles/page.module.css'
import textStyles from '../shared/styles/text.module.css'
import tableStyles from '../shared/styles/table.module.css'
import styles from './start-section.module.css'

export function StartSection() {
  const graph = useDraft((draft) => draft.graph)
  const planId = useDraft((draft) => draft.planId)
  const revision = useDraft((draft) => draft.revision)
  const run = useOverview((store) => newestRun(store.home, planId))
  const notCompiled = useDraft((draft) => draft.notCompiled)
  if (notCompiled) return <NotCompiled failure={notCompiled} />
  if (!graph) return <WaitingMain>{startText.compiling}</WaitingMain>
  const index = indexGraph(graph)
  return (
    <div className={pageStyles.withPanel}>
      <main id="main" className={pageStyles.main} tabIndex={0} data-region="main">
        <ol className={styles.stages}>
          {graph.stages.map((stage, i) => (
            <li key={stage.name}>
              {stage.gate && (
                <p className={styles.gate}>
                  <StatusGlyph status="gate-planned" size={18} label={startText.gateLabel} />
                  {startText.gate(stage.gate.title, stage.gate.checklist.length)}
                </p>
              )}
              <h2>
                <StatusGlyph status="planned" size={18} />
                {stageTitles[stage.name]}{' '}
                <span>{startText.steps(graph.steps.filter((step) => step.stage === stage.name).length)}</span>
              </h2>
              <table className={tableStyles.table}>
                <tbody>
                  {stage.waves.map((wave) => (
                    <tr key={wave.id}>
                      <th scope="row">{waveTitle(index, i, wave.number)}</th>
                      <td>{startText.hosts(wave.hosts.length)}</td>
                      <td>{wave.hosts.join(', ')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </li>
          ))}
        </ol>
      </main>
      <aside className={panelStyles.panel} aria-label={startText.panel} data-region="side panel" tabIndex={-1}>
        <section className={panelStyles.form}>
          <h2>
            {revision.state === 'locked' ? startText.locked(revision.revision) : startText.draft(revision.revision)}
          </h2>
          <p className={textStyles.quiet}>
            {`${startText.size(new Set(graph.steps.map((step) => step.host)).size, graph.steps.length)} `}
            <code>{shortHash(revision.hash)}</code>
          </p>
          <p>{startText.order}</p>
          <p>{failureLimitRules(graph)}</p>
        </section>
        {revision.state === 'locked' && <Approved />}
        <Start
          locked={revision.state === 'locked'}
          unfinished={run !== undefined && run.status !== 'finished' ? run.runId : null}
        />
      </aside>
    </div>
  )
}

/** The approvals of the revision that would be rolled out. */
function Approved() {
  const { value, failure } = useApprovals()
  const approvals = value && standingApprovals(value.approvals)
  return (
    <section className={panelStyles.form} aria-label={startText.approvals}>
      <h3>{startText.approvals}</h3>
      <FailureNote failure={failure} />
      {approvals?.length === 0 && <p className={textStyles.quiet}>{startText.noApproval}</p>}
      <ul className={panelStyles.approvals}>
        {approvals?.map(({ who, of }) => (
          <li key={`${who} ${of}`}>
            <StatusGlyph status="done" label={startText.approved} />
            <div>
              <strong>{who}</strong>
              <p className={textStyles.quiet}>{approvableTitles[of]}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Start({ locked, unfinished }: { readonly locked: boolean; readonly unfinished: string | null }) {
  const client = useClient()
  const planId = useDraft((draft) => draft.planId)
  const { revision } = useDraft((draft) => draft.revision)
  const folder = useDraft((draft) => draft.folder)
  const act = useAct()
  const start = async (): Promise<void> => {
    const { runId } = await client.call('run.start', { planId, revision, folder })
    await useOverview.getState().refresh(client)
    go({ view: 'run', runId })
  }
  const begin = (): void => {
    if (!act.busy) void act.run(start)
  }
  return (
    <footer className={panelStyles.foot}>
      <FailureNote failure={act.failure} />
      {isVaultLocked(act.failure) && <UnlockVault onUnlocked={begin} />}
      <div className={panelStyles.acts}>
        {unfinished !== null ? (
          <Button
            appearance="primary"
            onClick={() => {
              go({ view: 'run', runId: unfinished })
            }}
          >
            {startText.goToRun}
          </Button>
        ) : locked ? (
          <Button appearance="primary" icon={<Play20Regular />} disabledFocusable={act.busy} onClick={begin}>
            {act.busy ? startText.starting : startText.start}
          </Button>
        ) : (
          <Button
            appearance="primary"
            icon={<LockClosed20Regular />}
            onClick={() => {
              go({ view: 'plan', planId, section: 'review' })
            }}
          >
            {startText.lockFirst}
          </Button>
        )}
      </div>
    </footer>
  )
}
