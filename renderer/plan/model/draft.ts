/** The open plan: what a view reads of it, and what it may do with it. */
import { createContext, useContext } from 'react'
import { type StoreApi, useStore } from 'zustand'
import type { JudgedFinding, PlanRevision } from '../../../domain/contract/shapes.ts'
import type { Failure } from '../../../domain/base/failure.ts'
import type { Graph } from '../../../domain/graph/graph.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import type { PlanProblem } from '../../../domain/plan/plan-problem.ts'
import type { Topology } from '../../../domain/network/topology.ts'

export interface Draft {
  readonly planId: string
  /** The newest one this window has read. */
  readonly revision: PlanRevision
  /** The hash of the revision that the edits were made over. A save over any other revision is refused. */
  readonly basedOn: string
  readonly folder: string | null
  /** The document on screen. It may be invalid while somebody types: see `problems`. */
  readonly plan: Plan
  /** The document in the database. */
  readonly stored: Plan
  readonly past: readonly Plan[]
  readonly future: readonly Plan[]
  /** False for a locked revision until the user starts the next draft. */
  readonly editing: boolean
  readonly saving: 'saved' | 'waiting' | 'saving'
  /** Why the last save failed. The screen then differs from the database. */
  readonly failure: Failure | null
  readonly problems: readonly PlanProblem[]
  /** A draft that somebody else saved meanwhile. Nothing is saved until the user has chosen between the two. */
  readonly theirs: { readonly plan: Plan; readonly revision: PlanRevision } | null
  /** Unsaved edits of an earlier visit are on screen again. */
  readonly restored: boolean
  readonly findings: readonly JudgedFinding[] | null
  readonly topology: Topology | null
  readonly graph: Graph | null
  /** Why the plan does not compile. Early drafts seldom do. */
  readonly notCompiled: Failure | null
}

export interface DraftSession {
  readonly store: StoreApi<Draft>
  /** Changes the document as one undo step. Edits in a row with the same `field` share a step. */
  readonly edit: (change: (plan: Plan) => Plan, field?: string) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly editAsDraft: () => void
  /** Reads the newest revision and judges it again. */
  readonly reload: () => Promise<void>
  /** Judges the plan again after something outside of it has changed. */
  readonly judgeAgain: () => Promise<void>
  readonly setFindings: (findings: readonly JudgedFinding[]) => void
  /** Sets the folder of the installers on this workstation. */
  readonly setFolder: (folder: string) => void
  /** Saves at once. */
  readonly saveNow: () => void
  /**
   * Answers to `theirs`: drop the edits, save them over the other draft, or save them as a new plan (returns its id).
   */
  readonly takeTheirs: () => Promise<void>
  readonly keepMine: () => void
  readonly saveAsNew: () => Promise<string>
  /** Reloads if somebody else has saved a newer revision. */
  readonly refresh: () => Promise<void>
  readonly close: () => void
}

const DraftContext = createContext<DraftSession | null>(null)
export const DraftProvider = DraftContext.Provider

/** The session of the open plan. Throws outside of a DraftProvider. */
export function useDraftSession(): DraftSession {
  const session = useContext(DraftContext)
  if (!session) throw new Error('no plan around this component')
  return session
}

/** A part of the open plan; renders again when that part changes. */
export function useDraft<T>(select: (draft: Draft) => T): T {
  return useStore(useDraftSession().store, select)
}
