/** The ways to a plan: create one, open a file, import a file. Buttons in a row, or cards while there is no plan. */
import { Button } from '@fluentui/react-components'
import {
  Add20Regular,
  ArrowImport20Regular,
  ChevronRight20Regular,
  FolderOpen20Regular,
  type FluentIcon,
} from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import type { Contract } from '../../domain/contract/api.ts'
import type { OutputOf } from '../../domain/contract/define.ts'
import type { PlanProblem } from '../../domain/plan/plan-problem.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { useOverview } from '../shared/overview-store.ts'
import { go } from '../shared/route.ts'
import { NewPlanDialog } from './new-plan-dialog.tsx'
import { PlanPathDialog } from './plan-path-dialog.tsx'
import { RefusedPlanDialog } from './refused-plan-dialog.tsx'
import { homeText } from './text.ts'
import styles from './home.module.css'

export function HomeActs({ cards = false }: { readonly cards?: boolean }) {
  const client = useClient()
  const act = useAct()
  const [asking, setAsking] = useState(false)
  const [pathAsked, setPathAsked] = useState(false)
  const dialogs = useOverview((store) => store.person?.dialogs ?? false)
  const [problems, setProblems] = useState<readonly PlanProblem[]>([])
  const file = useRef<HTMLInputElement>(null)
  const arrived = async (planId: string): Promise<void> => {
    await useOverview.getState().refresh(client)
    go({ view: 'plan', planId, section: 'hosts' })
  }
  const bring = async (read: OutputOf<Contract, 'plan.open'>): Promise<void> => {
    if (!read.ok) {
      setProblems(read.problems)
      return
    }
    // An existing draft is somebody's work: the file becomes a separate plan.
    const drafted =
      useOverview
        .getState()
        .home?.plans.some((plan) => plan.planId === read.planId && plan.revisions.at(-1)?.state === 'draft') ?? false
    const saved = await client.call('plan.saveDraft', {
      planId: drafted ? null : read.planId,
      document: read.plan,
      folder: read.folder,
    })
    if (saved.ok) await arrived(saved.revision.planId)
    else setProblems(saved.problems)
  }
  const choose = (): void => {
    file.current?.click()
  }
  const openPath = async (path: string): Promise<void> => {
    await bring(await client.call('plan.open', { path }))
  }
  const open = (): void => {
    setProblems([])
    if (!dialogs) setPathAsked(true)
    else
      void act.run(async () => {
        const { path } = await client.call('dialog.plan', {})
        if (path !== null) await openPath(path)
      })
  }
  const plan = (): void => {
    setAsking(true)
  }
  return (
    <>
      {cards ? (
        <div className={styles.cards}>
          <CardButton icon={Add20Regular} title={homeText.newPlan} onClick={plan}>
            {homeText.newPlanAbout}
          </CardButton>
          <CardButton icon={FolderOpen20Regular} title={homeText.openPlan} onClick={open}>
            {homeText.openPlanAbout}
          </CardButton>
          <CardButton icon={ArrowImport20Regular} title={homeText.importPlan} onClick={choose}>
            {homeText.importPlanAbout}
          </CardButton>
        </div>
      ) : (
        <div className={styles.acts}>
          <Button icon={<FolderOpen20Regular />} onClick={open}>
            {homeText.openPlan}
          </Button>
          <Button icon={<ArrowImport20Regular />} onClick={choose}>
            {homeText.importPlan}
          </Button>
          <Button appearance="primary" icon={<Add20Regular />} onClick={plan}>
            {homeText.newPlan}
          </Button>
        </div>
      )}
      <input
        ref={file}
        className={styles.file}
        type="file"
        accept=".json,application/json"
        aria-label={homeText.importPlanFile}
        tabIndex={-1}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          setProblems([])
          if (chosen)
            void act.run(async () => {
              await bring(await client.call('plan.import', { text: await chosen.text() }))
            })
        }}
      />
      <RefusedPlanDialog
        failure={act.failure}
        problems={problems}
        onClose={() => {
          setProblems([])
          act.forget()
        }}
      />
      {pathAsked && (
        <PlanPathDialog
          onClose={() => {
            setPathAsked(false)
          }}
          onPath={(path) => {
            setPathAsked(false)
            void act.run(() => openPath(path))
          }}
        />
      )}
      {asking && (
        <NewPlanDialog
          onClose={() => {
            setAsking(false)
          }}
          onMade={arrived}
        />
      )}
    </>
  )
}

function CardButton({
  icon: Icon,
  title,
  children,
  onClick,
}: {
  readonly icon: FluentIcon
  readonly title: string
  readonly children: string
  readonly onClick: () => void
}) {
  return (
    <button type="button" className={styles.cardButton} onClick={onClick}>
      <span className={styles.cardIcon}>
        <Icon aria-hidden="true" />
      </span>
      <span className={styles.cardButtonText}>
        <strong>{title}</strong>
        <span>{children}</span>
      </span>
      <ChevronRight20Regular aria-hidden="true" />
    </button>
  )
}
