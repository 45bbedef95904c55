/** Lets a host fetch a file from this workstation: offered to that host alone, in slices, continued after a break. */
import type { VerbResult } from '../../../../domain/remote/verb.ts'
import type { Session } from '../../../engine/ports.ts'
import { codeOf } from '../../shared/thrown.ts'
import { pullText } from '../text.ts'
import type { MissingPart } from '../missing-part.ts'
import type { Addresses } from '../wsmv/request-channel.ts'
import type { Offer, PullDoors } from './pull-door.ts'

export interface Pulling extends MissingPart {
  readonly run: Session['run']
  readonly doors: PullDoors
  readonly addresses: Addresses
  /** Of the listener; 0 for any. */
  readonly port: number
}

/** `whole`, or how far it came and, as a sentence, why the host cannot continue. */
export type Pulled = { readonly whole: true } | { readonly whole: false; readonly length: number; readonly why: string }

const connectMs = 10_000
// One request of the session: short enough not to delay a cancelled session, long enough to cost nothing.
const sliceMs = 60_000
const fruitless = 3

/**
 * Lets the host fetch the missing part. Problems between the two machines are returned; a lost session throws
 * FailureError.
 */
export async function pullFile(pulling: Pulling): Promise<Pulled> {
  const { doors, addresses, port, file, size, offset, onProgress } = pulling
  let offer: Offer
  try {
    offer = await doors.offer(addresses.local, port, { file, size, to: addresses.remote, onSent: onProgress })
  } catch (error) {
    return {
      whole: false,
      length: offset,
      why: pullText.cannotListen(addresses.local, port, codeOf(error) ?? String(error)),
    }
  }
  try {
    return await fetched(pulling, offer)
  } finally {
    await offer.close()
  }
}

async function fetched({ run, addresses, size, partPath, offset, signal }: Pulling, offer: Offer): Promise<Pulled> {
  let length = offset
  for (let inVain = 0; ;) {
    const answer = await run(
      'Receive-File',
      {
        Address: addresses.local,
        Port: offer.port,
        Path: offer.path,
        CertificateSha256: offer.certificateSha256,
        From: addresses.remote,
        PartPath: partPath,
        Offset: length,
        Length: size,
        ConnectMs: connectMs,
        MaxMs: sliceMs,
      },
      { signal, timeoutMs: sliceMs + 4 * connectMs },
    )
    if (answer.length >= size) return { whole: true }
    inVain = answer.length > length ? 0 : inVain + 1
    length = answer.length
    // A path that was never open will not open; a broken connection is tried again.
    if ((length === offset && isShut(answer, offer)) || inVain >= fruitless)
      return { whole: false, length, why: whyNot(answer, offer, addresses) }
  }
}

function isShut({ connected, certificate, status }: VerbResult<'Receive-File'>, { certificateSha256 }: Offer): boolean {
  return (
    !connected || (certificate !== null && certificate !== certificateSha256) || (status !== null && status !== 206)
  )
}

function whyNot(
  { connected, certificate, status, detail }: VerbResult<'Receive-File'>,
  offer: Offer,
  { local, remote }: Addresses,
): string {
  const here = pullText.address(local, offer.port)
  const more = detail === null ? '' : ` ${detail}`
  if (!connected) return pullText.notConnected(here, more)
  if (certificate !== null && certificate !== offer.certificateSha256) return pullText.otherCertificate(here)
  if (status === 206) return pullText.keepsBreaking(here, more)
  if (offer.strangers.size > 0) return pullText.stranger(remote, [...offer.strangers].join(', '))
  return status === null ? pullText.noAnswer(here, more) : pullText.refused(here, status)
}
