/** Owns whether the guidance of the practice site is shown: until the person closes it, and again when they ask. */
import { create } from 'zustand'
import { readStored, writeStored } from '../shared/browser-storage.ts'

const key = 'rollout.guide'

export const useGuide = create<{ readonly shown: boolean }>(() => ({ shown: readStored(key) !== 'closed' }))

/** Shows or closes the guidance, from now on. */
export function setGuide(shown: boolean): void {
  writeStored(key, shown ? 'shown' : 'closed')
  useGuide.setState({ shown })
}
