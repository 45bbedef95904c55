/** Owns the plan that is open in this window: its document, undo and redo, saving by itself, and what is judged of it. */
import { createContext, useContext } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { JudgedFinding, PlanRevision } from '../../../domain/contract/shapes.ts'
import { failed, type Failure, toFailure } from '../../../domain/base/failure.ts'
import type { Graph } from '../../../domain/graph/graph.ts'
import { readPlan, type Plan } from '../../../domain/plan/plan.ts'
import type { PlanProblem } from '../../../domain/plan/plan-problem.ts'
import type { Topology } from '../../../domain/network/topology.ts'
import type { Client } from '../../client/client.ts'
import { useDraftMarks } from './draft-marks.ts'
import { useOverview } from '../../shared/overview-store.ts'
import { unsavedEdits } from './unsaved.ts'

export interface Draft {
  readonly planId: string
  /** The newest one this window has read. */
  readonly revision: PlanRevision
  /** The hash over which what is on screen was made: nothing is saved over another one. It outlives the window with the edits. */
  readonly basedOn: string
  readonly folder: string | null
  /** What is on screen. May be no plan yet, where a field holds what is refused: see `problems`. */
  readonly plan: Plan
  /** What the database has. */
  readonly stored: Plan
  readonly past: readonly Plan[]
  readonly future: readonly Plan[]
  /** A locked revision is read only until the person edits it as the next draft. */
  readonly editing: boolean
  readonly saving: 'saved' | 'waiting' | 'saving'
  /** Why the last save did not happen; what is on screen is then not what is stored. */
  readonly failure: Failure | null
  readonly problems: readonly PlanProblem[]
  /** What somebody else stored while this window edited; nothing is saved until the person has chosen. */
  readonly theirs: { readonly plan: Plan; readonly revision: PlanRevision } | null
  /** Edits of an earlier visit that the database had not got were found and are on screen. */
  readonly restored: boolean
  readonly findings: readonly JudgedFinding[] | null
  readonly topology: Topology | null
  readonly graph: Graph | null
  /** Why the plan does not compile as it stands; an early draft seldom does. */
  readonly notCompiled: Failure | null
}

export interface DraftSession {
  readonly store: StoreApi<Draft>
  /** Changes the document; undone as one. Edits in a row with the same `field` are undone together. */
  readonly edit: (change: (plan: Plan) => Plan, field?: string) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly editAsDraft: () => void
  /** Reads the newest revision and everything judged of it again. */
  readonly reload: () => Promise<void>
  /** Judges the plan as it stands again: something outside of it has changed. */
  readonly judgeAgain: () => Promise<void>
  readonly setFindings: (findings: readonly JudgedFinding[]) => void
  /** The folder of this computer in which the media lie. */
  readonly setFolder: (folder: string) => void
  /** Tries to save at once. */
  readonly saveNow: () => void
  /** After somebody else stored another draft: theirs, mine over theirs, or mine as a plan of its own (whose id is the answer). */
  readonly takeTheirs: () => Promise<void>
  readonly keepMine: () => void
  readonly saveAsNew: () => Promise<string>
  /** Looks whether somebody else has stored another draft since. */
  readonly lookAgain: () => Promise<void>
  readonly close: () => void
}

const mostSteps = 50
const saveAfterMs = 500
const saveAgainMs = 3000

