/**
 * The only listener of ours that is not on 127.0.0.1. It is open while a host fetches a file, on the address that faces
 * the host, for that host and that file only.
 */
import { randomBytes } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { piecesFrom } from '../missing-part.ts'
import { makeOwnCertificate, type OwnCertificate } from './own-certificate.ts'

/** One file for one host. */
export interface Offering {
  readonly file: FileHandle
  readonly size: number
  /** The only address that may ask. */
  readonly to: string
  /** Called with how far the file has been sent. */
  readonly onSent: (bytes: number) => void
}

export interface Offer {
  readonly port: number
  /** Secret: 256 random bits. */
  readonly path: string
  readonly certificateSha256: string
  /** Addresses whose connections were refused. */
  readonly strangers: ReadonlySet<string>
  /** Withdraws the offer. The listener is closed when this resolves, unless it serves another host. Never throws. */
  close(): Promise<void>
}

export interface PullDoors {
  /** Rejects if the port cannot be opened on that address. Port 0: any free port. */
  offer(address: string, port: number, offering: Offering): Promise<Offer>
}

interface OpenOffer extends Offering {
  readonly strangers: Set<string>
  /** True once the whole file has been sent. */
  used: boolean
  answering: ServerResponse | undefined
}

interface Door {
  readonly server: Server
  readonly offers: Map<string, OpenOffer>
  readonly listening: Promise<number>
}

const pieceBytes = 262_144

/** The listeners of one process; each address has its own, closed when it offers nothing any more. */
export function pullDoors(now: () => number): PullDoors {
  const doors = new Map<string, Door>()
  let own: OwnCertificate | undefined
  const openDoor = (key: string, address: string, port: number): Door => {
    own ??= makeOwnCertificate(now())
    const offers: Door['offers'] = new Map()
    const server = createServer(
      {
        cert: own.certificate,
        key: own.privateKey,
        minVersion: 'TLSv1.2',
        maxHeaderSize: 4_096,
        headersTimeout: 10_000,
        requestTimeout: 10_000,
        keepAlive: false,
        connectionsCheckingInterval: 5_000,
      },
      (request, response) => {
        answer(offers, request, response)
      },
    )
    // Before TLS: a stranger does not even learn who listens.
    server.on('connection', (socket: Socket) => {
      const from = plain(socket.remoteAddress)
      if ([...offers.values()].some(({ to }) => to === from)) return
      for (const offer of offers.values()) if (offer.strangers.size < 8) offer.strangers.add(from)
      socket.destroy()
    })
    server.on('tlsClientError', (_error, socket) => {
      socket.destroy()
    })
    server.on('clientError', (_error, socket) => {
      socket.destroy()
    })
    // `listening` reports the error that matters; later ones end with their connection.
    server.on('error', () => undefined)
    const listening = new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: address, port, exclusive: true }, () => {
        resolve((server.address() as AddressInfo).port)
      })
    })
    listening.catch(() => {
      doors.delete(key)
    })
    const door = { server, offers, listening }
    doors.set(key, door)
    return door
  }
  return {
    async offer(address, wanted, offering) {
      const key = `${plain(address)} ${wanted}`
      const door = doors.get(key) ?? openDoor(key, address, wanted)
      const path = `/${randomBytes(32).toString('base64url')}`
      const offer: OpenOffer = {
        ...offering,
        to: plain(offering.to),
        strangers: new Set(),
        used: false,
        answering: undefined,
      }
      door.offers.set(path, offer)
      const close = async () => {
        door.offers.delete(path)
        offer.answering?.destroy()
        if (door.offers.size > 0) return
        if (doors.get(key) === door) doors.delete(key)
        door.server.closeAllConnections()
        await new Promise<void>((resolve) => {
          door.server.close(() => {
            resolve()
          })
        })
      }
      try {
        const port = await door.listening
        return { port, path, certificateSha256: own?.sha256 ?? '', strangers: offer.strangers, close }
      } catch (error) {
        door.offers.delete(path)
        throw error
      }
    },
  }
}

function answer(offers: Door['offers'], request: IncomingMessage, response: ServerResponse): void {
  const offer = offers.get(request.url ?? '')
  const range = /^bytes=(\d{1,15})-$/.exec(request.headers.range ?? '')
  const from = Number(range?.[1] ?? 0)
  const status =
    !offer || offer.used || offer.to !== plain(request.socket.remoteAddress)
      ? 404
      : request.method !== 'GET' || !range
        ? 400
        : from >= offer.size
          ? 416
          : 206
  response.setHeader('Connection', 'close')
  if (!offer || status !== 206) {
    response.writeHead(status, { 'Content-Length': 0 }).end()
    return
  }
  // A new request replaces the one in progress.
  offer.answering?.destroy()
  offer.answering = response
  response.writeHead(206, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': offer.size - from,
    'Content-Range': `bytes ${from}-${offer.size - 1}/${offer.size}`,
  })
  void pipeline(piecesOf(offer, from), response).then(
    () => {
      offer.used = true
    },
    () => {
      response.destroy()
    },
  )
}

// Not a stream over the handle: its end would close the handle, and a second request would find nothing.
async function* piecesOf(offer: OpenOffer, from: number): AsyncGenerator<Buffer> {
  let at = from
  for await (const piece of piecesFrom(from, offer, pieceBytes)) {
    yield piece
    at += piece.length
    offer.onSent(at)
  }
}

// A socket for both families writes IPv4 addresses as IPv6.
function plain(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/, '').toLowerCase()
}
