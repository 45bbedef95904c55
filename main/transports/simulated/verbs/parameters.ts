/**
 * The parameters that a practice host refuses: ranges and patterns that the scripts of resources/powershell demand
 * beyond their shape.
 */
import { z } from 'zod'
import type { Verb } from '../../../../domain/remote/verb.ts'
import { badParameter } from './failures.ts'

const text = z.string().min(1)
const port = z.int().min(1).max(65535)
const timeoutMs = z.int().min(1).max(600_000)
const ticket = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)

const demands: Partial<Record<Verb, z.ZodType>> = {
  'Get-FileState': z.object({ Path: text }),
  'Get-FirewallRule': z.object({ Name: text }),
  'Test-NetworkPath': z.object({ Address: text, Port: port, TimeoutMs: timeoutMs }),
  'Test-Endpoint': z.object({ Address: text, Port: port, TimeoutMs: timeoutMs }),
  'Read-HostJob': z.object({
    Folder: text,
    Ticket: ticket,
    Offset: z.int().min(0),
    MaxBytes: z
      .int()
      .min(1)
      .max(2 ** 24),
  }),
  'Read-FilePart': z.object({
    Path: text,
    Offset: z.int().min(0),
    MaxBytes: z
      .int()
      .min(1)
      .max(2 ** 24),
  }),
  'Write-FilePart': z.object({ PartPath: text, Offset: z.int().min(0) }),
  'Receive-File': z.object({
    Address: text,
    Port: port,
    Path: text,
    PartPath: text,
    Offset: z.int().min(0),
    Length: z.int().min(1),
    ConnectMs: timeoutMs,
    MaxMs: z.int().min(1).max(3_600_000),
  }),
  'Start-HostJob': z.object({ Folder: text, Ticket: ticket, File: text, TimeoutSeconds: z.int().min(1).max(864_000) }),
  'Start-HostService': z.object({ Name: text, TimeoutMs: timeoutMs }),
  'Publish-File': z.object({ PartPath: text, Path: text }),
  'New-WorkFolder': z.object({ Path: text }),
  'Remove-WorkFolder': z.object({ Root: text, Path: text }),
  'Set-FirewallRule': z.object({ Name: z.string().regex(/^[A-Za-z0-9 ._()-]{1,200}$/), DisplayName: text, Port: port }),
  'Add-TrustedCertificate': z.object({ Der: text }),
  'Restart-Host': z.object({ BootId: text }),
}

/**
 * Throws FailureError `host` with code bad-parameter, as the script of that verb does, when a parameter is out of its
 * range.
 */
export function demandParameters(verb: Verb, params: unknown): void {
  const read = demands[verb]?.safeParse(params)
  if (read === undefined || read.success) return
  const [issue] = read.error.issues
  throw badParameter(verb, issue?.path.join('.') ?? '', issue?.message ?? '')
}
