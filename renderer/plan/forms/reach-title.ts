/** Names of reaches in tables. */
import { doorOf, type Reach } from '../../../domain/plan/host.ts'
import { reachText } from './text.ts'

/** `SSH 22`, `WinRM 5986`, or a word for a reach without a port. */
export function reachTitle(reach: Reach): string {
  switch (reach.kind) {
    case 'ssh':
    case 'winrm': {
      const { by, port } = doorOf(reach)
      return `${by} ${port}`
    }
    default:
      return reachText.ways[reach.kind]
  }
}
