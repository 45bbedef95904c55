/** The acceptance summary of a plan's run: contents, paper, signatures and export. */
import { Button, Select } from '@fluentui/react-components'
import { ArrowDownload20Regular, Print20Regular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useState } from 'react'
import { dossierDocument } from '../../domain/acceptance/dossier-document.ts'
import type { Dossier } from '../../domain/acceptance/dossier.ts'
import { type Failure, toFailure } from '../../domain/base/failure.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureMain, FailureNote } from '../shared/components/failure-view.tsx'
import { WaitingMain } from '../shared/components/waiting.tsx'
import { evidenceLabel } from '../rollout/gate/gate-record.ts'
import { formatDateTime, formatWhen } from '../shared/format.ts'
import { saveFile } from '../shared/save-file.ts'
import { useWidth } from '../shared/use-width.ts'
import { useDraft } from '../plan/model/draft.ts'
import { useOverview } from '../shared/overview-store.ts'
import { go } from '../shared/route.ts'
import { Paper } from './paper.tsx'
import { SignPart } from './sign-part.tsx'
import { exportText, summaryText } from './text.ts'
import panelStyles from '../shared/styles/panel.module.css'
import pageStyles from '../shared/styles/page.module.css'
import textStyles from '../shared/styles/text.module.css'
import styles from './acceptance.module.css'

// The most steps that a page lists and stays readable; the JSON file contains all of them.
const mostStepRows = 2000

type Read =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly failure: Failure }
  | { readonly phase: 'read'; readonly dossier: Dossier | null }

export function DossierSection() {
  const planId = useDraft((draft) => draft.planId)
  const home = useOverview((store) => store.home)
  const runs = (home?.runs ?? []).filter((run) => run.planId === planId).toSorted((a, b) => b.createdAt - a.createdAt)
  const over = runs.filter((run) => run.status === 'finished')
  const [chosen, setChosen] = useState<string | null>(null)
  const runId = chosen ?? over[0]?.runId
  if (!home) return <WaitingMain>{summaryText.readingRuns}</WaitingMain>
  if (runId === undefined) {
    const open = runs[0]
    return (
      <main id="main" className={pageStyles.main} tabIndex={-1} data-region="main">
        <div className={pageStyles.empty}>
          <h2>{summaryText.notYet}</h2>
          <p>{summaryText.notYetAbout}</p>
          <Button
            appearance="primary"
            onClick={() => {
              go(open ? { view: 'run', runId: open.runId } : { view: 'plan', planId, section: 'rollout' })
            }}
          >
            {open ? summaryText.goToRun : summaryText.goToRollout}
          </Button>
        </div>
      </main>
    )
  }
  const choose =
    over.length < 2 ? null : (
      <Select
        aria-label={summaryText.run}
        value={runId}
        onChange={(_, { value }) => {
          setChosen(value)
        }}
      >
        {over.map((run) => (
          <option key={run.runId} value={run.runId}>
            {summaryText.runOption(formatWhen(run.endedAt ?? run.lastAt, Date.now()), run.runId)}
          </option>
        ))}
      </Select>
    )
  return <DossierOf key={runId} runId={runId} choose={choose} />
}

