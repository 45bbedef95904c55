/** The methods about this computer: pinned identities, media, backup and audit. */
import { z } from 'zod'
import { Port } from '../../base/ids.ts'
import { change, query } from '../define.ts'
import { AuditRow, PinShape } from '../shapes.ts'
import { nothing, id, path, ofRevision } from './inputs.ts'

export const settingsMethods = {
  'trust.list': query(
    'Every host key and certificate that is pinned.',
    nothing,
    z.strictObject({ pins: z.array(PinShape) }),
  ),
  'trust.remove': change(
    'Forgets a pin, because a person says why the host has a new identity.',
    z.strictObject({ address: z.string().min(1).max(255), port: Port, why: z.string().trim().min(1).max(2000) }),
    nothing,
  ),
  'trust.import': change(
    'Pins what the text of a known_hosts file knows of the hosts of a revision that are reached by SSH. Refused where one of them is pinned with another key (host-key-changed); nothing is pinned then.',
    z.strictObject({ ...ofRevision, text: z.string().max(8 * 2 ** 20) }),
    z.strictObject({
      pinned: z.array(z.strictObject({ address: z.string(), port: z.int(), fingerprint: z.string() })),
      unknown: z.array(z.string()),
      notes: z.array(z.string()),
    }),
  ),
  'media.list': query(
    'Every file that the newest revision of each plan names, as it lies on this computer: right, another content, missing, or not held to a hash.',
    nothing,
    z.strictObject({
      plans: z.array(
        z.strictObject({
          planId: z.string(),
          planName: z.string(),
          folder: z.string(),
          chosen: z.boolean().describe('whether somebody named the folder'),
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
    'Says where the media of a plan lie on this computer.',
    z.strictObject({ planId: id, folder: path }),
    nothing,
  ),
  'database.backup': change(
    'Copies the database to a file that does not exist yet, while work goes on.',
    z.strictObject({ to: path }),
    z.strictObject({ kind: z.enum(['consistent', 'salvaged']), files: z.array(z.string()) }),
  ),
  'audit.read': query(
    'Who did what and when, newest first, and whether the chain of hashes holds from the first row to the last.',
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
