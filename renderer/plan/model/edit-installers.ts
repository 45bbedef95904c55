/** Owns the edits of installers: pure, from a document to the next. */
import { documentedServices, type Catalogue } from '../../../domain/plan/catalogue.ts'
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Installer } from '../../../domain/plan/installer.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { typedNumber, withoutUndefined } from './edit.ts'

export type Unattended = Extract<Installer, { mode: 'unattended' }>
export type ByHand = Extract<Installer, { mode: 'by-hand' }>

/** An installer as it begins. What is documented is filled in, and nothing else: the rest is the operator's. The exit codes are Windows Installer's own. */
export function freshInstaller(
  mode: Installer['mode'] | 'none',
  component: ComponentName,
  catalogue: Catalogue | null,
): Installer | undefined {
  const service = catalogue ? documentedServices(catalogue, component, false)[0] : undefined
  const detect = withoutUndefined({ service })
  switch (mode) {
    case 'none':
      return undefined
    case 'unattended':
      return {
        mode,
        artefact: { file: '' },
        extra: [],
        arguments: [],
        environment: {},
        exitCodes: { success: [0], reboot: [3010], rebooting: [1641], retry: [1618] },
        timeoutMinutes: 60,
        detect,
        services: [],
      }
    case 'by-hand':
      return { mode, instructions: [], detect, services: [] }
  }
}

/** The plan with that installer for a component, or with none. */
export function setInstaller(plan: Plan, component: ComponentName, installer: Installer | undefined): Plan {
  return { ...plan, installers: withoutUndefined({ ...plan.installers, [component]: installer }) }
}

/** The lines of a text that say something. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Numbers written with commas or blanks between; what is no number stays, and is refused in words. */
export function codesOf(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((code) => code !== '')
    .map(typedNumber)
}

/** The environment with one variable under another name, in its place. */
export function renameVariable(
  environment: Unattended['environment'],
  name: string,
  next: string,
): Unattended['environment'] {
  return Object.fromEntries(Object.entries(environment).map(([one, value]) => [one === name ? next : one, value]))
}
