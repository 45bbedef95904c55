/** Owns what a screen reader is told: at most one polite sentence in five seconds, and urgent ones at once. */
import { create } from 'zustand'

interface Announcements {
  readonly polite: string
  readonly urgent: string
}

const pauseMs = 5000

export const useAnnouncements = create<Announcements>(() => ({ polite: '', urgent: '' }))

let waiting: string | null = null
let timer: ReturnType<typeof setTimeout> | null = null

/** Says a sentence when there is a pause; a newer one that comes before takes its place. */
export function announce(sentence: string): void {
  if (timer !== null) {
    waiting = sentence
    return
  }
  useAnnouncements.setState({ polite: sentence })
  timer = setTimeout(() => {
    timer = null
    const next = waiting
    waiting = null
    if (next !== null) announce(next)
  }, pauseMs)
}

/** Says a sentence at once: something needs the person, the link is lost, control was taken. */
export function announceUrgent(sentence: string): void {
  useAnnouncements.setState({ urgent: sentence })
}
