/** Counts of the open plan that the rail shows. */
import { create } from 'zustand'
import type { Status } from '../../status/status.ts'

export interface DraftMarks {
  readonly planId: string | null
  /** Open findings: neither passed nor accepted. */
  readonly findings: number
  readonly worst: Extract<Status, 'pass' | 'warn' | 'block'>
  readonly flows: number | null
}

export const useDraftMarks = create<DraftMarks>(() => ({ planId: null, findings: 0, worst: 'pass', flows: null }))
