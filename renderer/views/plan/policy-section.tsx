/** Owns the form of the rollout's policy: how many at a time, in which waves, and when to stop by itself. */
import type { Plan } from '../../../domain/plan.ts'
import { useDraft, useDraftSession } from '../../stores/draft.ts'
import { TextField } from './text-field.tsx'
import styles from './plan.module.css'

export function PolicySection() {
  const { edit } = useDraftSession()
  const { rollout } = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const put = (change: Partial<Plan['rollout']>): void => { edit((before) => ({ ...before, rollout: { ...before.rollout, ...change } })) }
  const waves = (stage: 'studio' | 'runner', change: Partial<Plan['rollout']['waves']['runner']>): void => { put({ waves: { ...rollout.waves, [stage]: { ...rollout.waves[stage], ...change } } }) }
  return (
    <main id="main" className={styles.formPage} tabIndex={-1} data-region="main">
      <section aria-labelledby="pace-form">
        <h2 id="pace-form">Pace</h2>
        <TextField label="Hosts at a time" numeric hint="1 to 64." value={String(rollout.concurrency)} disabled={locked} onSet={(text) => { put({ concurrency: Number(text) }) }} />
        <TextField label="Stop when so many percent of a stage have failed" numeric hint="Hosts that have begun go on; no other begins." value={String(rollout.stopAtFailedPercent)} disabled={locked} onSet={(text) => { put({ stopAtFailedPercent: Number(text) }) }} />
      </section>
      {(['studio', 'runner'] as const).map((stage) => (
        <section key={stage} aria-labelledby={`${stage}-form`}>
          <h2 id={`${stage}-form`}>{stage === 'studio' ? 'Waves of Studio' : 'Waves of Runners'}</h2>
          <TextField label="Canary" numeric hint="Hosts that go first, alone; 0 for none." value={String(rollout.waves[stage].canary)} disabled={locked} onSet={(text) => { waves(stage, { canary: Number(text) }) }} />
          <TextField label="Every further wave" hint="A number of hosts, or a share such as 25%." value={String(rollout.waves[stage].batch)} disabled={locked} onSet={(text) => { waves(stage, { batch: /^\d+$/.test(text) ? Number(text) : text }) }} />
        </section>
      ))}
    </main>
  )
}
