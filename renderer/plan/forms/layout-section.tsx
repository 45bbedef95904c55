/** Form of the layout: one of the two documented layouts, the number of Runners, and the names of plan and site. */
import { Button, Checkbox, Field, Input } from '@fluentui/react-components'
import { Add20Regular, CheckmarkCircle20Filled, Circle20Regular } from '@fluentui/react-icons'
import { useId, useState } from 'react'
import type { Plan } from '../../../domain/plan/plan.ts'
import { adviseLayout, bandsFor } from '../../../domain/plan/sizing.ts'
import { Docs, Yours } from '../../shared/components/provenance.tsx'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { go } from '../../shared/route.ts'
import { addRunners } from '../model/edit-hosts.ts'
import { FieldPlace, TextField } from './fields.tsx'
import { fieldText, layoutText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'
import planStyles from '../plan.module.css'
import layout from './layout.module.css'

const layouts = ['pilot', 'enterprise'] as const satisfies readonly Plan['layout'][]

/** The page of the layout of the open plan. */
export function LayoutSection() {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const heading = useId()
  return (
    <main id="main" className={planStyles.formPage} tabIndex={locked ? 0 : -1} data-region="main">
      <div role="radiogroup" aria-labelledby={heading} className={layout.choices}>
        <h2 id={heading} className={layout.question}>
          {layoutText.question} <Docs page={layoutText.planningPage} />
        </h2>
        <FieldPlace path="layout">
          <div className={layout.cards}>
            {layouts.map((value) => {
              const { title, text, size } = layoutText.choices[value]
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
                  <span className={textStyles.quiet}>{size}</span>
                </label>
              )
            })}
          </div>
        </FieldPlace>
      </div>
      <Runners locked={locked} />
      <section aria-labelledby="site-form">
        <h2 id="site-form">{layoutText.site}</h2>
        <TextField
          label={layoutText.planName}
          path="name"
          value={plan.name}
          disabled={locked}
          onSet={(text) => {
            edit((before) => ({ ...before, name: text }), 'name')
          }}
        />
        <TextField
          label={layoutText.siteName}
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
                {layoutText.internet}
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
      <h2 id="runner-count">{layoutText.runners(runners)}</h2>
      {bands.length > 0 && (
        <p className={layout.band}>
          {bands.map(({ value: { use, from, to } }) => layoutText.band(use, from, to)).join(layoutText.or)}{' '}
          <Docs page={layoutText.scalingPage} />
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
            label={layoutText.moreRunners}
            hint={layoutText.moreRunnersHint}
            {...(more === '' || wanted > 0 ? {} : { validationMessage: layoutText.moreRunnersWrong })}
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
              {layoutText.addRunners(wanted)}
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
      {fieldText.goToHosts}
    </Button>
  )
}
