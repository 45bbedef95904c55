/** Owns the panel by which many hosts are changed at once: what is left alone stays as it is on each of them. */
import { Button, Field, Input, Select } from '@fluentui/react-components'
import { Dismiss20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { Host, operatingSystems } from '../../../domain/plan/host.ts'
import { componentNames } from '../../../domain/base/ids.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { componentTitles } from '../../../domain/base/titles.ts'
import { useRestoreFocus } from '../../shared/restore-focus.ts'
import { plural } from '../../../domain/base/plural.ts'
import { systemName } from '../../shared/format.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { editHosts, placeOn, setEnvironment } from '../model/edit-hosts.ts'
import { freshReach, waysOf } from '../forms/reach-fields.tsx'
import panelStyles from '../../shared/styles/panel.module.css'
import textStyles from '../../shared/styles/text.module.css'

const leave = ''
const none = '(none)'

export function BulkPanel({ names, onClose }: { readonly names: ReadonlySet<string>; readonly onClose: () => void }) {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const panel = useRestoreFocus<HTMLElement>('')
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
    const way = ways.find((one) => one.value === wish.reach)?.value
    const os = operatingSystems.find((one) => one === wish.os)
    const text = (now: string | undefined, wished: string): string | undefined =>
      wished === leave ? now : wished === none ? undefined : wished
    let next = editHosts(before, names, (host) => ({
      ...host,
      reach: way === undefined || way === host.reach.kind ? host.reach : freshReach(way),
      credential: text(host.credential, wish.credential.trim()),
      network: text(host.network, wish.network.trim()),
      os: wish.os === none ? undefined : (os ?? host.os),
    }))
    const component = componentNames.find((one) => one === wish.component)
    if (component !== undefined) next = placeOn(next, names, component)
    return wish.environment === leave
      ? next
      : setEnvironment(next, names, wish.environment === none ? undefined : wish.environment)
  }
  return (
    <aside
      ref={panel}
      className={panelStyles.panel}
      aria-label={`Edit ${plural(names.size, 'host')}`}
      data-region="side panel"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header className={panelStyles.panelHead}>
        <h2>{plural(names.size, 'host')}</h2>
        <Button
          appearance="subtle"
          size="small"
          icon={<Dismiss20Regular />}
          aria-label="Close panel"
          onClick={onClose}
        />
      </header>
      <form
        className={panelStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (nothing || wrong) return
          edit(apply)
          onClose()
        }}
      >
        <p className={textStyles.quiet}>What is left alone stays as it is on each host.</p>
        <Pick
          label="Reached by"
          value={wish.reach}
          onSet={(reach) => {
            set({ reach })
          }}
          choices={ways}
        />
        <Field
          label="Credential, by its name in the vault"
          hint={`Empty: as it is. ${none}: the plan's own.`}
          {...(problems.credential === null ? {} : { validationMessage: problems.credential })}
        >
          <Input
            value={wish.credential}
            placeholder="As it is"
            onChange={(_, { value }) => {
              set({ credential: value })
            }}
          />
        </Field>
        <Pick
          label="System"
          value={wish.os}
          onSet={(os) => {
            set({ os })
          }}
          choices={[
            { value: none, label: 'Not stated' },
            ...operatingSystems.map((value) => ({ value, label: systemName(value) })),
          ]}
        />
        <Field
          label="Network"
          hint={`Empty: as it is. ${none}: none.`}
          {...(problems.network === null ? {} : { validationMessage: problems.network })}
        >
          <Input
            value={wish.network}
            placeholder="As it is"
            onChange={(_, { value }) => {
              set({ network: value })
            }}
          />
        </Field>
        <Pick
          label="Environment of their Runners"
          value={wish.environment}
          onSet={(environment) => {
            set({ environment })
          }}
          choices={[
            { value: none, label: 'No environment' },
            ...plan.environments.map(({ name }) => ({ value: name, label: name })),
          ]}
        />
        <Pick
          label="Place a component on them"
          value={wish.component}
          onSet={(component) => {
            set({ component })
          }}
          choices={componentNames.map((value) => ({ value, label: componentTitles[value] }))}
        />
        <span>
          <Button
            type="submit"
            appearance="primary"
            disabledFocusable={nothing || wrong}
          >{`Change ${plural(names.size, 'host')}`}</Button>
        </span>
      </form>
    </aside>
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
        <option value={leave}>As it is</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Why a text may stand on no host; null where it may. */
function refusal(field: 'credential' | 'network', wished: string): string | null {
  const text = wished.trim()
  if (text === leave || text === none) return null
  const read = Host.shape[field].safeParse(text)
  return read.success ? null : `${text.slice(0, 40)}: ${read.error.issues[0]?.message ?? 'is not taken'}.`
}
