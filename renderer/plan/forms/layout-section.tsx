/** Owns the layout of a plan: which of the two documented sites it is, how many Runners it has, what the site is called. */
import { Button, Checkbox, Field, Input } from '@fluentui/react-components'
import { Add20Regular, CheckmarkCircle20Filled, Circle20Regular } from '@fluentui/react-icons'
import { useId, useState } from 'react'
import type { Plan } from '../../../domain/plan/plan.ts'
import { adviseLayout, bandsFor } from '../../../domain/plan/sizing.ts'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { plural } from '../../../domain/base/plural.ts'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { go } from '../../shared/route.ts'
import { addRunners } from '../model/edit-hosts.ts'
import { FieldPlace, TextField } from './fields.tsx'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import planStyles from '../plan.module.css'
import layout from './layout.module.css'

const choices = [
  {
    value: 'pilot',
    title: 'Small team or pilot',
    text: 'Hub, PostgreSQL and bundled Redis on one Windows server; Studio and Runner on user workstations.',
    band: 'Up to roughly 5 Runners',
  },
  {
    value: 'enterprise',
    title: 'Enterprise',
    text: 'Hub, PostgreSQL and Redis on servers of their own; dedicated Runner machines, often per environment.',
    band: 'Larger fleets, regulated sites, architecture review',
  },
] as const satisfies readonly { value: Plan['layout']; title: string; text: string; band: string }[]

export function LayoutSection() {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const heading = useId()
  return (
    <main id="main" className={planStyles.formPage} tabIndex={locked ? 0 : -1} data-region="main">
      <div role="radiogroup" aria-labelledby={heading} className={layout.choices}>
        <h2 id={heading} className={layout.question}>
          Which site is it? <Docs page="Deployment planning" />
        </h2>
        <FieldPlace path="layout">
          <div className={layout.cards}>
            {choices.map(({ value, title, text, band }) => {
              const chosen = plan.layout === value
              return (
                <label key={value} className={`${layout.card} ${chosen ? layout.chosen : ''}`}>
                  <input
                    type="radio"
                    className={layout.radio}
                    name={heading}
                    value={value}
                    checked={chosen}
                    disabled={locked}
                    onChange={() => {
                      edit((before) => ({ ...before, layout: value }))
                    }}
                  />
                  <span className={layout.mark} aria-hidden="true">
                    {chosen ? <CheckmarkCircle20Filled /> : <Circle20Regular />}
                  </span>
                  <strong>{title}</strong>
                  <span>{text}</span>
                  <span className={textStyles.quiet}>{band}</span>
                </label>
              )
            })}
          </div>
        </FieldPlace>
      </div>
      <Runners locked={locked} />
      <section aria-labelledby="site-form">
        <h2 id="site-form">Site</h2>
        <TextField
          label="Name of the plan"
          path="name"
          value={plan.name}
          disabled={locked}
          onSet={(text) => {
            edit((before) => ({ ...before, name: text }), 'name')
          }}
        />
        <TextField
          label="Name of the site"
          path="site.name"
          value={plan.site.name}
          disabled={locked}
          onSet={(text) => {
            edit((before) => ({ ...before, site: { ...before.site, name: text } }), 'site.name')
          }}
        />
        <FieldPlace path="site.internet">
          <Checkbox
            label={
              <span className={textStyles.label}>
                The Hub can reach the internet
                <Yours />
              </span>
            }
            checked={plan.site.internet}
            disabled={locked}
            onChange={(_, { checked }) => {
              edit((before) => ({ ...before, site: { ...before.site, internet: checked === true } }))
            }}
          />
        </FieldPlace>
      </section>
    </main>
  )
}

function Runners({ locked }: { readonly locked: boolean }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const planId = useDraft((draft) => draft.planId)
  const catalogue = useCatalogue()
  const [more, setMore] = useState('')
  const runners = plan.placements.filter((placement) => placement.component === 'runner').length
  const bands = catalogue ? bandsFor(catalogue, runners) : []
  const advice = catalogue ? adviseLayout(catalogue, runners) : null
  const wanted = /^\d{1,4}$/.test(more) ? Number(more) : 0
  return (
    <section aria-labelledby="runner-count">
      <h2 id="runner-count">{plural(runners, 'Runner')}</h2>
      {bands.length > 0 && (
        <p className={layout.band}>
          {bands
            .map(
              (band) =>
                `${band.value.use} (${band.value.from}${band.value.to === null ? ' or more' : ` to ${band.value.to}`} Runners)`,
            )
            .join(' or ')}{' '}
          <Docs page="Scaling and performance" />
        </p>
      )}
      {advice && advice.layout !== plan.layout && <p className={textStyles.quiet}>{advice.why}</p>}
      {!locked && (
        <form
          className={layout.add}
          onSubmit={(event) => {
            event.preventDefault()
            if (wanted < 1) return
            edit((before) => addRunners(before, wanted))
            setMore('')
          }}
        >
          <Field
            label="Further Runner hosts"
            hint="Named RUN and a number; their addresses are yours to give."
            {...(more === '' || wanted > 0
              ? {}
              : { validationMessage: `${more}: must be a whole number from 1 to 9999.` })}
          >
            <Input
              value={more}
              inputMode="numeric"
              onChange={(_, { value }) => {
                setMore(value.trim())
              }}
            />
          </Field>
          <span className={panelStyles.acts}>
            <Button type="submit" icon={<Add20Regular />} disabledFocusable={wanted < 1}>
              {wanted < 1 ? 'Add Runner hosts' : `Add ${plural(wanted, 'Runner host')}`}
            </Button>
            <ToHosts planId={planId} />
          </span>
        </form>
      )}
      {locked && (
        <span>
          <ToHosts planId={planId} />
        </span>
      )}
    </section>
  )
}

function ToHosts({ planId }: { readonly planId: string }) {
  return (
    <Button
      type="button"
      appearance="subtle"
      onClick={() => {
        go({ view: 'plan', planId, section: 'hosts' })
      }}
    >
      Go to hosts
    </Button>
  )
}
