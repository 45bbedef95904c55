/** Why a host cannot be reached: what was seen, what helps, and how to undo it. */
import type { Diagnosis } from '../../domain/doctor/diagnosis.ts'
import { whereToRun } from '../../domain/doctor/text/diagnosis.ts'
import { CopyButton } from '../shared/components/copy-button.tsx'
import { causeText } from './text.ts'
import panelStyles from '../shared/styles/panel.module.css'
import textStyles from '../shared/styles/text.module.css'

export function Cause({
  diagnosis: { cause, sentence, evidence, hint, remedy, notes },
}: {
  readonly diagnosis: Diagnosis
}) {
  return (
    <section className={panelStyles.form} aria-label={causeText.title}>
      <h3>{causeText.title}</h3>
      <p>{sentence}</p>
      {evidence.length > 0 && (
        <pre className={textStyles.request} tabIndex={0}>
          {evidence.join('\n')}
        </pre>
      )}
      <p>
        <strong>{causeText.toDo}</strong> {hint}
      </p>
      {remedy?.look != null && (
        <Script title={causeText.check(whereToRun[remedy.at])} text={remedy.look}>
          {causeText.copyCheck}
        </Script>
      )}
      {remedy?.script != null && (
        <>
          <Script title={causeText.change(whereToRun[remedy.at])} text={remedy.script}>
            {causeText.copyChange}
          </Script>
          <p className={textStyles.quiet}>
            {remedy.policy
              ? causeText.policy(remedy.policy.path, remedy.policy.setting, remedy.policy.value)
              : causeText.noPolicy}
          </p>
          {remedy.undo === null ? (
            <p className={textStyles.quiet}>{causeText.noUndo}</p>
          ) : (
            <Script title={causeText.undo} text={remedy.undo}>
              {causeText.copyUndo}
            </Script>
          )}
        </>
      )}
      {notes.map((note) => (
        <p key={note} className={textStyles.quiet}>
          {note}
        </p>
      ))}
      <p className={textStyles.quiet}>
        <code>{cause}</code>
      </p>
    </section>
  )
}

function Script({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly children: string
}) {
  return (
    <>
      <h3>{title}</h3>
      <pre className={textStyles.request} tabIndex={0}>
        {text}
      </pre>
      <span>
        <CopyButton size="small" text={() => text}>
          {children}
        </CopyButton>
      </span>
    </>
  )
}
