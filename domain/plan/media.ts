/** The media of a plan: every file that Rollout copies from the workstation to a host, and its measured state. */
import { onInstaller, theCertificate, type Subject } from '../base/subject.ts'
import { componentNames, type ComponentName } from '../base/ids.ts'
import type { Artefact } from './installer.ts'
import type { Plan } from './plan.ts'

export interface MediaFile {
  /** What findings about the file are about: an installer, or the certificate. */
  readonly owner: Subject
  /** The path of the file's description in the plan document, such as `installers.hub.extra[0]`. */
  readonly field: string
  readonly component: ComponentName | null
  readonly role: 'installer' | 'extra' | 'trust'
  readonly artefact: Artefact
}

/** What the workstation saw of one file; `sha256` is null when it was not hashed. */
export interface FileSeen {
  readonly exists: boolean
  readonly sha256: string | null
  readonly size: number | null
}

/** Every file of the plan's media, in the order of components; the same path may come up more than once. */
export function mediaOf(plan: Plan): MediaFile[] {
  const files: MediaFile[] = []
  for (const component of componentNames) {
    const installer = plan.installers[component]
    if (installer?.mode !== 'unattended') continue
    const owner = onInstaller(component)
    const field = `installers.${component}`
    files.push({ owner, field: `${field}.artefact`, component, role: 'installer', artefact: installer.artefact })
    for (const [i, artefact] of installer.extra.entries())
      files.push({ owner, field: `${field}.extra[${i}]`, component, role: 'extra', artefact })
  }
  if (plan.certificate.strategy === 'operator' && plan.certificate.trust)
    files.push({
      owner: theCertificate,
      field: 'certificate.trust',
      component: null,
      role: 'trust',
      artefact: plan.certificate.trust,
    })
  return files
}
