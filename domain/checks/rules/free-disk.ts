/** Checks that the media fit twice on the drive of the work folder: once as sent, once as unpacked. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { hostField } from '../../plan/plan-index.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'
import type { Facts } from '../../remote/facts.ts'
import { mediaOf } from '../../plan/media.ts'

const text = factsText.disk

export const freeDisk = defineCheck({
  id: 'free-disk',
  title: text.title,
  needs: 'facts',
  column: 'disk',
  source: rolloutSource,
  waivable: true,
  judge({ plan, index, surveyed, files, built }, say) {
    if (!files || built) return null
    const sizeOf = new Map<string, number>()
    let known = true
    for (const { component, artefact } of mediaOf(plan)) {
      const size = files.get(artefact.file)?.size ?? null
      if (size === null) known = false
      if (component !== null) sizeOf.set(component, (sizeOf.get(component) ?? 0) + (size ?? 0))
    }
    for (const { host, facts } of surveyed) {
      const bytes = (index.placementsOn.get(host.name) ?? []).reduce(
        (sum, { component, provision }) => sum + (provision === 'install' ? (sizeOf.get(component) ?? 0) : 0),
        0,
      )
      if (bytes === 0) continue
      const drive = driveOf(host.workFolder, facts)
      if (!drive)
        say.warn(onHost(host.name), text.unknown(host.name, host.workFolder), hostField(index, host.name, 'workFolder'))
      else if (drive.freeBytes < 2 * bytes)
        say.block(
          onHost(host.name),
          text.full(host.name, drive.name, drive.freeBytes, 2 * bytes),
          hostField(index, host.name, 'workFolder'),
        )
    }
    return known ? text.pass(surveyed.length) : null
  },
})

function driveOf(folder: string, facts: Facts): Facts['drives'][number] | undefined {
  if (/^[a-z]:/i.test(folder))
    return facts.drives.find((drive) => drive.name.slice(0, 1).toLowerCase() === folder.slice(0, 1).toLowerCase())
  return facts.drives
    .filter((drive) => drive.name.startsWith('/') && folder.startsWith(drive.name))
    .sort((a, b) => b.name.length - a.name.length)[0]
}
