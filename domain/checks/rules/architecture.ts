/** Checks that the processor is of the ordinary 64-bit kind; no page says which are supported. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'

export const architecture = defineCheck({
  id: 'architecture',
  title: 'Architecture',
  needs: 'facts',
  column: 'bits',
  source: rolloutSource,
  waivable: true,
  judge({ surveyed }, say) {
    for (const { host, facts } of surveyed) {
      const text = facts.os.architecture
      if (text === '')
        say.warn(onHost(host.name), `The architecture of ${host.name} is not known.`, 'Survey the host again.')
      else if (!/64/.test(text) || /arm/i.test(text))
        say.warn(
          onHost(host.name),
          `${host.name} is ${text}. No page of Exekra's says which architectures it supports; the installer may not run.`,
          'Ask Exekra, or use an x64 machine.',
        )
    }
    return `64-bit Windows on ${plural(surveyed.length, 'host')}.`
  },
})
