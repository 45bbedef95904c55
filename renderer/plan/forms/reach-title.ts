/** Owns how a reach is named in a table. */
import { doorOf, type Reach } from '../../../domain/plan/host.ts'

/** SSH 22, WinRM 5986, and a word for those without a port. */
export function reachTitle(reach: Reach): string {
  switch (reach.kind) {
    case 'ssh':
    case 'winrm': {
      const { by, port } = doorOf(reach)
      return `${by} ${port}`
    }
    case 'auto':
      return 'Whichever answers'
    case 'local':
      return 'This computer'
    case 'simulated':
      return 'Simulated'
    case 'unmanaged':
      return 'Not managed'
  }
}
