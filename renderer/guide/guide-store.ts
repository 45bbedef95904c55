/** Whether the practice guide is shown; the browser remembers it. */
import { create } from 'zustand'
import { readStored, writeStored } from '../shared/browser-storage.ts'

const key = 'rollout.guide'

export const useGuide = create<{ readonly shown: boolean }>(() => ({ shown: readStored(key) !== 'closed' }))

/** Shows or closes the guide, also in later visits. */
export function setGuide(shown: boolean): void {
  writeStored(key, shown ? 'shown' : 'closed')
  useGuide.setState({ shown })
}
