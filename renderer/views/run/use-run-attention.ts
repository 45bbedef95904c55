/** Owns telling the person that something needs them: title of the tab and the live regions; never by moving the focus. */
import { useEffect, useRef } from 'react'
import { pendingGate } from '../../../domain/attention.ts'
import { members } from '../../../domain/bits.ts'
import { many } from '../../run/words.ts'
import { announce, announceUrgent } from '../../stores/announcer.ts'
import { useClient } from '../../client/client-context.tsx'
import { useHome } from '../../stores/home.ts'
import { useRun } from '../../stores/run-session.ts'

/** Watches the run around this component. */
export function useRunAttention(): void {
  const gate = useRun((picture) => pendingGate(picture.state)?.title ?? null)
  const decisions = useRun((picture) => [...members(picture.state.deciding)].length)
  const settled = useRun((picture) => `${picture.state.stageTally.settled} of ${picture.state.stageTally.total} hosts of the stage are done`)
  const over = useRun((picture) => picture.state.outcome)
  const link = useRun((picture) => picture.link !== null)
  const open = decisions + Number(gate !== null)
  useEffect(() => {
    document.title = `${open > 0 ? `(${open}) ` : ''}Rollout`
    return () => { document.title = 'Exekra Rollout' }
  }, [open])
  const client = useClient()
  // What lists and the rail show of this run is another now.
  useEffect(() => { void useHome.getState().refresh(client) }, [client, open, over])
  const before = useRef(0)
  useEffect(() => {
    if (open > before.current) announceUrgent(gate === null ? `Needs you: ${many(decisions, 'decision')}` : `Needs you: gate ${gate}`)
    before.current = open
  }, [open, gate, decisions])
  useEffect(() => { announce(settled) }, [settled])
  useEffect(() => { if (over !== null) announce(`The run is over: ${over}`) }, [over])
  useEffect(() => { if (link) announceUrgent('Rollout on this computer does not answer') }, [link])
}
