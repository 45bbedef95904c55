/** Owns the making of a practice site from the window: what it is told to hold, and where the person goes then. */
import type { Client } from '../client/client.ts'
import { useOverview } from '../shared/overview-store.ts'
import { go } from '../shared/route.ts'

/** The story of the first run: a failed installation to decide, a restart and a broken link that Rollout handles by itself. */
export const practiceStory = {
  layout: 'enterprise',
  runners: 6,
  studios: 1,
  faults: ['exit-1603@RUN002', 'exit-3010@RUN003', 'drop@RUN004:run-installer+4'],
  speed: 20,
} as const

/** Makes the practice site and goes to its review, where the journey begins. */
export async function startPractice(client: Client): Promise<void> {
  const made = await client.call('practice.make', { ...practiceStory, faults: [...practiceStory.faults] })
  await useOverview.getState().refresh(client)
  go({ view: 'plan', planId: made.planId, section: 'review' })
}
