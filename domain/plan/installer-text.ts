/** The texts of a plan's installers that reach a host, for checks that read them. */
import { onInstaller, type Subject } from '../base/subject.ts'
import { componentNames } from '../base/ids.ts'
import type { Plan } from './plan.ts'

export interface InstallerText {
  /** The installer, as findings name it. */
  readonly owner: Subject
  /** The path of the text in the plan document, such as `installers.hub.arguments[1]`. */
  readonly field: string
  readonly kind: 'argument' | 'environment' | 'instruction' | 'detection'
  /** Where it stands, for a message: `Argument 2`, `Environment DATABASE_URL`. */
  readonly where: string
  readonly text: string
  /** The variable's name, or the argument before this one. */
  readonly label: string
}

/** Every text in the order of components. Secrets of the environment are names of vault entries and are left out. */
export function installerTexts(plan: Plan): InstallerText[] {
  return componentNames.flatMap((component): InstallerText[] => {
    const installer = plan.installers[component]
    if (!installer) return []
    const owner = onInstaller(component)
    const field = `installers.${component}`
    const detection: InstallerText[] =
      installer.detect.file === undefined
        ? []
        : [
            {
              owner,
              field: `${field}.detect.file`,
              kind: 'detection',
              where: 'The file in the detection',
              text: installer.detect.file,
              label: '',
            },
          ]
    if (installer.mode === 'by-hand')
      return [
        ...installer.instructions.map((text, i): InstallerText => ({
          owner,
          field: `${field}.instructions[${i}]`,
          kind: 'instruction',
          where: `Instruction ${i + 1}`,
          text,
          label: '',
        })),
        ...detection,
      ]
    const given = installer.arguments.map((text, i): InstallerText => ({
      owner,
      field: `${field}.arguments[${i}]`,
      kind: 'argument',
      where: `Argument ${i + 1}`,
      text,
      label: installer.arguments[i - 1] ?? '',
    }))
    const environment = Object.entries(installer.environment).flatMap(([name, value]): InstallerText[] =>
      'text' in value
        ? [
            {
              owner,
              field: `${field}.environment.${name}.text`,
              kind: 'environment',
              where: `Environment value ${name}`,
              text: value.text,
              label: name,
            },
          ]
        : [],
    )
    return [...given, ...environment, ...detection]
  })
}