function DossierOf({ runId, choose }: { readonly runId: string; readonly choose: ReactNode }) {
  const client = useClient()
  const [read, setRead] = useState<Read>({ phase: 'loading' })
  const [tries, setTries] = useState(0)
  const [everyStep, setEveryStep] = useState(false)
  // Below this width there is room for one column beside the paper.
  const narrow = useWidth() < 1360
  useEffect(() => {
    let over = false
    client.call('dossier.read', { runId }).then(
      ({ dossier }) => {
        if (!over) setRead({ phase: 'read', dossier })
      },
      (thrown: unknown) => {
        if (!over) setRead({ phase: 'failed', failure: toFailure(thrown) })
      },
    )
    return () => {
      over = true
    }
  }, [client, runId, tries])
  if (read.phase === 'loading') return <WaitingMain>{summaryText.readingLog}</WaitingMain>
  if (read.phase === 'failed')
    return (
      <FailureMain
        title={summaryText.notCreated}
        failure={read.failure}
        onAgain={() => {
          setTries((n) => n + 1)
        }}
      />
    )
  if (!read.dossier) return null
  const page = dossierDocument(read.dossier, formatDateTime, everyStep)
  const { sections } = page
  const steps = read.dossier.everyStep.length
  const contents = (
    <nav className={styles.contents} aria-label={summaryText.contents} tabIndex={-1}>
      <h2>{summaryText.contents}</h2>
      <ol>
        {sections.map((section) => (
          <li key={section.id}>
            <button
              type="button"
              onClick={() => {
                document.getElementById(`part-${section.id}`)?.scrollIntoView()
              }}
            >
              <span>{section.title}</span>
              <span>{section.rows.length}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
  return (
    <div className={styles.place}>
      {!narrow && contents}
      <main id="main" className={styles.desk} tabIndex={0} data-region="main">
        <Paper page={page} />
      </main>
      <aside className={styles.side} aria-label={exportText.title} data-region="side panel" tabIndex={-1}>
        {narrow && contents}
        {choose && (
          <section className={panelStyles.form}>
            <h2>{summaryText.run}</h2>
            {choose}
          </section>
        )}
        <section className={panelStyles.form}>
          <h2>{summaryText.include}</h2>
          <label className={styles.include}>
            <input
              type="checkbox"
              checked={everyStep}
              disabled={steps > mostStepRows}
              onChange={(event) => {
                setEveryStep(event.target.checked)
              }}
            />
            {summaryText.everyStep}
          </label>
          {steps > mostStepRows && <p className={textStyles.quiet}>{summaryText.tooManySteps}</p>}
        </section>
        <SignPart
          dossier={read.dossier}
          onChange={(dossier) => {
            setRead({ phase: 'read', dossier })
          }}
        />
        <EvidenceFiles runId={runId} dossier={read.dossier} />
        <ExportPart runId={runId} everyStep={everyStep} />
      </aside>
    </div>
  )
}

/** The files that people added as evidence at gates. */
function EvidenceFiles({ runId, dossier }: { readonly runId: string; readonly dossier: Dossier }) {
  const client = useClient()
  const act = useAct()
  const files = new Map(
    dossier.gates.flatMap(({ confirmed }) =>
      confirmed.flatMap((item) => item.files.map((file) => [file.sha256, file] as const)),
    ),
  )
  if (files.size === 0) return null
  const save = async (name: string, sha256: string): Promise<void> => {
    const { base64 } = await client.call('evidence.read', { runId, sha256 })
    saveFile({
      fileName: name,
      mediaType: 'application/octet-stream',
      text: Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    })
  }
  return (
    <section className={panelStyles.form}>
      <h2>{summaryText.evidence}</h2>
      <FailureNote failure={act.failure} />
      <ul aria-label={summaryText.evidence}>
        {[...files.values()].map((file) => (
          <li key={file.sha256}>
            <Button
              size="small"
              appearance="subtle"
              icon={<ArrowDownload20Regular />}
              onClick={() => {
                if (!act.busy) void act.run(() => save(file.name, file.sha256))
              }}
            >
              {evidenceLabel(file)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ExportPart({ runId, everyStep }: { readonly runId: string; readonly everyStep: boolean }) {
  const client = useClient()
  const act = useAct()
  const save = (format: 'json' | 'html'): void => {
    if (!act.busy)
      void act.run(async () => {
        saveFile(await client.call('dossier.write', { runId, format, everyStep }))
      })
  }
  return (
    <section className={panelStyles.form}>
      <h2>{exportText.title}</h2>
      <FailureNote failure={act.failure} />
      <div className={panelStyles.acts}>
        <Button
          appearance="primary"
          icon={<Print20Regular />}
          onClick={() => {
            print()
          }}
        >
          {exportText.print}
        </Button>
        <Button
          icon={<ArrowDownload20Regular />}
          disabledFocusable={act.busy}
          onClick={() => {
            save('html')
          }}
        >
          {exportText.html}
        </Button>
        <Button
          icon={<ArrowDownload20Regular />}
          disabledFocusable={act.busy}
          onClick={() => {
            save('json')
          }}
        >
          {exportText.json}
        </Button>
      </div>
      <p className={textStyles.quiet}>{exportText.contents} </p>
    </section>
  )
}
