/** The subject of a finding, a waiver or a change of the plan, as data; its text is for people and old files. */
import { z } from 'zod'
import { componentNames, type ComponentName } from './ids.ts'

const component = z.enum(componentNames)

/** `path` is a path of the firewall matrix. `text` is a subject of an earlier version that no rule here reads. */
export const Subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('plan') }),
  z.strictObject({ kind: z.literal('host'), host: z.string() }),
  z.strictObject({ kind: z.literal('placement'), component, host: z.string() }),
  z.strictObject({ kind: z.literal('installer'), component }),
  z.strictObject({ kind: z.literal('certificate') }),
  z.strictObject({ kind: z.literal('environment'), name: z.string() }),
  z.strictObject({ kind: z.literal('path'), from: z.string(), to: z.string(), port: z.int() }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
])
export type Subject = z.infer<typeof Subject>

export const wholePlan: Subject = { kind: 'plan' }
export const theCertificate: Subject = { kind: 'certificate' }

/** The subject for a host. */
export function onHost(host: string): Subject {
  return { kind: 'host', host }
}

/** The subject for a component on a host. */
export function onPlacement(placed: ComponentName, host: string): Subject {
  return { kind: 'placement', component: placed, host }
}

/** The subject for the installer of a component. */
export function onInstaller(installed: ComponentName): Subject {
  return { kind: 'installer', component: installed }
}

/** The subject for an environment of the plan. */
export function onEnvironment(name: string): Subject {
  return { kind: 'environment', name }
}

/** The subject for one path of the firewall matrix: another path from the same host is another subject. */
export function onPath({ from, to, port }: { readonly from: string; readonly to: string; readonly port: number }) {
  return { kind: 'path', from, to, port } satisfies Subject
}

/** The subject in words, such as `plan`, `host HUB01`, `placement runner on RUN003`, `path RUN003>HUB01:4545`. */
export function subjectText(subject: Subject): string {
  switch (subject.kind) {
    case 'plan':
    case 'certificate':
      return subject.kind
    case 'host':
      return `host ${subject.host}`
    case 'placement':
      return `placement ${subject.component} on ${subject.host}`
    case 'installer':
      return `installer ${subject.component}`
    case 'environment':
      return `environment ${subject.name}`
    case 'path':
      return `path ${pathId(subject)}`
    case 'text':
      return subject.text
  }
}

/** The id of the flow that a path of the matrix is: `RUN003>HUB01:4545`. */
export function pathId({ from, to, port }: Extract<Subject, { kind: 'path' }>): string {
  return `${from}>${to}:${port}`
}

/** True where both are about the same thing. */
export function isSameSubject(a: Subject, b: Subject): boolean {
  return subjectText(a) === subjectText(b)
}

/** The host it is about; of a path the source. Undefined where it is about none. */
export function hostOf(subject: Subject): string | undefined {
  switch (subject.kind) {
    case 'host':
    case 'placement':
      return subject.host
    case 'path':
      return subject.from
    default:
      return undefined
  }
}

/**
 * Reads the text form, which is how earlier versions stored a subject. `subjectText` of the result is the text again:
 * a text of no known form becomes a subject of kind `text`.
 */
export function subjectOfText(text: string): Subject {
  if (text === 'plan') return wholePlan
  if (text === 'certificate') return theCertificate
  const [, host] = /^host (\S+)$/.exec(text) ?? []
  if (host !== undefined) return onHost(host)
  const [, placed, at] = /^placement (\w+) on (\S+)$/.exec(text) ?? []
  if (at !== undefined && isComponent(placed)) return onPlacement(placed, at)
  const [, installed] = /^installer (\w+)$/.exec(text) ?? []
  if (isComponent(installed)) return onInstaller(installed)
  const [, from, to, port] = /^path ([^\s>]+)>([^\s>]+):([1-9]\d{0,4})$/.exec(text) ?? []
  if (from !== undefined && to !== undefined) return onPath({ from, to, port: Number(port) })
  return { kind: 'text', text }
}

function isComponent(name: string | undefined): name is ComponentName {
  return (componentNames as readonly (string | undefined)[]).includes(name)
}

/** A subject in a stored document: data, or the text form of an earlier version. */
export const StoredSubject = z.union([Subject, z.string().transform(subjectOfText)])
