/** Session of the open plan: undo and redo, autosave, and conflicts with a draft that somebody else saved. */
import { createStore } from 'zustand'
import type { PlanRevision } from '../../../domain/contract/shapes.ts'
import { toFailure } from '../../../domain/base/failure.ts'
import { readPlan, type Plan } from '../../../domain/plan/plan.ts'
import type { Client } from '../../client/client.ts'
import { useOverview } from '../../shared/overview-store.ts'
import type { Draft, DraftSession } from './draft.ts'
import { planIncomplete } from './failures.ts'
import { clearMarks, judgeDraft, showMarks } from './judge-draft.ts'
import { unsavedEdits } from './unsaved.ts'

const mostSteps = 50
const saveAfterMs = 500
const saveAgainMs = 3000

/**
 * Opens the newest revision of a plan, with the unsaved edits of an earlier visit.
 * Rejects when the plan cannot be read. Close the session when its view is gone.
 */
export async function openDraft(client: Client, planId: string): Promise<DraftSession> {
  const store = createStore<Draft>(() => freshDraft)
  let timer: ReturnType<typeof setTimeout> | undefined
  let version = 0
  let closed = false
  let lastField: string | undefined
  const unsaved = unsavedEdits(client, planId)

  const judge = async (): Promise<void> => {
    const judged = ++version
    const draft = store.getState()
    // An invalid document cannot be judged: the findings of the last valid one stay on screen.
    if (draft.problems.length > 0) return
    const judgement = await judgeDraft(client, draft)
    if (judged !== version || closed) return
    store.setState(judgement)
    showMarks(store.getState())
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
      if (!(await unsaved.handOver()) && !closed) wait(saveAgainMs)
      return
    }
    store.setState({ saving: 'saving' })
    try {
      const saved = await client.call('plan.saveDraft', { planId, document: plan, folder, basedOn })
      const onScreen = store.getState().plan
      const same = onScreen === plan
      if (saved.ok) {
        // Typed during the save: an edit of the revision just saved.
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
        // Until the user has chosen, the application keeps the edits.
        wait()
      }
      // Retry failures that may pass by themselves. This window keeps the edits meanwhile.
      else if (failure.retry !== 'never' && !closed) wait(saveAgainMs)
    }
  }
  const wait = (ms = saveAfterMs): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      // One save at a time: each is based on the one before.
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
    const edits = await unsaved.read()
    const { plan, revision } = store.getState()
    if (!edits) return
    if (JSON.stringify(edits.document) === JSON.stringify(plan)) {
      unsaved.forget()
      return
    }
    const { basedOn, document } = edits
    // Keep `basedOn`: rebased silently, they would overwrite what somebody else saved since.
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
      showMarks(store.getState())
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
      if (!saved.ok) throw planIncomplete()
      unsaved.forget()
      return saved.revision.planId
    },
    async refresh() {
      const { saving, revision } = store.getState()
      if (saving !== 'saved') return
      const { revisions } = await client.call('plan.revisions', { planId })
      if (revisions.at(-1)?.hash !== revision.hash && store.getState().saving === 'saved') await reload()
    },
    close() {
      closed = true
      // Save the last edits before the view is gone.
      if (timer !== undefined) void save()
      clearMarks()
    },
  }
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
  // Filled before a view sees it: openDraft resolves once the plan is read.
  revision: { planId: '', revision: 1, state: 'draft', hash: '', changedBy: '', changedAt: 0 } satisfies PlanRevision,
  plan: {} as Plan,
  stored: {} as Plan,
} satisfies Draft
