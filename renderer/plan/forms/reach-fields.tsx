/** Owns the fields of how a host is reached: the way, and what that way needs. */
import { Checkbox } from '@fluentui/react-components'
import type { Reach } from '../../../domain/plan/host.ts'
import { winrmAuths } from '../../../domain/plan/host.ts'
import { Yours } from '../../shared/components/provenance.tsx'
import { typedNumber, typedNumberOrNone, withoutUndefined } from '../model/edit.ts'
import { SelectField, TextField } from './fields.tsx'

const ways = [
  { value: 'auto', label: 'Whichever answers' },
  { value: 'ssh', label: 'SSH' },
  { value: 'winrm', label: 'WinRM' },
  { value: 'local', label: 'This computer itself' },
  { value: 'unmanaged', label: 'Not managed' },
] as const
const simulated = [{ value: 'simulated', label: 'Simulated' }] as const
const about: Readonly<Record<Reach['kind'], string>> = {
  auto: 'WinRM over TLS, WinRM, then SSH: the first whose port answers, kept for the run.',
  ssh: 'PowerShell over SSH.',
  winrm: 'PowerShell over WinRM.',
  local: 'No network between.',
  unmanaged: 'Drawn, probed from others, never acted on.',
  simulated: 'By the practice site.',
}
const authWords = { ntlm: 'NTLM', basic: 'Basic', certificate: 'Client certificate', kerberos: 'Kerberos' } as const
const authAbout: Readonly<Record<(typeof winrmAuths)[number], string>> = {
  ntlm: 'By password, which is not sent: everything is sealed without TLS, and bound to the certificate with it.',
  basic: 'By password, inside TLS only. Windows has it off unless told.',
  certificate: 'By a certificate that the host maps to an account of its own, inside TLS only.',
  kerberos:
    'By your own ticket, inside TLS only. Needs the package kerberos where Rollout runs; a host that demands channel binding refuses it.',
}

/** The ways a host of this plan may be reached. */
export function waysOf(practice: boolean) {
  return practice ? [...ways, ...simulated] : ways
}

/** A way as it begins. */
export function freshReach(kind: Reach['kind']): Reach {
  return kind === 'ssh' ? { kind, port: 22 } : kind === 'winrm' ? { kind, tls: true, auth: 'ntlm' } : { kind }
}

interface ReachFieldsProps {
  readonly reach: Reach
  readonly path: string
  readonly practice: boolean
  readonly disabled: boolean
  readonly onSet: (reach: Reach, field?: string) => void
}

export function ReachFields({ reach, path, practice, disabled, onSet }: ReachFieldsProps) {
  return (
    <>
      <SelectField
        label="Reached by"
        path={path}
        chip={<Yours />}
        hint={about[reach.kind]}
        value={reach.kind}
        choices={waysOf(practice)}
        disabled={disabled}
        onSet={(kind) => {
          if (kind !== undefined && kind !== reach.kind) onSet(freshReach(kind))
        }}
      />
      {reach.kind === 'ssh' && (
        <>
          <TextField
            label="SSH port"
            path={`${path}.port`}
            numeric
            value={String(reach.port)}
            disabled={disabled}
            onSet={(text) => {
              onSet({ ...reach, port: typedNumber(text) }, `${path}.port`)
            }}
          />
          <TextField
            label="Host key"
            path={`${path}.hostKey`}
            hint="SHA256:… as ssh-keygen -lf prints it. Left empty, the first key shown is kept and held to."
            value={reach.hostKey ?? ''}
            disabled={disabled}
            onSet={(text) => {
              onSet(withoutUndefined({ ...reach, hostKey: text === '' ? undefined : text }), `${path}.hostKey`)
            }}
          />
        </>
      )}
      {reach.kind === 'winrm' && (
        <>
          <Checkbox
            label="Over TLS"
            checked={reach.tls}
            disabled={disabled}
            onChange={(_, { checked }) => {
              onSet({ ...reach, tls: checked === true })
            }}
          />
          <TextField
            label="WinRM port"
            path={`${path}.port`}
            numeric
            placeholder={reach.tls ? '5986' : '5985'}
            value={reach.port === undefined ? '' : String(reach.port)}
            disabled={disabled}
            onSet={(text) => {
              onSet(withoutUndefined({ ...reach, port: typedNumberOrNone(text) }), `${path}.port`)
            }}
          />
          <SelectField
            label="Signs in by"
            path={`${path}.auth`}
            hint={authAbout[reach.auth]}
            value={reach.auth}
            choices={winrmAuths.map((value) => ({ value, label: authWords[value] }))}
            disabled={disabled}
            onSet={(auth) => {
              if (auth) onSet({ ...reach, auth })
            }}
          />
          {reach.tls && (
            <TextField
              label="SHA-256 of the host's certificate"
              path={`${path}.certificate`}
              hint="This one and no other is then accepted."
              value={reach.certificate ?? ''}
              disabled={disabled}
              onSet={(text) => {
                onSet(
                  withoutUndefined({ ...reach, certificate: text === '' ? undefined : text }),
                  `${path}.certificate`,
                )
              }}
            />
          )}
        </>
      )}
    </>
  )
}
