/** What each transport needs, and the pinned identities of hosts. */
import { Button, Field, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { Contract } from '../../domain/contract/api.ts'
import type { OutputOf } from '../../domain/contract/define.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote, FailureView } from '../shared/components/failure-view.tsx'
import { useFocusOnOpen } from '../shared/restore-focus.ts'
import { Waiting } from '../shared/components/waiting.tsx'
import { formatDateTime } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import { useOverview } from '../shared/overview-store.ts'
import { useQuery } from '../shared/use-query.ts'
import { compareNames } from '../plan/hosts/host-rows.ts'
import { SortHead } from '../shared/components/sort-head.tsx'
import { FilterInput } from '../shared/components/filter-input.tsx'
import tableStyles from '../shared/styles/plain-table.module.css'
import { settingsText, transportsText } from './text.ts'
import styles from './settings.module.css'

export function TransportsPart() {
  const pins = useQuery('trust.list', {})
  return (
    <>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{transportsText.columns.way}</th>
            <th scope="col">{transportsText.columns.needs}</th>
          </tr>
        </thead>
        <tbody>
          {transportsText.ways.map((way) => (
            <tr key={way.name}>
              <td>
                <strong>{way.name}</strong>
              </td>
              <td>{way.needs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className={styles.sub}>{transportsText.pinsTitle}</h3>
      {pins.failure ? (
        <FailureView title={transportsText.pinsUnreadable} failure={pins.failure} onAgain={pins.again} />
      ) : !pins.value ? (
        <Waiting rows={3}>{transportsText.pinsReading}</Waiting>
      ) : pins.value.pins.length === 0 ? (
        <p className={styles.about}>{transportsText.pinsNone}</p>
      ) : (
        <PinsTable pins={pins.value.pins} onChanged={pins.again} />
      )}
      <ImportKnownHosts onDone={pins.again} />
    </>
  )
}

type Pin = OutputOf<Contract, 'trust.list'>['pins'][number]
type PinSort = { readonly by: 'address' | 'at'; readonly descending: boolean }

function PinsTable({ pins, onChanged }: { readonly pins: readonly Pin[]; readonly onChanged: () => void }) {
  const [removing, setRemoving] = useState<string | null>(null)
  const [opener, setOpener] = useState('')
  const place = useFocusOnOpen<HTMLTableElement>(removing !== null, opener)
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState<PinSort>({ by: 'address', descending: false })
  const wanted = filter.trim().toLowerCase()
  const way = sort.descending ? -1 : 1
  const shown = pins
    .filter((pin) => `${pin.address} ${pin.port} ${pin.fingerprint} ${pin.by}`.toLowerCase().includes(wanted))
    .sort((a, b) => way * (sort.by === 'at' ? a.at - b.at : compareNames(a.address, b.address) || a.port - b.port))
  return (
    <>
      <FilterInput label={transportsText.pinsFilter} className={styles.find} value={filter} onFilter={setFilter} />
      {shown.length === 0 ? (
        <p className={styles.about}>{transportsText.pinsNoMatch(filter.trim())}</p>
      ) : (
        <table ref={place} className={tableStyles.table}>
          <thead>
            <tr>
              <SortHead by="address" title={transportsText.pinColumns.address} sort={sort} onSort={setSort} />
              <th scope="col">{transportsText.pinColumns.identity}</th>
              <SortHead by="at" title={transportsText.pinColumns.pinned} sort={sort} onSort={setSort} />
              <th scope="col">
                <span className={styles.unseen}>{settingsText.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((pin) => {
              const key = `${pin.address} ${pin.port}`
              return (
                <tr key={key}>
                  <td>
                    <strong>{pin.address}</strong>
                    {transportsText.pinPort(pin.port)}
                  </td>
                  <td>
                    <code>{pin.fingerprint}</code>
                  </td>
                  <td>{transportsText.pinnedBy(formatDateTime(pin.at), pin.by)}</td>
                  <td>
                    {removing === key ? (
                      <RemovePin
                        address={pin.address}
                        port={pin.port}
                        onKeep={() => {
                          setRemoving(null)
                        }}
                        onDone={() => {
                          // The pin goes, and its button with it.
                          setOpener('')
                          setRemoving(null)
                          onChanged()
                        }}
                      />
                    ) : (
                      <Button
                        size="small"
                        data-opener={key}
                        aria-label={transportsText.removePinOf(key)}
                        onClick={() => {
                          setOpener(key)
                          setRemoving(key)
                        }}
                      >
                        {settingsText.remove}
                      </Button>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </>
  )
}

function RemovePin({
  address,
  port,
  onKeep,
  onDone,
}: {
  readonly address: string
  readonly port: number
  readonly onKeep: () => void
  readonly onDone: () => void
}) {
  const client = useClient()
  const act = useAct()
  const [why, setWhy] = useState('')
  const remove = (): void => {
    if (!act.busy && why.trim() !== '')
      void act.run(async () => {
        await client.call('trust.remove', { address, port, why })
        onDone()
      })
  }
  return (
    <div className={styles.form}>
      <Field label={transportsText.removeReason} required>
        <Textarea
          value={why}
          onChange={(_, { value }) => {
            setWhy(value)
          }}
        />
      </Field>
      <FailureNote failure={act.failure} />
      <span className={styles.buttons}>
        <Button size="small" appearance="primary" disabledFocusable={why.trim() === '' || act.busy} onClick={remove}>
          {transportsText.removeConfirm}
        </Button>
        <Button size="small" onClick={onKeep}>
          {settingsText.keep}
        </Button>
      </span>
    </div>
  )
}

function ImportKnownHosts({ onDone }: { readonly onDone: () => void }) {
  const client = useClient()
  const act = useAct()
  const home = useOverview((store) => store.home)
  const plans = home?.plans.filter((plan) => plan.unreadable === null && !plan.practice)
  const [planId, setPlanId] = useState('')
  const [text, setText] = useState('')
  const [result, setResult] = useState<readonly string[]>([])
  const chosen = plans?.find((plan) => plan.planId === planId) ?? plans?.[0]
  const revision = chosen?.revisions.at(-1)
  if (!revision) return <p className={styles.about}>{transportsText.importNoPlan}</p>
  const bring = async (): Promise<void> => {
    const { pinned, unknown, notes } = await client.call('trust.import', {
      planId: revision.planId,
      revision: revision.revision,
      text,
    })
    setResult([
      transportsText.importPinned(pinned.length),
      ...(unknown.length > 0 ? [transportsText.importMissing(unknown)] : []),
      ...notes,
    ])
    onDone()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '' && !act.busy) void act.run(bring)
      }}
    >
      <h3>{transportsText.importTitle}</h3>
      <Field label={transportsText.importPlan}>
        <Select
          value={chosen?.planId ?? ''}
          onChange={(_, { value }) => {
            setPlanId(value)
          }}
        >
          {plans?.map((plan) => (
            <option key={plan.planId} value={plan.planId}>{`${plan.name}, ${plan.site}`}</option>
          ))}
        </Select>
      </Field>
      <Field label={transportsText.importContent}>
        <Textarea
          className={styles.key}
          rows={4}
          spellCheck={false}
          value={text}
          onChange={(_, { value }) => {
            setText(value)
          }}
        />
      </Field>
      <FailureNote failure={act.failure} />
      {result.length > 0 && (
        <div role="status">
          {result.map((line, i) => (
            <p key={line}>{i === 0 ? <StatusText status="done">{line}</StatusText> : line}</p>
          ))}
        </div>
      )}
      <span>
        <Button type="submit" disabledFocusable={text.trim() === '' || act.busy}>
          {transportsText.importConfirm}
        </Button>
      </span>
    </form>
  )
}
