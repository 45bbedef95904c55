/** The verbs: all requests to a host, with input and output. Each is a script of that name in resources/powershell. */
import { z } from 'zod'
import { Detection } from '../plan/installer.ts'
import { Facts } from './facts.ts'
import { Sha256 } from '../base/ids.ts'

const certificate = z.strictObject({
  sha256: Sha256,
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.string().describe('ISO 8601, UTC'),
  notAfter: z.string().describe('ISO 8601, UTC'),
  der: z.string().describe('the certificate itself, DER in base64'),
  trusted: z.boolean().describe('the chain ends in a root this host trusts'),
})

const service = z.strictObject({
  name: z.string(),
  exists: z.boolean(),
  status: z.enum(['running', 'stopped', 'start-pending', 'stop-pending', 'paused', 'other']).nullable(),
  startType: z.enum(['automatic', 'manual', 'disabled', 'other']).nullable(),
})

const product = z.strictObject({
  uninstall: z
    .strictObject({
      displayName: z.string(),
      version: z.string().nullable(),
      scope: z
        .enum(['machine', 'own-account', 'other-account'])
        .optional()
        .describe(
          'for whom it is installed: everybody, the account of this session, another account; missing in old answers',
        ),
      account: z.string().nullable().optional().describe('the account that has it for itself'),
    })
    .nullable(),
  file: z.strictObject({ path: z.string(), exists: z.boolean(), version: z.string().nullable() }).nullable(),
  service: service.nullable(),
})

const rule = z.strictObject({
  exists: z.boolean(),
  enabled: z.boolean(),
  port: z.int().nullable(),
  remoteAddresses: z.array(z.string()).describe('sorted'),
  action: z.string().optional().describe('allow, block, ...; this and what follows is missing in old answers'),
  direction: z.string().optional().describe('inbound or outbound'),
  protocol: z.string().optional().describe('tcp, udp, any, ...'),
  profiles: z.array(z.string()).optional().describe('domain, private, public'),
  policy: z
    .array(
      z.strictObject({
        profile: z.string(),
        effect: z
          .enum(['applies', 'ignored', 'all-blocked', 'not-needed'])
          .describe(
            'what becomes of a local rule: ignored by policy, everything is blocked, or the port is open anyway',
          ),
        active: z.boolean().nullable().describe('a network of the host has this profile now; null where unknown'),
      }),
    )
    .optional()
    .describe('empty where the host does not tell'),
})

const none = z.strictObject({})

