/** Owns the environments of a plan: their names, how they are kept apart, and how many Runners each has. */
import { Button } from '@fluentui/react-components'
import { Add20Regular, Delete20Regular } from '@fluentui/react-icons'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { plural } from '../../../domain/base/plural.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { go } from '../../shared/route.ts'
import { removeEnvironment, renameEnvironment } from '../model/edit-hosts.ts'
import { ChoiceField, FieldPlace, TextField } from './fields.tsx'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import styles from '../plan.module.css'

const separations = [
  { value: 'runner-labels', label: 'By labels of its Runners, on this Hub' },
  { value: 'own-hub', label: 'By a Hub of its own, in a plan of its own' },
] as const

const usual = ['Development', 'Staging', 'Production']

export function EnvironmentsSection() {
  const { edit } = useDraftSession()
  const { environments, placements } = useDraft((draft) => draft.plan)
  const planId = useDraft((draft) => draft.planId)
  const locked = !useDraft((draft) => draft.editing)
  const runners = placements.filter((placement) => placement.component === 'runner')
  const without = runners.filter((placement) => placement.environment === undefined).length
  const names = new Set(environments.map((one) => one.name.toLowerCase()))
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
          Environments <Docs page="Core concepts" />
        </h2>
        <p className={textStyles.quiet}>Environments are separate Hubs or labels of Runners. A plan has one Hub.</p>
        {environments.length === 0 && <p>This plan has no environments: every Runner may run any work.</p>}
      </section>
      {environments.map((environment, i) => {
        const mine = runners.filter((placement) => placement.environment === environment.name).length
        return (
          <section key={i} aria-label={`Environment ${environment.name}`}>
            <TextField
              label={`Name of environment ${i + 1}`}
              path={`environments[${i}].name`}
              chip={<Yours />}
              value={environment.name}
              disabled={locked}
              refuse={(text) =>
                environments.some((other, n) => n !== i && other.name.toLowerCase() === text.toLowerCase())
                  ? `${text} is the name of another environment; every environment needs a name of its own.`
                  : null
              }
              onSet={(name) => {
                edit((before) => renameEnvironment(before, i, name), `environments[${i}].name`)
              }}
            />
            <ChoiceField
              label={`How ${environment.name} is kept apart`}
              path={`environments[${i}].separation`}
              value={environment.separation}
              choices={separations}
              disabled={locked}
              onSet={(separation) => {
                edit((before) => ({
                  ...before,
                  environments: before.environments.map((one, n) => (n === i ? { ...one, separation } : one)),
                }))
              }}
            />
            <p className={textStyles.quiet}>{plural(mine, 'Runner')}</p>
            {!locked && (
              <span>
                <Button
                  size="small"
                  icon={<Delete20Regular />}
                  onClick={() => {
                    edit((before) => removeEnvironment(before, i))
                  }}
                >{`Remove ${environment.name}`}</Button>
              </span>
            )}
          </section>
        )
      })}
      <section aria-label="Runners and environments">
        {environments.length > 0 && without > 0 && (
          <p>{`${plural(without, 'Runner')} ${without === 1 ? 'belongs' : 'belong'} to no environment. Choose them in Hosts and give them one.`}</p>
        )}
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
                Add environment
              </Button>
            )}
            <Button
              appearance="subtle"
              onClick={() => {
                go({ view: 'plan', planId, section: 'hosts' })
              }}
            >
              Go to hosts
            </Button>
          </div>
        </FieldPlace>
      </section>
    </main>
  )
}
