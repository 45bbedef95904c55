/** A host that is reached by WinRM, for tests. */
import type { Host } from '../../../../domain/plan/host.ts'
import type { Credential } from '../../../../main/engine/ports.ts'

export const credential: Credential = { kind: 'password', user: 'SITE\\installer', password: 'not-a-secret' }

export function hostAt(address = '10.0.0.1'): Host {
  return {
    name: 'H1',
    address,
    reach: { kind: 'winrm', tls: false, auth: 'ntlm' },
    workFolder: 'C:\\ProgramData\\ExekraRollout',
  }
}
