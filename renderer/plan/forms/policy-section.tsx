/** Form of the rollout policy: hosts at a time, waves, and the failure limit. */
import { stageNames } from '../../../domain/base/ids.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { typedNumber, typedNumberOrNone, withoutUndefined } from '../model/edit.ts'
import { TextField } from './fields.tsx'
import { policyText } from './text.ts'
import textStyles from '../../shared/styles/text.module.css'
import styles from '../plan.module.css'

/** The page of the rollout policy of the open plan. */
export function PolicySection() {
  const { edit } = useDraftSession()
  const { rollout } = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const put = (change: Partial<Plan['rollout']>, field: string): void => {
    edit((before) => ({ ...before, rollout: { ...before.rollout, ...change } }), field)
  }
  const waves = (
    stage: 'studio' | 'runner',
    change: Partial<Plan['rollout']['waves']['runner']>,
    field: string,
  ): void => {
    put({ waves: { ...rollout.waves, [stage]: { ...rollout.waves[stage], ...change } } }, field)
  }
  return (
    <main id="main" className={styles.formPage} tabIndex={locked ? 0 : -1} data-region="main">
      <section aria-labelledby="pace-form">
        <h2 id="pace-form" className={textStyles.label}>
          {policyText.pace} <Yours />
        </h2>
        <TextField
          label={policyText.concurrency}
          path="rollout.concurrency"
          missing={policyText.missing}
          numeric
          hint={policyText.concurrencyHint}
          value={String(rollout.concurrency)}
          disabled={locked}
          onSet={(text) => {
            put({ concurrency: typedNumber(text) }, 'rollout.concurrency')
          }}
        />
        <TextField
          label={policyText.stopAt}
          path="rollout.stopAtFailedPercent"
          missing={policyText.stopAtMissing}
          numeric
          hint={policyText.stopAtHint}
          value={String(rollout.stopAtFailedPercent)}
          disabled={locked}
          onSet={(text) => {
            put({ stopAtFailedPercent: typedNumber(text) }, 'rollout.stopAtFailedPercent')
          }}
        />
      </section>
      <section aria-labelledby="stage-form">
        <h2 id="stage-form">{policyText.perStage}</h2>
        <p className={textStyles.quiet}>{policyText.perStageAbout}</p>
        {stageNames.map((stage) => (
          <TextField
            key={stage}
            label={policyText.stageConcurrency(stage)}
            path={`rollout.stageConcurrency.${stage}`}
            numeric
            placeholder={String(rollout.concurrency)}
            value={rollout.stageConcurrency[stage] === undefined ? '' : String(rollout.stageConcurrency[stage])}
            disabled={locked}
            onSet={(text) => {
              put(
                {
                  stageConcurrency: withoutUndefined({ ...rollout.stageConcurrency, [stage]: typedNumberOrNone(text) }),
                },
                `rollout.stageConcurrency.${stage}`,
              )
            }}
          />
        ))}
      </section>
      {(['studio', 'runner'] as const).map((stage) => (
        <section key={stage} aria-labelledby={`${stage}-form`}>
          <h2 id={`${stage}-form`}>{policyText.waves[stage]}</h2>
          <TextField
            label={policyText.canary(stage)}
            path={`rollout.waves.${stage}.canary`}
            missing={policyText.missing}
            numeric
            hint={policyText.canaryHint}
            value={String(rollout.waves[stage].canary)}
            disabled={locked}
            onSet={(text) => {
              waves(stage, { canary: typedNumber(text) }, `rollout.waves.${stage}.canary`)
            }}
          />
          <TextField
            label={policyText.batch(stage)}
            path={`rollout.waves.${stage}.batch`}
            missing={policyText.batchMissing}
            hint={policyText.batchHint}
            value={String(rollout.waves[stage].batch)}
            disabled={locked}
            onSet={(text) => {
              waves(stage, { batch: /^\d{1,6}$/.test(text) ? Number(text) : text }, `rollout.waves.${stage}.batch`)
            }}
          />
        </section>
      ))}
    </main>
  )
}
