/** Owns how the cause is shown why a host cannot be reached: what was seen, what helps, and how it is taken back. */
import type { Diagnosis } from '../../domain/doctor/diagnosis.ts'
import { whereToRun } from '../../domain/doctor/text/diagnosis.ts'
import { CopyButton } from '../shared/components/copy-button.tsx'
import panelStyles from '../shared/styles/panel.module.css'
import textStyles from '../shared/styles/text.module.css'

export function Cause({
  diagnosis: { cause, sentence: said, evidence, hint, remedy, notes },
}: {
  readonly diagnosis: Diagnosis
}) {
  return (
    <section className={panelStyles.form} aria-label="Cause">
      <h3>Cause</h3>
      <p>{said}</p>
      {evidence.length > 0 && (
        <pre className={textStyles.request} tabIndex={0}>
          {evidence.join('\n')}
        </pre>
      )}
      <p>
        <strong>To do</strong> {hint}
      </p>
      {remedy?.look != null && (
        <Script title={`To see what is, ${whereToRun[remedy.at]}; this changes nothing`} text={remedy.look}>
          Copy look
        </Script>
      )}
      {remedy?.script != null && (
        <>
          <Script title={`The least change, ${whereToRun[remedy.at]}`} text={remedy.script}>
            Copy script
          </Script>
          <p className={textStyles.quiet}>
            {remedy.policy
              ? `By policy: ${remedy.policy.path} > ${remedy.policy.setting}: ${remedy.policy.value}`
              : 'There is no policy for it.'}
          </p>
          {remedy.undo === null ? (
            <p className={textStyles.quiet}>There is nothing to take back.</p>
          ) : (
            <Script title="To take it back" text={remedy.undo}>
              Copy way back
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
