/** Owns the few numbers about the open plan that the rail shows. The plan's own store writes them. */
import { create } from 'zustand'
import type { Status } from '../../status/status.ts'

export interface DraftMarks {
  readonly planId: string | null
  /** Findings that are not a pass. */
  readonly findings: number
  readonly worst: Extract<Status, 'pass' | 'warn' | 'block'>
  readonly flows: number | null
}

export const useDraftMarks = create<DraftMarks>(() => ({ planId: null, findings: 0, worst: 'pass', flows: null }))
