/** Owns the form of licence and site. */
import { Checkbox, Field, Radio, RadioGroup } from '@fluentui/react-components'
import { Docs, Yours } from '../../components/provenance.tsx'
import { many } from '../../run/words.ts'
import { useDraft, useDraftSession } from '../../stores/draft.ts'
import { withoutUndefined } from './edit.ts'
import { TextField } from './text-field.tsx'
import styles from './plan.module.css'

export function LicenceSection() {
  const { edit } = useDraftSession()
  const { licence, site, placements, name } = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const runners = placements.filter((placement) => placement.component === 'runner').length
  return (
    <main id="main" className={styles.formPage} tabIndex={-1} data-region="main">
      <section aria-labelledby="site-form">
        <h2 id="site-form">Site</h2>
        <TextField label="Name of the plan" value={name} disabled={locked} onSet={(text) => { edit((before) => ({ ...before, name: text })) }} />
        <TextField label="Name of the site" value={site.name} disabled={locked} onSet={(text) => { edit((before) => ({ ...before, site: { ...before.site, name: text } })) }} />
        <Checkbox label="The Hub can reach the internet" checked={site.internet} disabled={locked} onChange={(_, { checked }) => { edit((before) => ({ ...before, site: { ...before.site, internet: checked === true } })) }} />
      </section>
      <section aria-labelledby="licence-form">
        <h2 id="licence-form">Licence</h2>
        <Field label={<span className={styles.label}>Activation<Docs /></span>}>
          <RadioGroup value={licence.mode} disabled={locked} onChange={(_, { value }) => { edit((before) => ({ ...before, licence: { ...before.licence, mode: value === 'online' ? 'online' : 'air-gapped' } })) }}>
            <Radio value="online" label="Online, once, through the Customer Portal" />
            <Radio value="air-gapped" label="Air-gapped, with a .lic file that is carried over" />
          </RadioGroup>
        </Field>
        <TextField label="Runners in the licence" chip={<Yours />} hint={`The plan has ${many(runners, 'Runner')}.`} numeric value={licence.runners === undefined ? '' : String(licence.runners)} disabled={locked} onSet={(text) => { edit((before) => ({ ...before, licence: withoutUndefined({ ...before.licence, runners: text === '' ? undefined : Number(text) }) })) }} />
      </section>
    </main>
  )
}
