/** Fields of how Rollout reaches a host: the way, its port, its sign-in and its fingerprint. */
import { Checkbox } from '@fluentui/react-components'
import type { Reach } from '../../../domain/plan/host.ts'
import { winrmAuths } from '../../../domain/plan/host.ts'
import { Yours } from '../../shared/components/provenance.tsx'
import { typedNumber, typedNumberOrNone, withoutUndefined } from '../model/edit.ts'
import { type Choice, SelectField, TextField } from './fields.tsx'
import { reachText } from './text.ts'

const kinds = ['auto', 'ssh', 'winrm', 'local', 'unmanaged'] as const
const practiceKinds = [...kinds, 'simulated'] as const

/** The ways in which a host may be reached, with their labels. Practice sites have simulated hosts too. */
export function waysOf(practice: boolean): readonly Choice<Reach['kind']>[] {
  return (practice ? practiceKinds : kinds).map((value) => ({ value, label: reachText.ways[value] }))
}

/** The defaults of a way. */
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
        label={reachText.reach}
        path={path}
        chip={<Yours />}
        hint={reachText.about[reach.kind]}
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
            label={reachText.sshPort}
            path={`${path}.port`}
            numeric
            value={String(reach.port)}
            disabled={disabled}
            onSet={(text) => {
              onSet({ ...reach, port: typedNumber(text) }, `${path}.port`)
            }}
          />
          <TextField
            label={reachText.hostKey}
            path={`${path}.hostKey`}
            hint={reachText.hostKeyHint}
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
            label={reachText.tls}
            checked={reach.tls}
            disabled={disabled}
            onChange={(_, { checked }) => {
              onSet({ ...reach, tls: checked === true })
            }}
          />
          <TextField
            label={reachText.winrmPort}
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
            label={reachText.auth}
            path={`${path}.auth`}
            hint={reachText.authAbout[reach.auth]}
            value={reach.auth}
            choices={winrmAuths.map((value) => ({ value, label: reachText.auths[value] }))}
            disabled={disabled}
            onSet={(auth) => {
              if (auth) onSet({ ...reach, auth })
            }}
          />
          {reach.tls && (
            <TextField
              label={reachText.certificate}
              path={`${path}.certificate`}
              hint={reachText.certificateHint}
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
