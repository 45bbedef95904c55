/** The methods about this workstation: pinned identities, media, backup and audit. */
import { z } from 'zod'
import { Port } from '../../base/ids.ts'
import { change, query } from '../define.ts'
import { AuditRow, PinShape } from '../shapes.ts'
import { nothing, id, path, ofRevision } from './inputs.ts'

export const settingsMethods = {
  'trust.list': query(
    'Returns every pinned host key and certificate.',
    nothing,
    z.strictObject({ pins: z.array(PinShape) }),
  ),
  'trust.remove': change(
    'Deletes a pin. `why` says why the host has a new identity.',
    z.strictObject({ address: z.string().min(1).max(255), port: Port, why: z.string().trim().min(1).max(2000) }),
    nothing,
  ),
  'trust.import': change(
    'Pins the host keys of a known_hosts text for the SSH hosts of a revision. Refused if one host is already ' +
      'pinned with another key (host-key-changed); then nothing is pinned.',
    z.strictObject({ ...ofRevision, text: z.string().max(8 * 2 ** 20) }),
    z.strictObject({
      pinned: z.array(z.strictObject({ address: z.string(), port: z.int(), fingerprint: z.string() })),
      unknown: z.array(z.string()),
      notes: z.array(z.string()),
    }),
  ),
  'media.list': query(
    'Returns every media file of the newest revision of each plan, with its state on this workstation: right, other ' +
      'content, missing, or without a hash to check.',
    nothing,
    z.strictObject({
      plans: z.array(
        z.strictObject({
          planId: z.string(),
          planName: z.string(),
          folder: z.string(),
          chosen: z.boolean().describe('whether a user chose the folder'),
          files: z.array(
            z.strictObject({
              owner: z.string(),
              file: z.string(),
              wanted: z.string().nullable(),
              sha256: z.string().nullable(),
              size: z.number().nullable(),
              state: z.enum(['right', 'another', 'missing', 'not-held']),
            }),
          ),
        }),
      ),
    }),
  ),
  'media.setFolder': change(
    'Sets the media folder of a plan on this workstation.',
    z.strictObject({ planId: id, folder: path }),
    nothing,
  ),
  'database.backup': change(
    'Copies the database to a new file; runs continue meanwhile.',
    z.strictObject({ to: path }),
    z.strictObject({ kind: z.enum(['consistent', 'salvaged']), files: z.array(z.string()) }),
  ),
  'audit.read': query(
    'Returns the audit, newest first, and whether its chain of hashes is unbroken.',
    z.strictObject({
      before: z.int().min(1).optional().describe('rows with a smaller number'),
      limit: z.int().min(1).max(2000).default(500),
    }),
    z.strictObject({
      rows: z.array(AuditRow),
      verdict: z.discriminatedUnion('ok', [
        z.strictObject({ ok: z.literal(true), rows: z.int(), head: z.string() }),
        z.strictObject({ ok: z.literal(false), row: z.int(), why: z.string() }),
      ]),
    }),
  ),
} as const
