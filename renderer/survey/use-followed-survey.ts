/** Follows the survey while its plan is open, and checks the plan again with the survey's results. */
import { useEffect } from 'react'
import { useClient } from '../client/client-context.tsx'
import { useDraft, useDraftSession } from '../plan/model/draft.ts'
import { followSurvey } from './survey-store.ts'

/** Follows the survey of the open plan's revision. */
export function useFollowedSurvey(): void {
  const client = useClient()
  const { judgeAgain } = useDraftSession()
  const planId = useDraft((draft) => draft.planId)
  const revision = useDraft((draft) => draft.revision.revision)
  useEffect(
    () =>
      followSurvey(client, { planId, revision }, () => {
        void judgeAgain()
      }),
    [client, planId, revision, judgeAgain],
  )
}
