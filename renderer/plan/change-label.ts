/** A difference of two plans in words: the thing, the label of the field, the values. Pure. */
import type { Subject } from '../../domain/base/subject.ts'
import { subjectText } from '../../domain/base/subject.ts'
import { componentTitles } from '../../domain/base/titles.ts'
import type { PlanChange } from '../../domain/plan/plan-diff.ts'
import { systemName } from '../shared/format.ts'
import { hostFieldLabel, planFieldLabel } from './field-label.ts'
import { certificateText, connectionsText, environmentsText, layoutText, licenceText, reachText } from './forms/text.ts'
import { installersText } from './installers/text.ts'
import { changeText } from './text.ts'

/** The thing that changed as the window names it: RUN001, Runner on RUN002, Installer of Hub, Plan. */
export function changedThing(subject: Subject): string {
  switch (subject.kind) {
    case 'plan':
      return changeText.plan
    case 'host':
      return subject.host
    case 'placement':
      return changeText.placement(componentTitles[subject.component], subject.host)
    case 'installer':
      return changeText.installer(componentTitles[subject.component])
    case 'environment':
      return changeText.environment(subject.name)
    default:
      return subjectText(subject)
  }
}

/** The label of the field that changed; empty where the whole thing came or went. Never a path of the document. */
export function changedField({ subject, path }: PlanChange): string {
  if (path === '') return ''
  const [, list] = /^(hosts|placements|environments|installers) \(order\)$/.exec(path) ?? []
  if (list !== undefined) return changeText.orders[list as keyof typeof changeText.orders]
  return changeText.others[path] ?? labelOf(subject, path) ?? plainWords(path)
}

/** A value as its field shows it; `null` and the empty text as they are. */
export function changedValue({ subject, path }: PlanChange, value: string | null): string | null {
  if (value === null || value === '') return value
  const field = subject.kind === 'plan' ? path : `${subject.kind}.${path}`
  const choice = choices[field]?.[value]
  if (choice !== undefined) return choice
  if (field === 'host.os') return systemName(value)
  if (value === 'true' || value === 'false') return changeText.flags[value]
  return value.startsWith('[') ? listed(value) : value
}

function labelOf(subject: Subject, path: string): string | null {
  switch (subject.kind) {
    case 'host':
      return hostFieldLabel(path === 'reach.kind' ? 'reach' : path)
    case 'installer':
      return planFieldLabel(`installers.${subject.component}.${path}`)
    case 'environment':
      return path === 'separation' ? environmentsText.separation(subject.name) : null
    default:
      return planFieldLabel(path)
  }
}

/** `largeFiles.by` as Large files by: for a field that no form has. */
function plainWords(path: string): string {
  const words = path
    .replace(/[.[\]]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1).trim()
}

const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  layout: { pilot: layoutText.choices.pilot.title, enterprise: layoutText.choices.enterprise.title },
  'database.kind': connectionsText.postgresqlPlaces,
  'redis.kind': connectionsText.redisPlaces,
  'certificate.strategy': certificateText.strategies,
  'licence.mode': licenceText.modes,
  'host.reach.kind': reachText.ways,
  'host.reach.auth': reachText.auths,
  'installer.mode': installersText.modes,
  'placement.provision': changeText.provisions,
  'environment.separation': environmentsText.separations,
}

/** A list of the document as its entries: texts as they are, files by their name. */
function listed(value: string): string {
  const entries: unknown = JSON.parse(value)
  if (!Array.isArray(entries)) return value
  return entries.map(entryText).join(', ')
}

function entryText(entry: unknown): string {
  if (typeof entry === 'object' && entry !== null && 'file' in entry && typeof entry.file === 'string')
    return entry.file
  return typeof entry === 'string' ? entry : JSON.stringify(entry)
}
