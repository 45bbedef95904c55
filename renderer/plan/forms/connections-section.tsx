/** Owns the form of connections: Hub, PostgreSQL, Redis, load balancer, and the credential of the hosts. */
import { Docs, Conflict, NoSource, Yours } from '../../shared/components/provenance.tsx'
import type { Plan } from '../../../domain/plan/plan.ts'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { CertificateForm } from './certificate-form.tsx'
import { typedNumber, typedNumberOrNone, withoutUndefined } from '../model/edit.ts'
import { ChoiceField, TextField } from './fields.tsx'
import textStyles from '../../shared/styles/text.module.css'
import styles from '../plan.module.css'

const wheres = [
  { value: 'placed', label: 'On a host of this plan' },
  { value: 'managed', label: 'Managed by others, reached by its address' },
] as const
const redisWheres = [{ value: 'bundled', label: 'Bundled with the Hub' }, ...wheres] as const

export function ConnectionsSection() {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const severalHubs = useCatalogue()?.conflicts.find((one) => one.topic === 'Several Hubs')
  const put = (change: Partial<Plan>, field?: string): void => {
    edit((before) => withoutUndefined({ ...before, ...change }), field)
  }
  return (
    <main id="main" className={styles.formPage} tabIndex={locked ? 0 : -1} data-region="main">
      <HubForm plan={plan} locked={locked} put={put} />
      <DatabaseForm plan={plan} locked={locked} put={put} />
      <RedisForm plan={plan} locked={locked} put={put} />
      <CertificateForm />
      <section aria-labelledby="credential-form">
        <h2 id="credential-form">Credential</h2>
        <TextField
          label="Credential of hosts that have none of their own"
          path="defaultCredential"
          chip={<Yours />}
          hint="The name of a vault entry; the secret itself is never in a plan."
          value={plan.defaultCredential ?? ''}
          disabled={locked}
          onSet={(name) => {
            put({ defaultCredential: name === '' ? undefined : name }, 'defaultCredential')
          }}
        />
      </section>
      <section aria-labelledby="balancer-form">
        <h2 id="balancer-form" className={textStyles.label}>
          Load balancer <Docs page="Phase 2" />
          {severalHubs && <Conflict reading={severalHubs.reading} />}
        </h2>
        <TextField
          label="Address, as a note for later"
          path="loadBalancer.address"
          chip={<Yours />}
          hint="The documentation announces it as Phase 2, in front of several Hubs. Rollout shows it and builds nothing for it."
          value={plan.loadBalancer?.address ?? ''}
          disabled={locked}
          onSet={(text) => {
            put({ loadBalancer: text === '' ? undefined : { address: text } }, 'loadBalancer.address')
          }}
        />
      </section>
    </main>
  )
}

interface FormProps {
  readonly plan: Plan
  readonly locked: boolean
  readonly put: (change: Partial<Plan>, field?: string) => void
}

function HubForm({ plan: { hub }, locked, put }: FormProps) {
  const conflict = useCatalogue()?.conflicts.find((one) => one.topic === 'Protocol from Runner to Hub')
  return (
    <section aria-labelledby="hub-form">
      <h2 id="hub-form">Hub</h2>
      <TextField
        label="Address that Studio and Runner use"
        path="hub.address"
        chip={<Yours />}
        value={hub.address}
        disabled={locked}
        onSet={(address) => {
          put({ hub: { ...hub, address } }, 'hub.address')
        }}
      />
      <TextField
        label="HTTPS port"
        path="hub.httpsPort"
        chip={
          <>
            {hub.httpsPort === 4545 ? <Docs /> : <Yours />}
            {conflict && <Conflict reading={conflict.reading} />}
          </>
        }
        hint="4545 unless your Hub is configured otherwise."
        numeric
        value={String(hub.httpsPort)}
        disabled={locked}
        onSet={(text) => {
          put({ hub: { ...hub, httpsPort: typedNumber(text) } }, 'hub.httpsPort')
        }}
      />
    </section>
  )
}

function DatabaseForm({ plan: { database }, locked, put }: FormProps) {
  return (
    <section aria-labelledby="database-form">
      <h2 id="database-form">PostgreSQL</h2>
      <ChoiceField
        label="Where PostgreSQL is"
        path="database.kind"
        value={database.kind}
        choices={wheres}
        disabled={locked}
        onSet={(kind) => {
          const { port, version } = database
          put({
            database:
              kind === 'managed'
                ? withoutUndefined({ kind, address: '', port, version })
                : withoutUndefined({ kind, port, version }),
          })
        }}
      />
      {database.kind === 'managed' && (
        <TextField
          label="Address of PostgreSQL"
          path="database.address"
          chip={<Yours />}
          value={database.address}
          disabled={locked}
          onSet={(address) => {
            put({ database: { ...database, address } }, 'database.address')
          }}
        />
      )}
      <TextField
        label="Port of PostgreSQL"
        path="database.port"
        chip={
          <>
            <Yours />
            <NoSource />
          </>
        }
        hint="PostgreSQL's own default is 5432; Exekra states none."
        numeric
        value={String(database.port)}
        disabled={locked}
        onSet={(text) => {
          put({ database: { ...database, port: typedNumber(text) } }, 'database.port')
        }}
      />
      <TextField
        label="Major version of PostgreSQL"
        path="database.version"
        chip={
          <>
            <Yours />
            <Docs page="14 or later" />
          </>
        }
        numeric
        value={database.version === undefined ? '' : String(database.version)}
        disabled={locked}
        onSet={(text) => {
          put({ database: withoutUndefined({ ...database, version: typedNumberOrNone(text) }) }, 'database.version')
        }}
      />
    </section>
  )
}

function RedisForm({ plan: { redis }, locked, put }: FormProps) {
  const port = redis.kind === 'bundled' ? 6379 : redis.port
  return (
    <section aria-labelledby="redis-form">
      <h2 id="redis-form">Redis</h2>
      <ChoiceField
        label="Where Redis is"
        path="redis.kind"
        value={redis.kind}
        choices={redisWheres}
        disabled={locked}
        onSet={(kind) => {
          put({
            redis: kind === 'bundled' ? { kind } : kind === 'placed' ? { kind, port } : { kind, address: '', port },
          })
        }}
      />
      {redis.kind === 'managed' && (
        <TextField
          label="Address of Redis"
          path="redis.address"
          chip={<Yours />}
          value={redis.address}
          disabled={locked}
          onSet={(address) => {
            put({ redis: { ...redis, address } }, 'redis.address')
          }}
        />
      )}
      {redis.kind !== 'bundled' && (
        <TextField
          label="Port of Redis"
          path="redis.port"
          chip={
            <>
              <Yours />
              <NoSource />
            </>
          }
          hint="Redis' own default is 6379; Exekra states none."
          numeric
          value={String(redis.port)}
          disabled={locked}
          onSet={(text) => {
            put({ redis: { ...redis, port: typedNumber(text) } }, 'redis.port')
          }}
        />
      )}
    </section>
  )
}
