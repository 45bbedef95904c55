/** Owns letting a host fetch a file from this workstation: offered to that host alone, asked for piece by piece, gone on with after a break. */
import type { VerbResult } from '../../../../domain/remote/verb.ts'
import type { Session } from '../../../engine/ports.ts'
import { codeOf } from '../../shared/thrown.ts'
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

/** `whole`, or how far it came and why the host cannot go on, as a sentence. */
export type Pulled = { readonly whole: true } | { readonly whole: false; readonly length: number; readonly why: string }

const connectMs = 10_000
// One request of the session: short enough that a session which was called off is not held up, long enough to cost nothing.
const sliceMs = 60_000
const fruitless = 3

/** Lets the host fetch what it lacks. What goes wrong between the two machines is told, not thrown; a lost session is thrown as ever. */
export async function pullFile(pulling: Pulling): Promise<Pulled> {
  const { doors, addresses, port, file, size, offset, onProgress } = pulling
  let offer: Offer
  try {
    offer = await doors.offer(addresses.local, port, { file, size, to: addresses.remote, onSent: onProgress })
  } catch (error) {
    return {
      whole: false,
      length: offset,
      why: `This workstation cannot listen on ${addresses.local} port ${port} (${codeOf(error) ?? String(error)}).`,
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
    // What was never open will not open; what broke is asked for again.
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
  const here = `${local} port ${offer.port} of this workstation`
  const more = detail === null ? '' : ` ${detail}`
  if (!connected) return `The host does not get to ${here}.${more} A firewall here or between the two may stop it.`
  if (certificate !== null && certificate !== offer.certificateSha256)
    return `Something else answers the host at ${here}: the certificate is another one.`
  if (status === 206) return `The connection of the host to ${here} breaks again and again.${more}`
  if (offer.strangers.size > 0)
    return `The host was expected to ask from ${remote}; ${[...offer.strangers].join(', ')} asked and was turned away.`
  return status === null
    ? `The host got to ${here}, and no further.${more}`
    : `The host was turned away at ${here} with status ${status}.`
}
