/** Forms of what the components connect to: Hub, PostgreSQL, Redis, certificate, credential and load balancer. */
import { Docs, Conflict, NoSource, Yours } from '../../shared/components/provenance.tsx'
import type { Plan } from '../../../domain/plan/plan.ts'
import { useCatalogue } from '../../shared/catalogue-store.ts'
import { useDraft, useDraftSession } from '../model/draft.ts'
import { CertificateForm } from './certificate-form.tsx'
import { typedNumber, typedNumberOrNone, withoutUndefined } from '../model/edit.ts'
import { ChoiceField, choicesOf, TextField } from './fields.tsx'
import { connectionsText } from './text.ts'
import textStyles from '../../shared/styles/text.module.css'
import styles from '../plan.module.css'

const postgresqlPlaces = choicesOf(connectionsText.postgresqlPlaces)
const redisPlaces = choicesOf(connectionsText.redisPlaces)

/** The page of connections of the open plan. */
export function ConnectionsSection() {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const severalHubs = useCatalogue()?.conflicts.find(({ topic }) => topic === 'Several Hubs')
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
        <h2 id="credential-form">{connectionsText.credential}</h2>
        <TextField
          label={connectionsText.defaultCredential}
          path="defaultCredential"
          chip={<Yours />}
          hint={connectionsText.defaultCredentialHint}
          value={plan.defaultCredential ?? ''}
          disabled={locked}
          onSet={(name) => {
            put({ defaultCredential: name === '' ? undefined : name }, 'defaultCredential')
          }}
        />
      </section>
      <section aria-labelledby="balancer-form">
        <h2 id="balancer-form" className={textStyles.label}>
          {connectionsText.balancer} <Docs page={connectionsText.balancerPhase} />
          {severalHubs && <Conflict reading={severalHubs.reading} />}
        </h2>
        <TextField
          label={connectionsText.balancerAddress}
          path="loadBalancer.address"
          chip={<Yours />}
          hint={connectionsText.balancerHint}
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
  const conflict = useCatalogue()?.conflicts.find(({ topic }) => topic === 'Protocol from Runner to Hub')
  return (
    <section aria-labelledby="hub-form">
      <h2 id="hub-form">{connectionsText.hub}</h2>
      <TextField
        label={connectionsText.hubAddress}
        path="hub.address"
        chip={<Yours />}
        value={hub.address}
        disabled={locked}
        onSet={(address) => {
          put({ hub: { ...hub, address } }, 'hub.address')
        }}
      />
      <TextField
        label={connectionsText.httpsPort}
        path="hub.httpsPort"
        chip={
          <>
            {hub.httpsPort === 4545 ? <Docs /> : <Yours />}
            {conflict && <Conflict reading={conflict.reading} />}
          </>
        }
        hint={connectionsText.httpsPortHint}
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
      <h2 id="database-form">{connectionsText.postgresql}</h2>
      <ChoiceField
        label={connectionsText.postgresqlPlace}
        path="database.kind"
        value={database.kind}
        choices={postgresqlPlaces}
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
          label={connectionsText.postgresqlAddress}
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
        label={connectionsText.postgresqlPort}
        path="database.port"
        chip={
          <>
            <Yours />
            <NoSource />
          </>
        }
        hint={connectionsText.postgresqlPortHint}
        numeric
        value={String(database.port)}
        disabled={locked}
        onSet={(text) => {
          put({ database: { ...database, port: typedNumber(text) } }, 'database.port')
        }}
      />
      <TextField
        label={connectionsText.postgresqlVersion}
        path="database.version"
        chip={
          <>
            <Yours />
            <Docs page={connectionsText.postgresqlVersionSource} />
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
      <h2 id="redis-form">{connectionsText.redis}</h2>
      <ChoiceField
        label={connectionsText.redisPlace}
        path="redis.kind"
        value={redis.kind}
        choices={redisPlaces}
        disabled={locked}
        onSet={(kind) => {
          put({
            redis: kind === 'bundled' ? { kind } : kind === 'placed' ? { kind, port } : { kind, address: '', port },
          })
        }}
      />
      {redis.kind === 'managed' && (
        <TextField
          label={connectionsText.redisAddress}
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
          label={connectionsText.redisPort}
          path="redis.port"
          chip={
            <>
              <Yours />
              <NoSource />
            </>
          }
          hint={connectionsText.redisPortHint}
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
