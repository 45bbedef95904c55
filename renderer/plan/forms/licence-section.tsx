/** Owns the form of the licence: how it is activated, and how many Runners it allows. */
import { Conflict, Docs, Yours } from '../../shared/components/provenance.tsx'
import { plural } from '../../../domain/base/plural.ts'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { typedNumberOrNone, withoutUndefined } from '../model/edit.ts'
import { ChoiceField, TextField } from './fields.tsx'
import styles from '../plan.module.css'

const modes = [
  { value: 'online', label: 'Online, once, through the Customer Portal' },
  { value: 'air-gapped', label: 'Air-gapped, with a .lic file that is carried over' },
] as const

export function LicenceSection() {
  const { edit } = useDraftSession()
  const { licence, placements } = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const runners = placements.filter((placement) => placement.component === 'runner').length
  const conflict = useCatalogue()?.conflicts.find((one) => one.topic === 'Contact with the licence portal')
  return (
    <main id="main" className={styles.formPage} tabIndex={locked ? 0 : -1} data-region="main">
      <section aria-labelledby="licence-form">
        <h2 id="licence-form">Activation and Runners</h2>
        <ChoiceField
          label="Activation"
          path="licence.mode"
          chip={
            <>
              <Docs />
              {conflict && <Conflict reading={conflict.reading} />}
            </>
          }
          value={licence.mode}
          choices={modes}
          disabled={locked}
          onSet={(mode) => {
            edit((before) => ({ ...before, licence: { ...before.licence, mode } }))
          }}
        />
        <TextField
          label="Runners in the licence"
          path="licence.runners"
          chip={<Yours />}
          hint={`The plan has ${plural(runners, 'Runner')}; the licence limits the total.`}
          numeric
          value={licence.runners === undefined ? '' : String(licence.runners)}
          disabled={locked}
          onSet={(text) => {
            edit(
              (before) => ({
                ...before,
                licence: withoutUndefined({ ...before.licence, runners: typedNumberOrNone(text) }),
              }),
              'licence.runners',
            )
          }}
        />
      </section>
    </main>
  )
}
