/** Owns telling the person that something needs them: title of the tab and the live regions; never by moving the focus. */
import { useEffect, useRef } from 'react'
import { pendingDecisions, pendingGate } from '../../domain/run/pending.ts'
import { newsSince, summaryOf, toldOf } from './progress-words.ts'
import { plural } from '../../domain/base/plural.ts'
import { announce, announceUrgent } from '../shared/announcer.ts'
import { useClient } from '../client/client-context.tsx'
import { useOverview } from '../shared/overview-store.ts'
import { useRun, useSession } from './session/run-store.ts'

/** Watches the run around this component. */
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
    document.title = `${open > 0 ? `(${open}) ` : ''}Rollout`
    return () => {
      document.title = 'Exekra Rollout'
    }
  }, [open])
  // What lists and the rail show of this run is another now.
  useEffect(() => {
    void useOverview.getState().refresh(client)
  }, [client, open, status])
  const before = useRef(0)
  useEffect(() => {
    if (open > before.current)
      announceUrgent(gate === null ? `Needs you: ${plural(decisions, 'decision')}` : `Needs you: gate ${gate}`)
    else if (open < before.current) announceUrgent('')
    before.current = open
  }, [open, gate, decisions])
  useEffect(() => {
    let told = toldOf(store.getState().state)
    return store.subscribe(({ state }, { state: was }) => {
      if (state.stageTally === was.stageTally && state.wave === was.wave && state.stage === was.stage) return
      announce('progress', () => {
        const now = store.getState().state
        const news = newsSince(now, told)
        told = toldOf(now)
        return news
      })
    })
  }, [store])
  useEffect(() => {
    if (status === 'finished' || status === 'paused') announce('status', () => summaryOf(store.getState().state))
  }, [status, store])
  useEffect(() => {
    if (link) announceUrgent('Rollout on this computer does not answer')
  }, [link])
  const asking = useRun(({ engine }) =>
    engine.role === 'driver' && engine.asked?.answer === 'waits' ? engine.asked.by : null,
  )
  useEffect(() => {
    if (asking !== null) announceUrgent(`${asking} asks for control of this run`)
  }, [asking])
  useEffect(() => {
    if (reader) announceUrgent('Another process drives this run: you are watching')
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
