/** Tells the person that a run needs them, by tab title and live regions; the focus never moves. */
import { useEffect, useRef } from 'react'
import { pendingDecisions, pendingGate } from '../../domain/run/pending.ts'
import { newsSince, progressOf, summaryOf } from './progress.ts'
import { attentionText } from './text.ts'
import { announce, announceUrgent } from '../shared/announcer.ts'
import { useClient } from '../client/client-context.tsx'
import { useOverview } from '../shared/overview-store.ts'
import { useRun, useSession } from './session/run-store.ts'

/** Announces the run around this component while it is mounted. */
export function useRunAttention(): void {
  const client = useClient()
  const { store } = useSession()
  const gate = useRun((picture) => pendingGate(picture.state)?.title ?? null)
  const decisions = useRun((picture) => pendingDecisions(picture.state).length)
  const status = useRun((picture) => picture.state.status)
  const reader = useRun((picture) => picture.engine.role === 'reader')
  const link = useRun((picture) => picture.link !== null)
  const open = decisions + Number(gate !== null)
  useEffect(() => {
    document.title = attentionText.tab(open)
    return () => {
      document.title = attentionText.otherTab
    }
  }, [open])
  // Lists and the rail show this run too.
  useEffect(() => {
    void useOverview.getState().refresh(client)
  }, [client, open, status])
  const before = useRef(0)
  useEffect(() => {
    if (open > before.current)
      announceUrgent(gate === null ? attentionText.decisions(decisions) : attentionText.gate(gate))
    else if (open < before.current) announceUrgent('')
    before.current = open
  }, [open, gate, decisions])
  useEffect(() => {
    let announced = progressOf(store.getState().state)
    return store.subscribe(({ state }, { state: was }) => {
      if (state.stageCounts === was.stageCounts && state.wave === was.wave && state.stage === was.stage) return
      announce('progress', () => {
        const now = store.getState().state
        const news = newsSince(now, announced)
        announced = progressOf(now)
        return news
      })
    })
  }, [store])
  useEffect(() => {
    if (status === 'finished' || status === 'paused') announce('status', () => summaryOf(store.getState().state))
  }, [status, store])
  useEffect(() => {
    if (link) announceUrgent(attentionText.noLink)
  }, [link])
  const asking = useRun(({ engine }) =>
    engine.role === 'executor' && engine.asked?.answer === 'waits' ? engine.asked.by : null,
  )
  useEffect(() => {
    if (asking !== null) announceUrgent(attentionText.asksForControl(asking))
  }, [asking])
  useEffect(() => {
    if (reader) announceUrgent(attentionText.watching)
  }, [reader])
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      announce('asked', () => summaryOf(store.getState().state))
    }
    addEventListener('keydown', pressed)
    return () => {
      removeEventListener('keydown', pressed)
    }
  }, [store])
}
