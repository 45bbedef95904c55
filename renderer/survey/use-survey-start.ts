/** Starts a survey of all or some hosts of the open revision, and continues once the vault is unlocked. */
import { useState } from 'react'
import { useAct, useClient } from '../client/client-context.tsx'
import { useDraft } from '../plan/model/draft.ts'
import { refreshSurvey } from './survey-store.ts'

/** `begin(null)` visits every host. `again` repeats what was asked for last. */
export function useSurveyStart(onBegun: () => void) {
  const client = useClient()
  const act = useAct()
  const { planId, revision, folder, saving } = useDraft((draft) => draft)
  const [asked, setAsked] = useState<readonly string[] | null>(null)
  const waits = act.busy || saving !== 'saved'
  const begin = (hosts: readonly string[] | null): void => {
    if (waits) return
    setAsked(hosts)
    void act.run(async () => {
      await client.call('survey.start', {
        planId,
        revision: revision.revision,
        folder,
        ...(hosts === null ? {} : { hosts: [...hosts] }),
      })
      await refreshSurvey()
      onBegun()
    })
  }
  return {
    act,
    begin,
    waits,
    again: () => {
      begin(asked)
    },
  }
}