/** True in `changes` means the verb may change the host; the others only look. */
export const verbs = {
  'Get-HostFacts': { changes: false, params: none, result: Facts },
  'Get-BootId': {
    changes: false,
    params: none,
    result: z.strictObject({ bootId: z.string(), bootTime: z.string(), pendingReboot: Facts.shape.pendingReboot }),
  },
  'Get-ServiceState': {
    changes: false,
    params: z.strictObject({ Name: z.array(z.string().min(1)).min(1) }),
    result: z.strictObject({ services: z.array(service) }),
  },
  'Get-FileState': {
    changes: false,
    params: z.strictObject({ Path: z.string(), Hash: z.boolean(), Signature: z.boolean() }),
    result: z.strictObject({
      exists: z.boolean(),
      length: z.number().nullable(),
      sha256: Sha256.nullable(),
      signature: z
        .strictObject({
          status: z.string().describe('Valid, NotSigned, HashMismatch ... as Get-AuthenticodeSignature says'),
          thumbprint: z.string().nullable(),
          subject: z.string().nullable(),
        })
        .nullable(),
    }),
  },
  'Get-ProductState': { changes: false, params: z.strictObject({ Detect: Detection }), result: product },
  'Get-FirewallRule': { changes: false, params: z.strictObject({ Name: z.string() }), result: rule },
  'Get-CertificateTrust': {
    changes: false,
    params: z.strictObject({ Sha256: Sha256 }),
    result: z.strictObject({ trusted: z.boolean().describe("is in this machine's trusted roots") }),
  },
  'Test-NetworkPath': {
    changes: false,
    params: z.strictObject({ Address: z.string(), Port: z.int(), TimeoutMs: z.int() }),
    result: z.strictObject({
      outcome: z.enum(['open', 'refused', 'filtered', 'unresolved', 'unreachable']),
      addresses: z.array(z.string()),
      elapsedMs: z.number(),
      detail: z.string().nullable(),
    }),
  },
  'Test-Endpoint': {
    changes: false,
    params: z.strictObject({ Address: z.string(), Port: z.int(), TimeoutMs: z.int() }),
    result: z.strictObject({
      connected: z.boolean(),
      certificate: certificate.nullable(),
      httpStatus: z.int().nullable(),
      detail: z.string().nullable().describe('why it did not get further'),
    }),
  },
  'Read-HostJob': {
    changes: false,
    params: z.strictObject({ Folder: z.string(), Ticket: z.string(), Offset: z.number(), MaxBytes: z.int() }),
    result: z.strictObject({
      state: z
        .enum(['absent', 'starting', 'running', 'ended', 'lost'])
        .describe('lost: it was started, is no longer there and left no result'),
      journal: z.string().describe('base64 of the journal bytes from Offset on, whole JSON lines'),
      offset: z.number().describe('where to read on'),
      exitCode: z.int().nullable(),
      error: z.string().nullable().describe('why the worker could not run the program'),
      journalLost: z
        .string()
        .nullable()
        .optional()
        .describe('why lines are missing from the journal; missing in old answers'),
      bootId: z.string().nullable().describe('at the start of the job'),
    }),
  },
  'Read-FilePart': {
    changes: false,
    params: z.strictObject({ Path: z.string(), Offset: z.number(), MaxBytes: z.int() }),
    result: z.strictObject({
      exists: z.boolean(),
      length: z.number().nullable().describe('of the whole file, now'),
      base64: z.string().describe('empty from the end of the file on'),
    }),
  },
  'Write-FilePart': {
    changes: true,
    params: z.strictObject({
      PartPath: z.string(),
      Offset: z.number().describe('the file must reach that far; what it holds from there on is dropped'),
      Base64: z.string(),
    }),
    result: z.strictObject({ length: z.number() }),
  },
  'Receive-File': {
    changes: true,
    params: z.strictObject({
      Address: z.string(),
      Port: z.int(),
      Path: z.string(),
      CertificateSha256: Sha256,
      From: z.string().describe("the address to ask from, where it is the host's"),
      PartPath: z.string(),
      Offset: z.number(),
      Length: z.number(),
      ConnectMs: z.int(),
      MaxMs: z.int(),
    }),
    result: z.strictObject({
      connected: z.boolean(),
      certificate: Sha256.nullable().describe('what was shown'),
      status: z.int().nullable().describe('206 where the request was accepted'),
      length: z.number().describe('of the part, now'),
      detail: z.string().nullable(),
    }),
  },
  'Start-HostJob': {
    changes: true,
    params: z.strictObject({
      Folder: z.string(),
      Ticket: z.string(),
      File: z.string(),
      Arguments: z.array(z.string()),
      Environment: z
        .record(z.string(), z.string())
        .describe('secrets among them; travels by standard input and a pipe, never by a command line or a file'),
      TimeoutSeconds: z.int(),
    }),
    result: z.strictObject({ started: z.boolean(), alreadyStarted: z.boolean() }),
  },
  'Start-HostService': {
    changes: true,
    params: z.strictObject({ Name: z.string(), TimeoutMs: z.int() }),
    result: service,
  },
  'Publish-File': {
    changes: true,
    params: z.strictObject({ PartPath: z.string(), Path: z.string(), Sha256: Sha256 }),
    result: z.strictObject({ published: z.boolean(), sha256: Sha256.nullable(), length: z.number().nullable() }),
  },
  'New-WorkFolder': {
    changes: true,
    params: z.strictObject({ Path: z.string() }),
    result: z.strictObject({ created: z.boolean(), freeBytes: z.number().nullable() }),
  },
  'Remove-WorkFolder': {
    changes: true,
    params: z.strictObject({ Root: z.string(), Path: z.string() }),
    result: z.strictObject({ removed: z.boolean() }),
  },
  'Set-FirewallRule': {
    changes: true,
    params: z.strictObject({
      Name: z.string(),
      DisplayName: z.string(),
      Port: z.int(),
      RemoteAddresses: z.array(z.string()).min(1),
    }),
    result: rule,
  },
  'Add-TrustedCertificate': {
    changes: true,
    params: z.strictObject({ Der: z.string(), Sha256: Sha256 }),
    result: z.strictObject({ added: z.boolean() }),
  },
  'Restart-Host': {
    changes: true,
    params: z.strictObject({
      BootId: z.string().describe('restart only if this is still the boot id'),
      Reason: z.string(),
    }),
    result: z.strictObject({ requested: z.boolean(), bootId: z.string() }),
  },
} as const satisfies Record<string, { changes: boolean; params: z.ZodType; result: z.ZodType }>

export type Verb = keyof typeof verbs
export type VerbParams<V extends Verb> = z.infer<(typeof verbs)[V]['params']>
export type VerbResult<V extends Verb> = z.infer<(typeof verbs)[V]['result']>

/** One line of a job's journal. `at` is ISO 8601, UTC, by the host's clock. */
export const JournalLine = z.strictObject({
  at: z.string(),
  kind: z.enum(['started', 'output', 'error', 'progress', 'ended']),
  text: z.string(),
})
export type JournalLine = z.infer<typeof JournalLine>

/**
 * What a script answers with: exactly one, as one JSON document. A failure's code is a short stable word, its message a
 * sentence for the operator.
 */
export const Envelope = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), data: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    error: z.strictObject({ code: z.string(), message: z.string(), detail: z.string() }),
  }),
])
export type Envelope = z.infer<typeof Envelope>
