/** Checks that the clocks agree. The limit is that of Kerberos, and certificates and tokens are judged by the clock. */
import { rolloutSource } from '../../base/finding.ts'
import { onHost } from '../../base/subject.ts'
import { plural } from '../../base/plural.ts'
import { defineCheck } from '../check-context.ts'

const limitMs = 5 * 60_000

export const clock = defineCheck({
  id: 'clock',
  title: 'Clock',
  needs: 'facts',
  column: 'clock',
  source: rolloutSource,
  waivable: true,
  judge({ surveyed, now }, say) {
    // The facts tell the host's time at the moment of asking; without ours at that moment there is nothing to hold it against.
    if (now === undefined) return null
    for (const { host, facts } of surveyed) {
      const off = Date.parse(facts.clock) - now
      if (Number.isNaN(off))
        say.warn(
          onHost(host.name),
          `The clock of ${host.name} could not be read (${facts.clock}).`,
          'Survey the host again.',
        )
      else if (Math.abs(off) > limitMs)
        say.block(
          onHost(host.name),
          `The clock of ${host.name} is ${duration(Math.abs(off))} ${off > 0 ? 'ahead of' : 'behind'} this workstation's. Certificates and session tokens are judged by the clock, and domain sign-in refuses more than 5 minutes.`,
          'Set the time on the host (or here), and repair its time source.',
        )
    }
    return `The clocks of ${plural(surveyed.length, 'host')} agree with this workstation's to 5 minutes.`
  },
})

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}
