/** Announcements for screen readers: at most one polite sentence in five seconds, urgent ones at once. */
import { create } from 'zustand'

interface Announcements {
  readonly polite: string
  readonly urgent: string
}

/**
 * Called when it is the sentence's turn, so that it covers all that came until then; null where nothing is left to
 * say.
 */
export type Sentence = () => string | null

export interface AnnouncerClock {
  later(work: () => void, ms: number): void
}

const pauseMs = 5000

export const useAnnouncements = create<Announcements>(() => ({ polite: '', urgent: '' }))

/**
 * An announcer that speaks through `say`. Topics wait for their turn; a newer sentence of a topic takes the place of
 * the older.
 */
export function createAnnouncer(
  say: (sentence: string) => void,
  clock: AnnouncerClock,
): (topic: string, sentence: Sentence) => void {
  const waiting = new Map<string, Sentence>()
  let pausing = false
  const speak = (): void => {
    pausing = false
    for (const [topic, sentence] of waiting) {
      waiting.delete(topic)
      const text = sentence()
      if (text === null) continue
      say(text)
      pausing = true
      clock.later(speak, pauseMs)
      return
    }
  }
  return (topic, sentence) => {
    waiting.set(topic, sentence)
    if (!pausing) speak()
  }
}

const windowAnnouncer = createAnnouncer(
  (polite) => {
    useAnnouncements.setState({ polite })
  },
  {
    later: (work, ms) => {
      setTimeout(work, ms)
    },
  },
)

/** Says a sentence of that topic when there is a pause. */
export function announce(topic: string, sentence: Sentence): void {
  windowAnnouncer(topic, sentence)
}

/**
 * Says a sentence at once: a decision waits, the link is lost, control was taken. An empty text clears it, so that it
 * can be repeated.
 */
export function announceUrgent(sentence: string): void {
  useAnnouncements.setState({ urgent: sentence })
}
