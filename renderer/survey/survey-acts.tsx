/** Starts, stops and repeats a survey, and unlocks the vault in place. */
import { Button } from '@fluentui/react-components'
import { ArrowSync20Regular, Play20Regular, Stop20Regular } from '@fluentui/react-icons'
import { useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { isVaultLocked, UnlockVault } from '../shared/components/unlock-vault.tsx'
import { refreshSurvey, type SurveyResult } from './survey-store.ts'
import { FieldPlace } from '../plan/forms/fields.tsx'
import { surveyText } from './text.ts'
import { seenPaths } from '../plan/model/finding-location.ts'
import { useSurveyStart } from './use-survey-start.ts'
import styles from './survey.module.css'

export function SurveyActs({
  result,
  marked,
  onBegun,
}: {
  readonly result: SurveyResult | null
  readonly marked: ReadonlySet<string>
  readonly onBegun: () => void
}) {
  const client = useClient()
  const { act, begin, waits, again } = useSurveyStart(onBegun)
  const stop = (surveyId: string): void => {
    if (!act.busy)
      void act.run(async () => {
        await client.call('survey.stop', { surveyId })
        await refreshSurvey()
      })
  }
  return (
    <div className={styles.acts}>
      <FieldPlace path={seenPaths.survey}>
        <span className={styles.buttons}>
          {result?.status === 'running' ? (
            <Button
              icon={<Stop20Regular />}
              disabledFocusable={act.busy}
              onClick={() => {
                stop(result.surveyId)
              }}
            >
              {surveyText.stop}
            </Button>
          ) : (
            <>
              {marked.size > 0 && (
                <Button
                  icon={<ArrowSync20Regular />}
                  disabledFocusable={waits}
                  onClick={() => {
                    begin([...marked])
                  }}
                >
                  {surveyText.hostsAgain(marked.size)}
                </Button>
              )}
              <Button
                appearance="primary"
                icon={<Play20Regular />}
                disabledFocusable={waits}
                onClick={() => {
                  begin(null)
                }}
              >
                {result ? surveyText.again : surveyText.start}
              </Button>
            </>
          )}
        </span>
      </FieldPlace>
      <FailureNote failure={act.failure} />
      {isVaultLocked(act.failure) && <UnlockVault onUnlocked={again} />}
    </div>
  )
}