/** Opens the newest revision of a plan, with the edits of an earlier visit that were not saved. */
export async function openDraft(client: Client, planId: string): Promise<DraftSession> {
  const store = createStore<Draft>(() => freshDraft)
  let timer: ReturnType<typeof setTimeout> | undefined
  let version = 0
  let over = false
  let lastField: string | undefined
  const unsaved = unsavedEdits(client, planId)

  const judge = async (): Promise<void> => {
    const mine = ++version
    const { plan, folder, revision, problems } = store.getState()
    // What is no plan cannot be judged: what was found of the last one stays on screen.
    if (problems.length > 0) return
    const [checked, drawn, compiled] = await Promise.all([
      client.call('plan.check', { document: plan, folder, of: { planId, revision: revision.revision } }),
      client.call('plan.topology', { document: plan }),
      client.call('plan.graph', { document: plan }).catch((thrown: unknown) => toFailure(thrown)),
    ])
    if (mine !== version || over) return
    store.setState({
      ...(checked.ok ? { findings: checked.findings } : {}),
      ...(drawn.ok ? { topology: drawn.topology } : {}),
      ...('kind' in compiled
        ? { graph: null, notCompiled: compiled }
        : compiled.ok
          ? { graph: compiled.graph, notCompiled: null }
          : {}),
    })
    mark(store.getState())
  }

  const readNewest = async () => {
    const { plan, revision, folder } = await client.call('plan.read', { planId })
    if (!revision) throw new Error(`plan ${planId} has no revision`)
    return { plan, revision, folder }
  }

  const reload = async (): Promise<void> => {
    const { plan, revision, folder } = await readNewest()
    store.setState({
      ...freshDraft,
      planId,
      revision,
      basedOn: revision.hash,
      plan,
      stored: plan,
      folder,
      editing: revision.state === 'draft',
    })
    await judge()
  }

  const meetTheirs = async (): Promise<void> => {
    const { plan, revision } = await readNewest()
    store.setState({ theirs: { plan, revision }, failure: null, saving: 'waiting' })
  }

  const save = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const { plan, folder, basedOn, problems, theirs } = store.getState()
    if (problems.length > 0 || theirs) {
      if (!(await unsaved.handOver()) && !over) wait(saveAgainMs)
      return
    }
    store.setState({ saving: 'saving' })
    try {
      const saved = await client.call('plan.saveDraft', { planId, document: plan, folder, basedOn })
      const onScreen = store.getState().plan
      const same = onScreen === plan
      if (saved.ok) {
        // What was typed meanwhile is an edit of what is stored now.
        if (same) unsaved.forget()
        else unsaved.keep({ basedOn: saved.revision.hash, document: onScreen })
        store.setState({
          revision: saved.revision,
          basedOn: saved.revision.hash,
          stored: plan,
          folder: saved.folder,
          failure: null,
          restored: false,
          saving: same ? 'saved' : 'waiting',
        })
      } else store.setState({ problems: saved.problems, saving: 'waiting' })
      if (!same) wait()
      else await judge()
      void useOverview.getState().refresh(client)
    } catch (thrown) {
      const failure = toFailure(thrown)
      store.setState({ failure, saving: 'waiting' })
      if (failure.code === 'draft-changed') {
        await meetTheirs().catch((again: unknown) => {
          store.setState({ failure: toFailure(again) })
        })
        // Until the person has chosen, the application keeps what is on screen.
        wait()
      }
      // What may help itself is tried again; the edits are kept here meanwhile.
      else if (failure.retry !== 'never' && !over) wait(saveAgainMs)
    }
  }
  const wait = (ms = saveAfterMs): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      // One save at a time: each is based on what the one before stored.
      if (store.getState().saving === 'saving') wait()
      else void save()
    }, ms)
  }
  const put = (next: Partial<Draft> & Pick<Draft, 'plan'>): void => {
    const { saving } = store.getState()
    const reading = readPlan(next.plan)
    store.setState({
      ...next,
      problems: reading.ok ? [] : reading.problems,
      saving: saving === 'saving' ? 'saving' : 'waiting',
    })
    unsaved.keep({ basedOn: store.getState().basedOn, document: next.plan })
    wait()
  }

  const restore = async (): Promise<void> => {
    const kept = await unsaved.read()
    const { plan, revision } = store.getState()
    if (!kept) return
    if (JSON.stringify(kept.document) === JSON.stringify(plan)) {
      unsaved.forget()
      return
    }
    const { basedOn, document } = kept
    // They stay edits of what they were made over, or the next visit would take them for edits of what somebody else stored since.
    put({
      plan: document,
      basedOn,
      theirs: basedOn === revision.hash ? null : { plan, revision },
      past: [plan],
      restored: true,
      editing: true,
    })
  }

  await reload()
  await restore()
  return {
    store,
    reload,
    judgeAgain: judge,
    edit(change, field) {
      const { plan, past, editing } = store.getState()
      const next = change(plan)
      if (!editing || next === plan) return
      const together = field !== undefined && field === lastField && past.length > 0
      put({ plan: next, past: together ? past : [...past, plan].slice(-mostSteps), future: [] })
      lastField = field
    },
    undo() {
      const { plan, past, future } = store.getState()
      const before = past.at(-1)
      lastField = undefined
      if (before) put({ plan: before, past: past.slice(0, -1), future: [plan, ...future] })
    },
    redo() {
      const { plan, past, future } = store.getState()
      const [next, ...rest] = future
      lastField = undefined
      if (next) put({ plan: next, past: [...past, plan], future: rest })
    },
    editAsDraft: () => {
      store.setState({ editing: true })
    },
    setFindings: (findings) => {
      store.setState({ findings })
      mark(store.getState())
    },
    setFolder(folder) {
      store.setState({ folder, saving: 'waiting' })
      wait()
    },
    saveNow: () => void save(),
    async takeTheirs() {
      unsaved.forget()
      await reload()
    },
    keepMine() {
      const { theirs, plan, past } = store.getState()
      if (!theirs) return
      put({
        plan,
        revision: theirs.revision,
        basedOn: theirs.revision.hash,
        stored: theirs.plan,
        past: [...past, theirs.plan].slice(-mostSteps),
        theirs: null,
      })
    },
    async saveAsNew() {
      const { plan, folder } = store.getState()
      const saved = await client.call('plan.saveDraft', {
        planId: null,
        document: { ...plan, name: `${plan.name.slice(0, 70)} (copy)` },
        folder,
      })
      if (!saved.ok)
        throw failed(
          'plan',
          'not-a-plan',
          'This is no plan as it stands.',
          'Mend the fields that are marked, then save it.',
        )
      unsaved.forget()
      return saved.revision.planId
    },
    async lookAgain() {
      const { saving, revision } = store.getState()
      if (saving !== 'saved') return
      const { revisions } = await client.call('plan.revisions', { planId })
      if (revisions.at(-1)?.hash !== revision.hash && store.getState().saving === 'saved') await reload()
    },
    close() {
      over = true
      // What was typed last must not be lost with the view.
      if (timer !== undefined) void save()
      useDraftMarks.setState({ planId: null, findings: 0, worst: 'pass', flows: null })
    },
  }
}

function mark({ planId, findings, topology }: Draft): void {
  const open = findings?.filter((finding) => finding.severity !== 'pass' && finding.waiver === null) ?? []
  useDraftMarks.setState({
    planId,
    findings: open.length,
    worst: open.some((finding) => finding.severity === 'block') ? 'block' : open.length > 0 ? 'warn' : 'pass',
    flows: topology?.flows.length ?? null,
  })
}

const freshDraft = {
  planId: '',
  basedOn: '',
  past: [],
  future: [],
  editing: false,
  saving: 'saved',
  failure: null,
  problems: [],
  findings: null,
  topology: null,
  graph: null,
  notCompiled: null,
  folder: null,
  theirs: null,
  restored: false,
  // Filled before anybody sees it: openDraft answers only once the plan is read.
  revision: { planId: '', revision: 1, state: 'draft', hash: '', changedBy: '', changedAt: 0 } satisfies PlanRevision,
  plan: {} as Plan,
  stored: {} as Plan,
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
