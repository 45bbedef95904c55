/** Facts: what a host reported about itself at a moment. */
import { z } from 'zod'

/**
 * One sign that Windows wants a restart, with the evidence an operator can judge it by (for example the file names).
 */
export const RebootSignal = z.strictObject({
  kind: z.enum(['component-servicing', 'windows-update', 'file-rename', 'computer-rename', 'domain-join']),
  evidence: z.array(z.string()),
})

export const Facts = z.strictObject({
  hostName: z.string(),
  domain: z.string().nullable(),
  os: z.strictObject({
    caption: z.string(),
    version: z.string().describe('major.minor.build'),
    build: z.int(),
    productType: z.enum(['workstation', 'domain-controller', 'server', 'unknown']),
    edition: z
      .string()
      .nullable()
      .describe('EditionID of the registry, for example Professional, Core, ServerStandard'),
    architecture: z.string(),
  }),
  powershell: z.strictObject({ version: z.string(), edition: z.string() }),
  processors: z.int().nullable(),
  memoryBytes: z.number().nullable(),
  drives: z.array(z.strictObject({ name: z.string(), freeBytes: z.number(), totalBytes: z.number() })),
  bootId: z.string().describe('changes with every start of the operating system'),
  bootTime: z.string().describe('ISO 8601, UTC'),
  clock: z.string().describe('ISO 8601, UTC, at the moment of asking'),
  pendingReboot: z.array(RebootSignal),
  administrator: z.boolean(),
  listening: z.array(z.int()).describe('TCP ports in use, ascending'),
  services: z.array(z.strictObject({ name: z.string(), status: z.string() })),
})
export type Facts = z.infer<typeof Facts>
