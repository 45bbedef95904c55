/** Form of the environments of a plan: names, separation and number of Runners. */
import { Button } from '@fluentui/react-components'
import { Add20Regular, Delete20Regular } from '@fluentui/react-icons'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { go } from '../../shared/route.ts'
import { removeEnvironment, renameEnvironment } from '../model/edit-hosts.ts'
import { ChoiceField, choicesOf, FieldPlace, TextField } from './fields.tsx'
import { environmentsText, fieldText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import styles from '../plan.module.css'

const separations = choicesOf(environmentsText.separations)

const usual = ['Development', 'Staging', 'Production']

/** The page of environments of the open plan. */
export function EnvironmentsSection() {
  const { edit } = useDraftSession()
  const { environments, placements } = useDraft((draft) => draft.plan)
  const planId = useDraft((draft) => draft.planId)
  const locked = !useDraft((draft) => draft.editing)
  const runners = placements.filter((placement) => placement.component === 'runner')
  const without = runners.filter((placement) => placement.environment === undefined).length
  const names = new Set(environments.map(({ name }) => name.toLowerCase()))
  const next =
    usual.find((name) => !names.has(name.toLowerCase())) ??
    Array.from({ length: environments.length + 1 }, (_, i) => `Environment ${i + 1}`).find(
      (name) => !names.has(name.toLowerCase()),
    ) ??
    'Environment'
  return (
    <main id="main" className={styles.formPage} tabIndex={locked ? 0 : -1} data-region="main">
      <section aria-labelledby="environments-form">
        <h2 id="environments-form" className={textStyles.label}>
          {environmentsText.title} <Docs page={environmentsText.conceptsPage} />
        </h2>
        <p className={textStyles.quiet}>{environmentsText.about}</p>
        {environments.length === 0 && <p>{environmentsText.none}</p>}
      </section>
      {environments.map((environment, i) => {
        const count = runners.filter((placement) => placement.environment === environment.name).length
        return (
          <section key={i} aria-label={environmentsText.environment(environment.name)}>
            <TextField
              label={environmentsText.name(i + 1)}
              path={`environments[${i}].name`}
              chip={<Yours />}
              value={environment.name}
              disabled={locked}
              refuse={(text) =>
                environments.some((other, n) => n !== i && other.name.toLowerCase() === text.toLowerCase())
                  ? environmentsText.nameTaken(text)
                  : null
              }
              onSet={(name) => {
                edit((before) => renameEnvironment(before, i, name), `environments[${i}].name`)
              }}
            />
            <ChoiceField
              label={environmentsText.separation(environment.name)}
              path={`environments[${i}].separation`}
              value={environment.separation}
              choices={separations}
              disabled={locked}
              onSet={(separation) => {
                edit((before) => ({
                  ...before,
                  environments: before.environments.map((other, n) => (n === i ? { ...other, separation } : other)),
                }))
              }}
            />
            <p className={textStyles.quiet}>{environmentsText.runners(count)}</p>
            {!locked && (
              <span>
                <Button
                  size="small"
                  icon={<Delete20Regular />}
                  onClick={() => {
                    edit((before) => removeEnvironment(before, i))
                  }}
                >
                  {environmentsText.remove(environment.name)}
                </Button>
              </span>
            )}
          </section>
        )
      })}
      <section aria-label={environmentsText.assignment}>
        {environments.length > 0 && without > 0 && <p>{environmentsText.unassigned(without)}</p>}
        <FieldPlace path="environments">
          <div className={panelStyles.acts}>
            {!locked && (
              <Button
                icon={<Add20Regular />}
                onClick={() => {
                  edit((before) => ({
                    ...before,
                    environments: [...before.environments, { name: next, separation: 'runner-labels' }],
                  }))
                }}
              >
                {environmentsText.add}
              </Button>
            )}
            <Button
              appearance="subtle"
              onClick={() => {
                go({ view: 'plan', planId, section: 'hosts' })
              }}
            >
              {fieldText.goToHosts}
            </Button>
          </div>
        </FieldPlace>
      </section>
    </main>
  )
}
