/** The judgement of an operating system for the Hub, whether the plan declares it or the host reports it. */
import { isOperatorSupplied, type Catalogue } from '../plan/catalogue.ts'
import type { Severity } from '../base/finding.ts'
import type { OperatingSystem } from '../plan/host.ts'
import type { Advice } from './text/advice.ts'
import { hubText } from './text/hub.ts'

export interface HubOsVerdict extends Advice {
  readonly severity: Severity
}

const text = hubText.system

/** Judges `os` (undefined: not known) by the planning page. `lead` opens the message and says who named the system. */
export function hubOsVerdict(catalogue: Catalogue, os: OperatingSystem | undefined, lead: string): HubOsVerdict {
  const documented = catalogue.components.hub.operatingSystem
  const wanted = isOperatorSupplied(documented) ? text.undocumented : documented.value.text
  if (os === undefined) return { severity: 'warn', ...text.unknown(lead, wanted) }
  if (!isOperatorSupplied(documented) && documented.value.accepts.includes(os))
    return { severity: 'pass', message: `${lead}.`, remedy: '' }
  if (os === 'windows-10-enterprise' || os === 'windows-11-enterprise')
    return { severity: 'warn', ...text.enterprise(lead, wanted) }
  return { severity: 'block', ...text.wrong(lead, wanted) }
}
