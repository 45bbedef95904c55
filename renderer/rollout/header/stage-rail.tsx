/** The stage rail: five stages with their gates; the open stage is wide and shows its waves. */
import { useMemo } from 'react'
import { stagePictures, type StagePicture, type WavePicture } from './stage-picture.ts'
import { formatApproximate, formatDuration } from '../../shared/format.ts'
import { StatusGlyph } from '../../status/status-glyph.tsx'
import { statusWords } from '../../status/status.ts'
import { showPage } from '../session/view-state.ts'
import { mayAct, useRun } from '../session/run-store.ts'
import { useEstimate } from './use-estimate.ts'
import { numbersText, stageText } from './text.ts'
import styles from './stage-rail.module.css'

export function StageRail() {
  const state = useRun((picture) => picture.state)
  const stages = useMemo(() => stagePictures(state), [state])
  const estimate = useEstimate()
  return (
    <section aria-label={stageText.region}>
      <ol className={styles.rail} aria-label={stageText.list}>
        {stages.map((stage, i) => (
          <li key={stage.title} className={`${styles.part} ${stage.waves.length > 0 ? styles.wide : ''}`}>
            {i > 0 && <Gate stage={stage} />}
            <Stage stage={stage} left={estimate.stages[i] ?? null} place={stageText.place(i + 1, stages.length)} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Stage({
  stage,
  left,
  place,
}: {
  readonly stage: StagePicture
  readonly left: number | null
  readonly place: string
}) {
  const open = stage.status === 'running' || stage.status === 'failed'
  const took =
    stage.status === 'done'
      ? stage.took === null
        ? ''
        : ` · ${formatDuration(stage.took)}`
      : stage.status === 'planned' && left !== null
        ? ` · ${formatApproximate(left)}`
        : ''
  const leftOut = stage.leftOut > 0 ? ` · ${stageText.leftOut(stage.leftOut)}` : ''
  return (
    <div
      title={leftOut === '' ? undefined : stageText.leftOutWhy(stage.leftOut)}
      className={`${styles.stage} ${open ? styles.open : ''}`}
      aria-current={open ? 'step' : undefined}
    >
      <StatusGlyph status={stage.status} size={18} label={statusWords[stage.status]} />
      <span className={styles.text}>
        <strong>{stage.title}</strong>
        <span>
          {stage.settled === 0 && !open
            ? stageText.steps(stage.total)
            : numbersText.countOf(stage.settled, stage.total)}
          <span className={styles.took}>{`${leftOut}${took}`}</span>
          <span className={styles.place}>{` · ${place}`}</span>
        </span>
      </span>
      {stage.waves.map((wave) => (
        <Wave key={wave.title} wave={wave} />
      ))}
    </div>
  )
}

function Wave({ wave }: { readonly wave: WavePicture }) {
  const percent = wave.total === 0 ? 0 : (100 * wave.settled) / wave.total
  return (
    <div
      className={styles.wave}
      role="progressbar"
      aria-label={wave.title}
      aria-valuemin={0}
      aria-valuemax={wave.total}
      aria-valuenow={wave.settled}
      aria-valuetext={stageText.wave(wave.title, statusWords[wave.status], wave.settled, wave.total)}
    >
      <span className={styles.waveHead}>
        <StatusGlyph status={wave.status} size={12} />
        <strong>{wave.title}</strong>
        <span className={styles.waveCount}>
          {wave.status === 'done' || wave.settled === 0 ? wave.total : numbersText.countOf(wave.settled, wave.total)}
        </span>
      </span>
      <span className={styles.track}>
        <span className={`${styles.fill} ${styles[wave.status] ?? ''}`} style={{ width: `${percent}%` }} />
      </span>
    </div>
  )
}

function Gate({ stage }: { readonly stage: StagePicture }) {
  const acts = useRun(mayAct)
  const { gate } = stage
  if (!gate) return null
  const name = stageText.gate(gate.title, statusWords[gate.status])
  return (
    <span className={styles.gate}>
      <i />
      {gate.status === 'needs-you' && acts ? (
        <button
          type="button"
          className={styles.gateButton}
          aria-label={stageText.goToGateNamed(name)}
          title={stageText.goToGate}
          onClick={() => {
            showPage('gate')
          }}
        >
          <StatusGlyph status={gate.status} size={20} />
        </button>
      ) : (
        <span title={name}>
          <StatusGlyph status={gate.status} size={18} label={name} />
        </span>
      )}
      <i />
    </span>
  )
}
