/**
 * Diagnoses why a host cannot be reached: the earliest cause between its name and its clock, with evidence and remedy.
 */
import { z } from 'zod'
import type { Failure } from '../base/failure.ts'
import type { Facts } from '../remote/facts.ts'
import { causeOfCode, causes, concernsVault, type Cause } from './cause.ts'
import { describeTarget, isLocal, type Knocked } from './knocked.ts'
import { remedyFor } from './remedy-for.ts'
import { Remedy, toChange } from './remedy.ts'
import { diagnosisText } from './text/diagnosis.ts'
import { setClock, trustedHosts } from './text/sign-in-changes.ts'

/**
 * The answer to a request without a credential. `proxy` is the header that reveals one; `skewMs` is the host's clock
 * minus ours.
 */
export interface AnswerSeen {
  readonly status: number
  readonly server: string | null
  readonly proxy: string | null
  readonly offers: readonly string[]
  readonly skewMs: number | null
}

export interface Observed {
  readonly knocked: Knocked
  /** True on a Windows workstation. */
  readonly fromWindows: boolean
  /** How the last attempt ended; null if it ended well. */
  readonly failure: Failure | null
  readonly answer: AnswerSeen | null
  /** Null until the host has reported them. `skewMs` as above. */
  readonly facts: (Pick<Facts, 'administrator'> & { readonly skewMs: number | null }) | null
  /** True if nothing more will be tried: a clock is blamed only then. */
  readonly complete: boolean
}

export const Diagnosis = z.strictObject({
  cause: z.enum(causes),
  sentence: z.string(),
  evidence: z.array(z.string()),
  hint: z.string(),
  remedy: Remedy.nullable().describe('null in older surveys only'),
  notes: z.array(z.string()).describe('other possible causes'),
})
export type Diagnosis = z.infer<typeof Diagnosis>

// Kerberos and domain sign-in refuse more (RFC 4120 section 1.6 calls five minutes typical, and it is the default of
// Windows).
const skewLimitMs = 5 * 60_000

/** The one cause of what was observed; null if nothing is wrong so far. */
export function diagnose(observed: Observed): Diagnosis | null {
  const { failure, answer, knocked } = observed
  // An answer that does not come from WinRM explains every failure after it.
  const early = answer && ofAnswer(answer, knocked)
  if (early) return early
  const far = skewOf(observed)
  if (failure) {
    const cause = causeOf(failure, knocked)
    // A host may refuse a ticket for the clock alone without saying so.
    if (cause === 'ticket-refused' && far !== null) return ofClock(knocked, far)
    const skew = far === null ? [] : [diagnosisText.clockEvidence(far)]
    return {
      cause,
      sentence: sentenceOf(cause, failure),
      evidence: [`${failure.kind} ${failure.code}`, ...failure.evidence, ...skew],
      hint: failure.hint,
      remedy: remedyOf(cause, failure, knocked),
      notes: notesOf(cause, observed),
    }
  }
  if (observed.facts?.administrator === false) {
    const cause = isLocal(knocked) && knocked.by === 'WinRM' ? 'token-filter' : 'not-administrator'
    const at = describeTarget(knocked)
    const sentence =
      cause === 'token-filter'
        ? diagnosisText.tokenFiltered(at, knocked.user ?? '')
        : diagnosisText.notAdministrator(at, knocked.user)
    return {
      cause,
      sentence,
      evidence: [diagnosisText.noAdministratorRights],
      hint: diagnosisText.useAdministrator,
      remedy: remedyOf(cause, null, knocked),
      notes: notesOf(cause, observed),
    }
  }
  return observed.complete && far !== null ? ofClock(knocked, far) : null
}

function causeOf(failure: Failure, knocked: Knocked): Cause {
  const cause = causeOfCode(failure.code)
  if (cause === 'not-administrator' && isLocal(knocked)) return 'token-filter'
  if (cause !== undefined) return cause
  return failure.kind === 'credential' || concernsVault(failure) ? 'credential-unusable' : 'other'
}

function ofAnswer(answer: AnswerSeen, knocked: Knocked): Diagnosis | null {
  const { status, server, proxy, offers } = answer
  const at = describeTarget(knocked)
  const evidence = [
    `HTTP ${status}`,
    diagnosisText.server(server),
    diagnosisText.offers(offers),
    ...(proxy === null ? [] : [proxy]),
  ]
  const diagnosed = (cause: Cause, sentence: string, hint: string): Diagnosis => ({
    cause,
    sentence,
    evidence,
    hint,
    remedy: remedyOf(cause, null, knocked),
    notes: [],
  })
  if (proxy !== null || [407, 502, 504].includes(status))
    return diagnosed('proxy', diagnosisText.proxyAnswers(at), diagnosisText.bypassProxy)
  if (status === 503) return diagnosed('winrm-stopped', diagnosisText.winrmStopped(at), diagnosisText.startWinrm)
  if (status !== 401) return diagnosed('not-winrm', diagnosisText.notWinrm(at, status), diagnosisText.checkPort)
  const offered = (...schemes: string[]) => offers.some((offer) => schemes.includes(offer.toLowerCase()))
  const missing = (cause: Cause, method: string) =>
    diagnosed(cause, diagnosisText.signInNotOffered(at, method, offers), diagnosisText.chooseSignIn)
  if (knocked.auth === 'basic' && !offered('basic')) return missing('basic-off', 'Basic')
  if (knocked.auth === 'ntlm' && !offered('negotiate')) return missing('ntlm-not-offered', 'NTLM')
  if (knocked.auth === 'kerberos' && !offered('negotiate', 'kerberos'))
    return missing('kerberos-not-offered', 'Kerberos')
  return null
}

function ofClock(knocked: Knocked, skewMs: number): Diagnosis {
  return {
    cause: 'clock',
    sentence: diagnosisText.clockDiffers(describeTarget(knocked)),
    evidence: [diagnosisText.clockEvidence(skewMs)],
    hint: diagnosisText.setClock,
    remedy: toChange(setClock),
    notes: [],
  }
}

function sentenceOf(cause: Cause, failure: Failure): string {
  return cause === 'token-filter' ? `${failure.message} ${diagnosisText.filteredLocalAccount}` : failure.message
}

function remedyOf(cause: Cause, failure: Failure | null, knocked: Knocked): Remedy {
  return remedyFor[cause]({ ...knocked, code: failure?.code ?? '' })
}

function notesOf(cause: Cause, { knocked, fromWindows }: Observed): string[] {
  if (knocked.by !== 'WinRM') return []
  const notes: string[] = []
  if (cause === 'password-refused' && isLocal(knocked)) notes.push(diagnosisText.maybeTokenFilter)
  if (
    fromWindows &&
    ['password-refused', 'ticket-refused', 'ntlm-refused', 'ntlm-not-offered', 'kerberos-not-offered'].includes(cause)
  )
    notes.push(diagnosisText.trustedHosts(trustedHosts(knocked.address)))
  return notes
}

function skewOf({ answer, facts }: Observed): number | null {
  const skew = facts?.skewMs ?? answer?.skewMs ?? null
  return skew !== null && Math.abs(skew) > skewLimitMs ? skew : null
}
