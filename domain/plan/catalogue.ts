/** The catalogue: documented facts about the components of Exekra, with their pages, and open questions. */
import { z } from 'zod'
import { OperatingSystem } from './host.ts'
import { componentNames } from '../base/ids.ts'

/** The documentation pages that may be quoted: tag and address in one string, as findings and documents show it. */
export const sources = {
  docs: '[docs] https://exekra.com/docs',
  'architecture-overview': '[architecture-overview] https://exekra.com/docs/architecture-overview',
  'service-management': '[service-management] https://exekra.com/docs/service-management',
  scaling: '[scaling] https://exekra.com/docs/scaling-and-performance',
  'license-management': '[license-management] https://exekra.com/docs/license-management',
  'deployment-planning': '[deployment-planning] https://exekra.com/docs/deployment-planning',
  runners: '[runners] https://exekra.com/docs/runners',
  'trigger-engine': '[trigger-engine] https://exekra.com/docs/trigger-engine',
  'execution-lifecycle': '[execution-lifecycle] https://exekra.com/docs/execution-lifecycle',
  'api-reference': '[api-reference] https://exekra.com/docs/api-reference',
  'browser-extension': '[browser-extension] https://exekra.com/docs/browser-extension',
  'security-model': '[security-model] https://exekra.com/docs/security-model',
  'administration-guide': '[administration-guide] https://exekra.com/docs/administration-guide',
  'core-concepts': '[core-concepts] https://exekra.com/docs/core-concepts',
  privacy: '[privacy] https://exekra.com/privacy',
} as const
export type PageTag = keyof typeof sources

const Source = z.enum(Object.values(sources))
const text = z.string().min(1)

function factOf<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, source: z.array(Source).min(1), note: text.optional() })
}

/** What no page says: the operator answers it, and every screen says that it is the operator's answer. */
export const OperatorSupplied = z.strictObject({ operatorSupplied: z.literal(true), question: text, why: text })
export type OperatorSupplied = z.infer<typeof OperatorSupplied>

const TextFact = factOf(text)
const ServiceFact = TextFact.extend({ when: z.enum(['always', 'bundled']) })
const LogFact = TextFact.extend({ what: text })
const PortFact = factOf(z.int().min(1).max(65535)).extend({
  what: z.enum(['https', 'backend']),
  protocol: z.enum(['HTTP', 'HTTPS']),
  inbound: z.boolean(),
  configurable: z.boolean(),
})
const OperatingSystemFact = factOf(z.strictObject({ accepts: z.array(OperatingSystem).min(1), text }))

const ComponentEntry = z.strictObject({
  title: text,
  role: TextFact,
  form: z.union([TextFact, OperatorSupplied]),
  otherNames: factOf(z.array(text)).optional(),
  operatingSystem: z.union([OperatingSystemFact, OperatorSupplied]),
  minimumVersion: factOf(z.int().min(1)).optional(),
  version: OperatorSupplied,
  services: z.union([z.array(ServiceFact), OperatorSupplied]),
  installDirectory: z.union([TextFact, OperatorSupplied]),
  logs: z.union([z.array(LogFact), OperatorSupplied]),
  ports: z.union([z.array(PortFact), OperatorSupplied]),
  hardware: OperatorSupplied,
  installer: OperatorSupplied,
})

const Band = factOf(z.strictObject({ from: z.int().min(1), to: z.int().min(1).nullable(), use: text }))
export type Band = z.infer<typeof Band>

export const Catalogue = z.strictObject({
  format: z.literal('exekra-catalogue'),
  version: z.literal(1),
  pages: z.array(z.strictObject({ tag: z.enum(Object.keys(sources) as PageTag[]), url: z.url() })),
  components: z.strictObject({
    hub: ComponentEntry,
    postgresql: ComponentEntry,
    redis: ComponentEntry,
    studio: ComponentEntry,
    runner: ComponentEntry,
  }),
  installOrder: factOf(z.array(z.enum(componentNames))),
  prerequisites: z.array(TextFact.extend({ id: text, required: z.boolean() })),
  layouts: z.strictObject({
    pilot: z.strictObject({ advisedRunners: factOf(z.int().min(1)), text: TextFact }),
    enterprise: z.strictObject({ text: TextFact }),
  }),
  bands: z.array(Band).min(1),
  facts: z.record(z.string().regex(/^[a-z0-9-]+$/), factOf(z.union([text, z.int(), z.array(text)]))),
  conflicts: z.array(z.strictObject({ topic: text, sides: z.array(TextFact).min(2), reading: text })),
  operatorSupplied: z.array(OperatorSupplied.extend({ topic: text })),
})
export type Catalogue = z.infer<typeof Catalogue>

export type CatalogueReading =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly problems: readonly { readonly path: string; readonly message: string }[] }

/** Reads a catalogue from parsed JSON; refuses a fact whose source is not a known page, with its path. */
export function readCatalogue(json: unknown): CatalogueReading {
  const parsed = Catalogue.safeParse(json)
  if (parsed.success) return { ok: true, catalogue: parsed.data }
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  }
}

/** The questions for the operator in the catalogue's order: path (such as components.hub.hardware), text, reason. */
export function openQuestions(catalogue: Catalogue): { at: string; question: string; why: string }[] {
  const ofComponents = componentNames.flatMap((name) =>
    Object.entries(catalogue.components[name]).flatMap(([key, entry]) =>
      isOperatorSupplied(entry) ? [{ at: `components.${name}.${key}`, question: entry.question, why: entry.why }] : [],
    ),
  )
  return [
    ...ofComponents,
    ...catalogue.operatorSupplied.map(({ topic, question, why }) => ({ at: topic, question, why })),
  ]
}

/** True where the documentation is silent and the operator answers. */
export function isOperatorSupplied(entry: unknown): entry is OperatorSupplied {
  return typeof entry === 'object' && entry !== null && 'operatorSupplied' in entry
}

/**
 * The documented names of the services that a component installs; empty where no page names one. With `bundled`, the
 * Hub brings its own Redis, whose service then belongs to the Hub.
 */
export function documentedServices(
  catalogue: Catalogue,
  component: (typeof componentNames)[number],
  bundled: boolean,
): string[] {
  const named = (of: (typeof componentNames)[number], when: 'always' | 'bundled') => {
    const services = catalogue.components[of].services
    return isOperatorSupplied(services)
      ? []
      : services.filter((service) => service.when === when).map((service) => service.value)
  }
  return [...named(component, 'always'), ...(component === 'hub' && bundled ? named('redis', 'bundled') : [])]
}

/** The documented backend port of the Hub, which must stay closed. Undefined if the catalogue names none. */
export function hubBackendPort(catalogue: Catalogue): number | undefined {
  const ports = catalogue.components.hub.ports
  return isOperatorSupplied(ports) ? undefined : ports.find((port) => port.what === 'backend')?.value
}
