/** Faults of WS-Management: which are retried, which need a new shell, which wait, and the failures of the rest. */
import { FailureError } from '../../../../domain/base/failure.ts'
import * as names from './names.ts'
import { faultMeanings, notYet, unknownFault, type FaultAction } from './text.ts'
import { attributeOf, childOf, descend, trimmed, type XmlElement } from './xml.ts'

const timedOutSubcode = 'TimedOut'

/** A fault from the host. `code` is its number, undefined if it has none. */
export interface Fault {
  readonly code: number | undefined
  readonly text: string
}

/** A fault as a Failure. `fault` and `action` are for callers that can handle it. */
export class FaultError extends FailureError {
  readonly fault: Fault
  readonly action: FaultAction
  constructor(host: string, fault: Fault) {
    const meaning = (fault.code === undefined ? undefined : faultMeanings[fault.code]) ?? unknownFault
    const number = fault.code === undefined ? '' : ` (fault ${fault.code})`
    super({
      kind: meaning.kind ?? (meaning.action === 'reopen' ? 'link' : 'host'),
      code: fault.code === undefined ? 'wsman-fault' : `wsman-${fault.code}`,
      message: `${host} ${meaning.what}${number}.`,
      hint: meaning.todo,
      retry: meaning.action === 'report' ? 'never' : 'backoff',
      evidence: fault.text === '' ? [] : [fault.text],
    })
    this.name = 'FaultError'
    this.fault = fault
    this.action = meaning.action
  }
}

/**
 * Reads a Fault element: the number from WSManFault, from MSFT_WmiError of newer hosts, or from the subcode if neither
 * exists.
 */
export function readFault(fault: XmlElement): Fault {
  const detail = childOf(fault, names.soap, 'Detail')
  const own = childOf(detail, names.wsmanFault, 'WSManFault')
  const wmi = childOf(detail, names.wmiError, 'MSFT_WmiError')
  const subcode = trimmed(descend(fault, names.soap, 'Code', 'Subcode', 'Value'))
    ?.split(':')
    .at(-1)
  const code =
    numberOf(attributeOf(own, 'Code')) ??
    numberOf(trimmed(childOf(wmi, names.wmiError, 'error_Code'))) ??
    (subcode === timedOutSubcode ? notYet : undefined)
  const text =
    [
      textsOf(childOf(own, names.wsmanFault, 'Message')),
      trimmed(childOf(wmi, names.wmiError, 'Message')),
      trimmed(descend(fault, names.soap, 'Reason', 'Text')),
    ].find((candidate) => candidate !== undefined && candidate !== '') ?? ''
  return { code, text: text.replace(/\s+/g, ' ').slice(0, 1_000) }
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined
}

// A Message contains its text itself or, some levels down, in the message of the provider behind it.
function textsOf(element: XmlElement | undefined): string {
  return element
    ? [element.text, ...element.children.map(textsOf)]
        .map((text) => text.trim())
        .filter((text) => text !== '')
        .join(' ')
    : ''
}
