/** Owns the media of a plan: every file that must leave the workstation for a host, and what was seen of it. */
import { componentNames, type ComponentName } from '../base/ids.ts'
import type { Artefact } from './installer.ts'
import type { Plan } from './plan.ts'

export interface MediaFile {
  /** `installer hub` or `certificate`: the subject findings about the file use. */
  readonly owner: string
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
    const owner = `installer ${component}`
    files.push({ owner, component, role: 'installer', artefact: installer.artefact })
    for (const artefact of installer.extra) files.push({ owner, component, role: 'extra', artefact })
  }
  if (plan.certificate.strategy === 'operator' && plan.certificate.trust)
    files.push({ owner: 'certificate', component: null, role: 'trust', artefact: plan.certificate.trust })
  return files
}
