/** Edits of installers. Pure: each returns the next document or value. */
import { documentedServices, type Catalogue } from '../../../domain/plan/catalogue.ts'
import type { ComponentName } from '../../../domain/base/ids.ts'
import type { Installer } from '../../../domain/plan/installer.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { typedNumber, withoutUndefined } from './edit.ts'

export type Unattended = Extract<Installer, { mode: 'unattended' }>
export type ByHand = Extract<Installer, { mode: 'by-hand' }>

/** A new installer with the documented service and the exit codes of Windows Installer; undefined for `none`. */
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

/** The plan with an installer for a component, or without one. */
export function setInstaller(plan: Plan, component: ComponentName, installer: Installer | undefined): Plan {
  return { ...plan, installers: withoutUndefined({ ...plan.installers, [component]: installer }) }
}

/** The lines of a text that are not empty. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The numbers of a text, separated by commas, semicolons or spaces. Other words stay, and the schema refuses them. */
export function codesOf(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((code) => code !== '')
    .map(typedNumber)
}

/** The environment with one variable renamed, in the same position. */
export function renameVariable(
  environment: Unattended['environment'],
  name: string,
  next: string,
): Unattended['environment'] {
  return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key === name ? next : key, value]))
}
