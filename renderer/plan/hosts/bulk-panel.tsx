/** Panel that edits several hosts at once. Fields left alone keep their values on each host. */
import { Button, Field, Input, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { Host, operatingSystems } from '../../../domain/plan/host.ts'
import { componentNames } from '../../../domain/base/ids.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { systemName } from '../../shared/format.ts'
import { SidePanel } from '../../shared/components/side-panel.tsx'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { editHosts, placeOn, setEnvironment } from '../model/edit-hosts.ts'
import { freshReach, waysOf } from '../forms/reach-fields.tsx'
import { reachText } from '../forms/text.ts'
import { bulkText, clearWord, hostText } from './text.ts'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'

const leave = ''

/** The panel for the hosts with those names. */
export function BulkPanel({ names, onClose }: { readonly names: ReadonlySet<string>; readonly onClose: () => void }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const [wish, setWish] = useState({
    reach: leave,
    credential: leave,
    os: leave,
    network: leave,
    environment: leave,
    component: leave,
  })
  const set = (change: Partial<typeof wish>): void => {
    setWish({ ...wish, ...change })
  }
  const problems = { credential: refusal('credential', wish.credential), network: refusal('network', wish.network) }
  const ways = waysOf(plan.practice !== undefined)
  const nothing = Object.values(wish).every((value) => value === leave)
  const wrong = problems.credential !== null || problems.network !== null
  const apply = (before: Plan): Plan => {
    const way = ways.find(({ value }) => value === wish.reach)?.value
    const os = operatingSystems.find((system) => system === wish.os)
    const text = (now: string | undefined, wished: string): string | undefined =>
      wished === leave ? now : wished === clearWord ? undefined : wished
    let next = editHosts(before, names, (host) => ({
      ...host,
      reach: way === undefined || way === host.reach.kind ? host.reach : freshReach(way),
      credential: text(host.credential, wish.credential.trim()),
      network: text(host.network, wish.network.trim()),
      os: wish.os === clearWord ? undefined : (os ?? host.os),
    }))
    const component = componentNames.find((name) => name === wish.component)
    if (component !== undefined) next = placeOn(next, names, component)
    return wish.environment === leave
      ? next
      : setEnvironment(next, names, wish.environment === clearWord ? undefined : wish.environment)
  }
  return (
    <SidePanel
      label={bulkText.panel(names.size)}
      heading={<h2>{bulkText.title(names.size)}</h2>}
      closeLabel={hostText.close}
      onClose={onClose}
    >
      <form
        className={panelStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (nothing || wrong) return
          edit(apply)
          onClose()
        }}
      >
        <p className={textStyles.quiet}>{bulkText.about}</p>
        <Pick
          label={reachText.reach}
          value={wish.reach}
          onSet={(reach) => {
            set({ reach })
          }}
          choices={ways}
        />
        <Field
          label={hostText.credential}
          hint={bulkText.credentialHint}
          {...(problems.credential === null ? {} : { validationMessage: problems.credential })}
        >
          <Input
            value={wish.credential}
            placeholder={bulkText.noChange}
            onChange={(_, { value }) => {
              set({ credential: value })
            }}
          />
        </Field>
        <Pick
          label={hostText.system}
          value={wish.os}
          onSet={(os) => {
            set({ os })
          }}
          choices={[
            { value: clearWord, label: hostText.noSystem },
            ...operatingSystems.map((value) => ({ value, label: systemName(value) })),
          ]}
        />
        <Field
          label={hostText.network}
          hint={bulkText.networkHint}
          {...(problems.network === null ? {} : { validationMessage: problems.network })}
        >
          <Input
            value={wish.network}
            placeholder={bulkText.noChange}
            onChange={(_, { value }) => {
              set({ network: value })
            }}
          />
        </Field>
        <Pick
          label={bulkText.environment}
          value={wish.environment}
          onSet={(environment) => {
            set({ environment })
          }}
          choices={[
            { value: clearWord, label: hostText.noEnvironment },
            ...plan.environments.map(({ name }) => ({ value: name, label: name })),
          ]}
        />
        <Pick
          label={bulkText.component}
          value={wish.component}
          onSet={(component) => {
            set({ component })
          }}
          choices={componentNames.map((value) => ({ value, label: componentTitles[value] }))}
        />
        <span>
          <Button type="submit" appearance="primary" disabledFocusable={nothing || wrong}>
            {bulkText.apply(names.size)}
          </Button>
        </span>
      </form>
    </SidePanel>
  )
}

function Pick({
  label,
  value,
  choices,
  onSet,
}: {
  readonly label: string
  readonly value: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly onSet: (value: string) => void
}) {
  return (
    <Field label={label}>
      <Select
        value={value}
        onChange={(_, data) => {
          onSet(data.value)
        }}
      >
        <option value={leave}>{bulkText.noChange}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Why no host can have that text; null if it can. */
function refusal(field: 'credential' | 'network', wished: string): string | null {
  const text = wished.trim()
  if (text === leave || text === clearWord) return null
  const read = Host.shape[field].safeParse(text)
  return read.success ? null : hostText.wrong(read.error.issues[0]?.message ?? '')
}
