/** Owns the form of the rollout's policy: how many at a time, in which waves, and when to stop by itself. */
import { stageNames } from '../../../domain/base/ids.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { stageTitles } from '../../../domain/base/titles.ts'
import { Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { typedNumber, typedNumberOrNone, withoutUndefined } from '../model/edit.ts'
import { TextField } from './fields.tsx'
import textStyles from '../../shared/styles/text.module.css'
import styles from '../plan.module.css'

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
          Pace <Yours />
        </h2>
        <TextField
          label="Hosts at a time"
          path="rollout.concurrency"
          numeric
          hint="1 to 64."
          value={String(rollout.concurrency)}
          disabled={locked}
          onSet={(text) => {
            put({ concurrency: typedNumber(text) }, 'rollout.concurrency')
          }}
        />
        <TextField
          label="Stop when so many percent of a stage have failed"
          path="rollout.stopAtFailedPercent"
          numeric
          hint="1 to 100. Hosts that have begun go on; no other begins."
          value={String(rollout.stopAtFailedPercent)}
          disabled={locked}
          onSet={(text) => {
            put({ stopAtFailedPercent: typedNumber(text) }, 'rollout.stopAtFailedPercent')
          }}
        />
      </section>
      <section aria-labelledby="stage-form">
        <h2 id="stage-form">At a time in one stage</h2>
        <p className={textStyles.quiet}>Left empty, the number above holds.</p>
        {stageNames.map((stage) => (
          <TextField
            key={stage}
            label={`Hosts at a time in ${stageTitles[stage]}`}
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
          <h2 id={`${stage}-form`}>{stage === 'studio' ? 'Waves of Studio' : 'Waves of Runners'}</h2>
          <TextField
            label={`Canary of ${stageTitles[stage]}`}
            path={`rollout.waves.${stage}.canary`}
            numeric
            hint="Hosts that go first, alone; 0 for none."
            value={String(rollout.waves[stage].canary)}
            disabled={locked}
            onSet={(text) => {
              waves(stage, { canary: typedNumber(text) }, `rollout.waves.${stage}.canary`)
            }}
          />
          <TextField
            label={`Every further wave of ${stageTitles[stage]}`}
            path={`rollout.waves.${stage}.batch`}
            hint="A number of hosts, or a share such as 25%."
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
