/** Owns how hosts are reached: what each way needs, and the identities that are pinned. */
import { Button, Field, Input, Select, Textarea } from '@fluentui/react-components'
import { Search20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Contract } from '../../domain/contract/api.ts'
import type { OutputOf } from '../../domain/contract/define.ts'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote, FailureView } from '../shared/components/failure-view.tsx'
import { useFocusOnOpen } from '../shared/restore-focus.ts'
import { Waiting } from '../shared/components/waiting.tsx'
import { plural } from '../../domain/base/plural.ts'
import { formatDateTime } from '../shared/format.ts'
import { StatusText } from '../status/status-glyph.tsx'
import { useOverview } from '../shared/overview-store.ts'
import { useQuery } from '../shared/use-query.ts'
import { compareNames } from '../plan/hosts/host-rows.ts'
import { SortHead } from '../shared/components/sort-head.tsx'
import tableStyles from '../shared/styles/plain-table.module.css'
import styles from './settings.module.css'

const ways = [
  {
    name: 'WinRM',
    needs:
      'Port 5986 with TLS, or 5985 sealed by NTLM; an account that may administer the host. The certificate is pinned at first sight, or named in the plan.',
  },
  {
    name: 'SSH',
    needs:
      'OpenSSH Server on the host, port 22 unless the plan says otherwise; a password, a private key or a key agent. The host key is pinned at first sight, or named in the plan.',
  },
  { name: 'This computer', needs: 'PowerShell here; runs as whoever started Rollout.' },
  { name: 'Practice', needs: 'Nothing: simulated hosts, no machine is touched.' },
] as const

export function TransportsPart() {
  const pins = useQuery('trust.list', {})
  return (
    <>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">Way</th>
            <th scope="col">Needs</th>
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => (
            <tr key={way.name}>
              <td>
                <strong>{way.name}</strong>
              </td>
              <td>{way.needs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className={styles.sub}>Pinned identities</h3>
      {pins.failure ? (
        <FailureView title="The pins cannot be read" failure={pins.failure} onAgain={pins.again} />
      ) : !pins.value ? (
        <Waiting rows={3}>Reading the pins</Waiting>
      ) : pins.value.pins.length === 0 ? (
        <p className={styles.about}>
          None yet. The first session with a host pins what it shows; another identity is refused from then on.
        </p>
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
      <Input
        size="small"
        className={styles.find}
        contentBefore={<Search20Regular />}
        placeholder="Filter pins"
        aria-label="Filter pins"
        value={filter}
        onChange={(_, { value }) => {
          setFilter(value)
        }}
      />
      {shown.length === 0 ? (
        <p className={styles.about}>{`No pin holds “${filter.trim()}”.`}</p>
      ) : (
        <table ref={place} className={tableStyles.table}>
          <thead>
            <tr>
              <SortHead by="address" title="Address" sort={sort} onSort={setSort} />
              <th scope="col">Identity</th>
              <SortHead by="at" title="Pinned" sort={sort} onSort={setSort} />
              <th scope="col">
                <span className={styles.unseen}>Acts</span>
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
                    {` port ${pin.port}`}
                  </td>
                  <td>
                    <code>{pin.fingerprint}</code>
                  </td>
                  <td>{`${formatDateTime(pin.at)} by ${pin.by}`}</td>
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
                        aria-label={`Remove the pin of ${key}`}
                        onClick={() => {
                          setOpener(key)
                          setRemoving(key)
                        }}
                      >
                        Remove
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
      <Field label="Why the host has a new identity" required>
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
          Remove pin
        </Button>
        <Button size="small" onClick={onKeep}>
          Keep
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
  const [told, setTold] = useState<readonly string[]>([])
  const chosen = plans?.find((plan) => plan.planId === planId) ?? plans?.[0]
  const revision = chosen?.revisions.at(-1)
  if (!revision)
    return (
      <p className={styles.about}>A known_hosts file can be imported once there is a plan whose hosts it may know.</p>
    )
  const bring = async (): Promise<void> => {
    const { pinned, unknown, notes } = await client.call('trust.import', {
      planId: revision.planId,
      revision: revision.revision,
      text,
    })
    setTold([
      `${plural(pinned.length, 'host')} pinned`,
      ...(unknown.length > 0 ? [`Not in the file: ${unknown.join(', ')}`] : []),
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
      <h3>Import known_hosts</h3>
      <Field label="For the SSH hosts of">
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
      <Field label="Text of the file">
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
      {told.length > 0 && (
        <div role="status">
          {told.map((line, i) => (
            <p key={line}>{i === 0 ? <StatusText status="done">{line}</StatusText> : line}</p>
          ))}
        </div>
      )}
      <span>
        <Button type="submit" disabledFocusable={text.trim() === '' || act.busy}>
          Import
        </Button>
      </span>
    </form>
  )
}
