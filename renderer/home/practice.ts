/** Creates a practice site from the window and goes to it. */
import type { Client } from '../client/client.ts'
import { useOverview } from '../shared/overview-store.ts'
import { go } from '../shared/route.ts'

/** A failed installation for the person to decide; a restart and a broken link that Rollout handles by itself. */
export const practiceStory = {
  layout: 'enterprise',
  runners: 6,
  studios: 1,
  faults: ['exit-1603@RUN002', 'exit-3010@RUN003', 'drop@RUN004:run-installer+4'],
  speed: 20,
} as const

/** Creates the practice site, then opens its review. Throws FailureError where it cannot be created. */
export async function startPractice(client: Client): Promise<void> {
  const made = await client.call('practice.make', { ...practiceStory, faults: [...practiceStory.faults] })
  await useOverview.getState().refresh(client)
  go({ view: 'plan', planId: made.planId, section: 'review' })
}
