/** Owns the form of connections and certificate: Hub, database, Redis, certificate, credential. */
import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import type { Plan } from '../../../domain/plan.ts'
import { Docs, NoSource, Yours } from '../../components/provenance.tsx'
import { useDraft, useDraftSession } from '../../stores/draft.ts'
import { withoutUndefined } from './edit.ts'
import { TextField } from './text-field.tsx'
import styles from './plan.module.css'

export function ConnectionsSection() {
  const { edit } = useDraftSession()
  const plan = useDraft((draft) => draft.plan)
  const locked = !useDraft((draft) => draft.editing)
  const { hub, database, redis, certificate } = plan
  const put = (change: Partial<Plan>): void => { edit((before) => withoutUndefined({ ...before, ...change })) }
  return (
    <main id="main" className={styles.formPage} tabIndex={-1} data-region="main">
      <section aria-labelledby="hub-form">
        <h2 id="hub-form">Hub</h2>
        <TextField label="Address that Studio and Runner use" chip={<Yours />} value={hub.address} disabled={locked} onSet={(address) => { put({ hub: { ...hub, address } }) }} />
        <TextField label="HTTPS port" chip={hub.httpsPort === 4545 ? <Docs /> : <Yours />} hint="4545 unless your Hub is configured otherwise." numeric value={String(hub.httpsPort)} disabled={locked} onSet={(text) => { put({ hub: { ...hub, httpsPort: Number(text) } }) }} />
      </section>
      <section aria-labelledby="database-form">
        <h2 id="database-form">PostgreSQL</h2>
        <Field label="Where it is">
          <RadioGroup value={database.kind} disabled={locked} onChange={(_, { value }) => { put({ database: value === 'managed' ? withoutUndefined({ kind: 'managed', address: 'database.site.example', port: database.port, version: database.version }) : withoutUndefined({ kind: 'placed', port: database.port, version: database.version }) }) }}>
            <Radio value="placed" label="On a host of this plan" />
            <Radio value="managed" label="Managed by others, reached by its address" />
          </RadioGroup>
        </Field>
        {database.kind === 'managed' && <TextField label="Address" chip={<Yours />} value={database.address} disabled={locked} onSet={(address) => { put({ database: { ...database, address } }) }} />}
        <TextField label="Port" chip={<Yours />} numeric value={String(database.port)} disabled={locked} onSet={(text) => { put({ database: { ...database, port: Number(text) } }) }} />
        <TextField label="Version" chip={<Yours />} hint="14 or later." numeric value={database.version === undefined ? '' : String(database.version)} disabled={locked} onSet={(text) => { put({ database: withoutUndefined({ ...database, version: text === '' ? undefined : Number(text) }) }) }} />
      </section>
      <section aria-labelledby="redis-form">
        <h2 id="redis-form">Redis</h2>
        <Field label="Where it is">
          <RadioGroup value={redis.kind} disabled={locked} onChange={(_, { value }) => { put({ redis: value === 'bundled' ? { kind: 'bundled' } : value === 'placed' ? { kind: 'placed', port: 'port' in redis ? redis.port : 6379 } : { kind: 'managed', address: 'redis.site.example', port: 'port' in redis ? redis.port : 6379 } }) }}>
            <Radio value="bundled" label="Bundled with the Hub" />
            <Radio value="placed" label="On a host of this plan" />
            <Radio value="managed" label="Managed by others, reached by its address" />
          </RadioGroup>
        </Field>
        {redis.kind === 'managed' && <TextField label="Address" chip={<Yours />} value={redis.address} disabled={locked} onSet={(address) => { put({ redis: { ...redis, address } }) }} />}
        {redis.kind !== 'bundled' && <TextField label="Port" chip={<NoSource />} numeric value={String(redis.port)} disabled={locked} onSet={(text) => { put({ redis: { ...redis, port: Number(text) } }) }} />}
      </section>
      <section aria-labelledby="certificate-form">
        <h2 id="certificate-form">Certificate</h2>
        <Field label="Strategy">
          <RadioGroup value={certificate.strategy} disabled={locked} onChange={(_, { value }) => { put({ certificate: value === 'operator' ? { strategy: 'operator' } : { strategy: 'self-signed' } }) }}>
            <Radio value="operator" label="Our own certificate" />
            <Radio value="self-signed" label="The installer's self-signed one, for a pilot" />
          </RadioGroup>
        </Field>
        {certificate.strategy === 'operator' && (
          <>
            <TextField label="SHA-256 of the Hub's certificate" chip={<Yours />} value={certificate.sha256 ?? ''} disabled={locked} onSet={(sha256) => { put({ certificate: withoutUndefined({ ...certificate, sha256: sha256 === '' ? undefined : sha256 }) }) }} />
            <TextField label="File that Studio and Runner hosts are to trust" chip={<Yours />} hint="DER or PEM, on this computer or beside the plan." value={certificate.trust?.file ?? ''} disabled={locked} onSet={(file) => { put({ certificate: withoutUndefined({ ...certificate, trust: file === '' ? undefined : withoutUndefined({ ...certificate.trust, file }) }) }) }} />
          </>
        )}
      </section>
      <section aria-labelledby="credential-form">
        <h2 id="credential-form">Credential</h2>
        <TextField label="Credential of hosts that have none of their own" hint="The name of a vault entry; the secret itself is never shown." value={plan.defaultCredential ?? ''} disabled={locked} onSet={(name) => { put({ defaultCredential: name === '' ? undefined : name }) }} />
      </section>
    </main>
  )
}
