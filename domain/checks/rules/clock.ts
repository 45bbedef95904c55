/** Checks that the clocks agree. The limit is that of Kerberos, and certificates and tokens are judged by the clock. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { defineCheck } from '../check-context.ts'
import { factsText } from '../text/facts.ts'

const limitMs = 5 * 60_000

const text = factsText.clock

export const clock = defineCheck({
  id: 'clock',
  title: text.title,
  needs: 'facts',
  column: 'clock',
  source: rolloutSource,
  waivable: true,
  judge({ surveyed, now }, say) {
    // The facts tell the host's time at the moment of asking; without ours at that moment there is nothing to hold it
    // against.
    if (now === undefined) return null
    for (const { host, facts } of surveyed) {
      const off = Date.parse(facts.clock) - now
      if (Number.isNaN(off)) say.warn(onHost(host.name), text.unknown(host.name, facts.clock))
      else if (Math.abs(off) > limitMs) say.block(onHost(host.name), text.off(host.name, off))
    }
    return text.pass(surveyed.length)
  },
})
