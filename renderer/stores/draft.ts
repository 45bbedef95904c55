/** Owns the plan that is open in this window: its document, undo and redo, saving by itself, and what is judged of it. */
import { createContext, useContext } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { JudgedFinding, PlanRevision } from '../../domain/contract/shapes.ts'
import { type Failure, toFailure } from '../../domain/failure.ts'
import type { Graph } from '../../domain/graph.ts'
import type { Plan } from '../../domain/plan.ts'
import type { PlanProblem } from '../../domain/plan-problem.ts'
import type { Topology } from '../../domain/topology.ts'
import type { Client } from '../client/client.ts'
import { useDraftMarks } from './draft-marks.ts'
import { useHome } from './home.ts'

export interface Draft {
  readonly planId: string
  readonly revision: PlanRevision
  readonly folder: string | null
  readonly plan: Plan
  readonly past: readonly Plan[]
  readonly future: readonly Plan[]
  /** A locked revision is read only until the person edits it as the next draft. */
  readonly editing: boolean
  readonly saving: 'saved' | 'waiting' | 'saving'
  /** Why the last save did not happen; what is on screen is then not what is stored. */
  readonly failure: Failure | null
  readonly problems: readonly PlanProblem[]
  readonly findings: readonly JudgedFinding[] | null
  readonly topology: Topology | null
  readonly graph: Graph | null
  /** Why the plan does not compile as it stands; an early draft seldom does. */
  readonly notCompiled: Failure | null
}

export interface DraftSession {
  readonly store: StoreApi<Draft>
  /** Changes the document; undone as one. */
  readonly edit: (change: (plan: Plan) => Plan) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly editAsDraft: () => void
  /** Reads the newest revision and everything judged of it again. */
  readonly reload: () => Promise<void>
  /** Judges the plan as it stands again: something outside of it has changed. */
  readonly judgeAgain: () => Promise<void>
  readonly setFindings: (findings: readonly JudgedFinding[]) => void
  readonly close: () => void
}

const mostSteps = 50
const saveAfterMs = 500

/** Opens the newest revision of a plan. */
export async function openDraft(client: Client, planId: string): Promise<DraftSession> {
  const store = createStore<Draft>(() => freshDraft)
  let timer: ReturnType<typeof setTimeout> | undefined
  let version = 0
  let over = false

  const judge = async (): Promise<void> => {
    const mine = ++version
    const { plan, folder, revision } = store.getState()
    const [checked, drawn, compiled] = await Promise.all([
      client.call('plan.check', { document: plan, folder, of: { planId, revision: revision.revision } }),
      client.call('plan.topology', { document: plan }),
      client.call('plan.graph', { document: plan }).catch((thrown: unknown) => toFailure(thrown)),
    ])
    if (mine !== version || over) return
    store.setState({
      problems: checked.ok ? [] : checked.problems,
      ...(checked.ok ? { findings: checked.findings } : {}),
      ...(drawn.ok ? { topology: drawn.topology } : {}),
      ...('kind' in compiled ? { graph: null, notCompiled: compiled } : compiled.ok ? { graph: compiled.graph, notCompiled: null } : {}),
    })
    mark(store.getState())
  }

  const reload = async (): Promise<void> => {
    const read = await client.call('plan.read', { planId })
    if (!read.revision) throw new Error(`plan ${planId} has no revision`)
    store.setState({ ...freshDraft, planId, revision: read.revision, plan: read.plan, folder: read.folder, editing: read.revision.state === 'draft' })
    await judge()
  }

  const save = async (): Promise<void> => {
    const { plan, folder, revision } = store.getState()
    store.setState({ saving: 'saving' })
    try {
      const saved = await client.call('plan.saveDraft', { planId, document: plan, folder, basedOn: revision.hash })
      const same = store.getState().plan === plan
      if (saved.ok) store.setState({ revision: saved.revision, folder: saved.folder, failure: null, saving: same ? 'saved' : 'waiting' })
      else store.setState({ problems: saved.problems, saving: 'waiting' })
      if (!same) wait()
      else await judge()
      void useHome.getState().refresh(client)
    } catch (thrown) {
      store.setState({ failure: toFailure(thrown), saving: 'waiting' })
    }
  }
  const wait = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      // One save at a time: each is based on what the one before stored.
      if (store.getState().saving === 'saving') wait()
      else void save()
    }, saveAfterMs)
  }
  const put = (next: Partial<Draft>): void => {
    store.setState({ ...next, saving: store.getState().saving === 'saving' ? 'saving' : 'waiting' })
    wait()
  }

  await reload()
  return {
    store, reload,
    judgeAgain: judge,
    edit(change) {
      const { plan, past, editing } = store.getState()
      const next = change(plan)
      if (editing && next !== plan) put({ plan: next, past: [...past, plan].slice(-mostSteps), future: [] })
    },
    undo() {
      const { plan, past, future } = store.getState()
      const before = past.at(-1)
      if (before) put({ plan: before, past: past.slice(0, -1), future: [plan, ...future] })
    },
    redo() {
      const { plan, past, future } = store.getState()
      const [next, ...rest] = future
      if (next) put({ plan: next, past: [...past, plan], future: rest })
    },
    editAsDraft: () => { store.setState({ editing: true }) },
    setFindings: (findings) => {
      store.setState({ findings })
      mark(store.getState())
    },
    close() {
      over = true
      // What was typed last must not be lost with the view.
      if (timer !== undefined) {
        clearTimeout(timer)
        void save()
      }
      useDraftMarks.setState({ planId: null, findings: 0, worst: 'pass', flows: null })
    },
  }
}

function mark({ planId, findings, topology }: Draft): void {
  const open = findings?.filter((finding) => finding.severity !== 'pass' && finding.waiver === null) ?? []
  useDraftMarks.setState({ planId, findings: open.length, worst: open.some((finding) => finding.severity === 'block') ? 'block' : open.length > 0 ? 'warn' : 'pass', flows: topology?.flows.length ?? null })
}

const freshDraft = {
  planId: '', past: [], future: [], editing: false, saving: 'saved', failure: null, problems: [], findings: null, topology: null, graph: null, notCompiled: null, folder: null,
  // Filled before anybody sees it: openDraft answers only once the plan is read.
  revision: { planId: '', revision: 1, state: 'draft', hash: '', changedBy: '', changedAt: 0 } satisfies PlanRevision,
  plan: {} as Plan,
} satisfies Draft

const DraftContext = createContext<DraftSession | null>(null)
export const DraftProvider = DraftContext.Provider

/** The open plan around this component. */
export function useDraftSession(): DraftSession {
  const session = useContext(DraftContext)
  if (!session) throw new Error('no plan around this component')
  return session
}

/** A part of the open plan. */
export function useDraft<T>(select: (draft: Draft) => T): T {
  return useStore(useDraftSession().store, select)
}
