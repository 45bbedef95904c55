/** The keys that work everywhere: no single letters, and none that a browser keeps for itself. */
import { useEffect } from 'react'
import { address, planSections, type PlanSection } from '../shared/route.ts'
import { nextProblem } from '../navigation/next-problem.ts'
import { newestRun, useOverview } from '../shared/overview-store.ts'
import { moveRegion } from '../navigation/regions.ts'

export interface FrameActs {
  readonly planId: string | null
  readonly toggleRail: () => void
  readonly search: () => void
  readonly help: () => void
}

/** Listens while the component is mounted. */
export function useFrameKeys(acts: FrameActs): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && handled(event, acts)) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => {
      removeEventListener('keydown', pressed)
    }
  })
}

function handled(event: KeyboardEvent, acts: FrameActs): boolean {
  const { ctrlKey, shiftKey, altKey } = event
  const key = event.key.toLowerCase()
  // Some browsers use F6 for their own bars; Ctrl+F6 always arrives here.
  if (key === 'f6') moveRegion(shiftKey ? -1 : 1)
  else if (key === 'f1') acts.help()
  else if (key === 'f8') return nextProblem(shiftKey ? -1 : 1)
  else if (ctrlKey && !shiftKey && !altKey && key === 'k') acts.search()
  else if (ctrlKey && !shiftKey && !altKey && key === 'b') acts.toggleRail()
  else if (ctrlKey && !shiftKey && !altKey && key === 'f') return findInList()
  else if (altKey && !ctrlKey && !shiftKey && /^[1-5]$/.test(key)) return goToStation(acts.planId, Number(key))
  else return false
  return true
}

/**
 * Focuses the search field of the list that the focus is in, or else of the view; the browser's own search where
 * there is none.
 */
function findInList(): boolean {
  for (let at: Element | null = document.activeElement; at; at = at.parentElement) {
    const field = at.querySelector<HTMLInputElement>('input[data-find]')
    if (!field) continue
    field.focus()
    field.select()
    return true
  }
  return false
}

const stations: readonly (readonly string[])[] = [['hosts'], ['review'], ['survey'], ['rollout'], ['dossier']]

/** Plan, Review, Survey, Rollout, Acceptance of the plan that is open. */
function goToStation(planId: string | null, number: number): boolean {
  if (planId === null) return false
  const run = newestRun(useOverview.getState().home, planId)
  if (number === 4 && run) {
    location.hash = address({ view: 'run', runId: run.runId })
    return true
  }
  const section = planSections.find((name: PlanSection) => stations[number - 1]?.includes(name) === true)
  if (section === undefined) return false
  location.hash = address({ view: 'plan', planId, section })
  return true
}
