/** Form of the licence: its activation and its number of Runners. */
import { Conflict, Docs, Yours } from '../../shared/components/provenance.tsx'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { typedNumberOrNone, withoutUndefined } from '../model/edit.ts'
import { ChoiceField, choicesOf, TextField } from './fields.tsx'
import { licenceText } from './text.ts'
import styles from '../plan.module.css'

const modes = choicesOf(licenceText.modes)

/** The page of the licence of the open plan. */
export function LicenceSection() {
  const { edit } = useDraftSession()
  const { licence, placements } = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const runners = placements.filter((placement) => placement.component === 'runner').length
  const conflict = useCatalogue()?.conflicts.find(({ topic }) => topic === 'Contact with the licence portal')
  return (
    <main id="main" className={styles.formPage} tabIndex={locked ? 0 : -1} data-region="main">
      <section aria-labelledby="licence-form">
        <h2 id="licence-form">{licenceText.title}</h2>
        <ChoiceField
          label={licenceText.mode}
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
          label={licenceText.runners}
          path="licence.runners"
          chip={<Yours />}
          hint={licenceText.runnersHint(runners)}
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
