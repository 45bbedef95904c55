/** Owns the judgement over an operating system for the Hub, declared or reported alike. */
import { isOperatorSupplied, type Catalogue } from '../plan/catalogue.ts'
import type { Severity } from '../base/finding.ts'
import type { OperatingSystem } from '../plan/host.ts'

export interface HubOsVerdict {
  readonly severity: Severity
  readonly message: string
  readonly remedy: string
}

/** Judges `os` (undefined: not known) by the planning page; `said` opens the message and tells whose word it is. */
export function hubOsVerdict(catalogue: Catalogue, os: OperatingSystem | undefined, said: string): HubOsVerdict {
  const documented = catalogue.components.hub.operatingSystem
  const wanted = isOperatorSupplied(documented) ? 'an operating system no page names' : documented.value.text
  if (os === undefined)
    return {
      severity: 'warn',
      message: `${said}; whether it suits the Hub is not known. The Hub needs ${wanted}.`,
      remedy: 'Declare hosts[].os and survey the host.',
    }
  if (!isOperatorSupplied(documented) && documented.value.accepts.includes(os))
    return { severity: 'pass', message: `${said}.`, remedy: '' }
  if (os === 'windows-10-enterprise' || os === 'windows-11-enterprise')
    return {
      severity: 'warn',
      message: `${said}. The documentation names ${wanted}; Enterprise is not among them.`,
      remedy: 'Ask Exekra whether the Enterprise edition is supported, or use a named one.',
    }
  return {
    severity: 'block',
    message: `${said}. The Hub needs ${wanted}.`,
    remedy: 'Choose another host for the Hub, or upgrade Windows on this one.',
  }
}
