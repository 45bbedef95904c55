/** The command `survey`: visits the hosts of a plan without changing anything. */
import { commandName } from '../../../../domain/base/command-name.ts'
import { withAbout } from '../../../../domain/base/finding.ts'
import { FailureError } from '../../../../domain/base/failure.ts'
import type { SurveyOptions } from '../../../app/core/survey.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { dbOption, vaultOptions, withApp } from '../open.ts'
import { sayFindings, takePlan } from '../plan-input.ts'
import { sayDiagnosis } from '../print-diagnosis.ts'
import { surveyText } from '../text/survey.ts'

export const survey: Command = {
  name: 'survey',
  summary: surveyText.summary,
  usage: 'PLAN [--db FILE] [--json]',
  example: `${commandName} survey site.json --db site.db`,
  options: { ...dbOption, ...vaultOptions },
  positionals: [1, 1],
  async run(words, terminal) {
    const { plan, baseDir } = await takePlan(words.positionals[0] ?? '')
    return withApp(words, {}, async (app) => {
      const stop = new AbortController()
      const interrupt = () => {
        stop.abort(new Error('interrupted'))
      }
      process.once('SIGINT', interrupt)
      process.once('SIGTERM', interrupt)
      try {
        const options: SurveyOptions = {
          signal: stop.signal,
          onHost: ({ host, facts, unreached }) => {
            terminal.say(
              `${host.padEnd(12)} ${unreached ? terminal.paint.warn(unreached.message) : (facts?.os.caption ?? '')}`,
            )
          },
        }
        const of = app.revisionOf(plan)
        if (!of) terminal.say(surveyText.notStored(app.store.file))
        const { hosts, failure } = of
          ? await app.surveyRevision(of, plan, baseDir, options)
          : { hosts: await app.survey(plan, baseDir, options), failure: null }
        if (failure) throw new FailureError(failure)
        const findings = hosts.flatMap((host) => host.findings)
        terminal.emit('survey', { hosts: hosts.map((host) => ({ ...host, findings: host.findings.map(withAbout) })) })
        for (const { host, diagnosis } of hosts) {
          if (!diagnosis) continue
          terminal.say(`\n${terminal.paint.bold(host)}`)
          sayDiagnosis(diagnosis, terminal)
        }
        terminal.say()
        sayFindings(findings, terminal)
        if (stop.signal.aborted) {
          terminal.complain(surveyText.interrupted(hosts.length, plan.hosts.length))
          return exitCodes.cancelled
        }
        return findings.some((finding) => finding.severity === 'block') ? exitCodes.blocked : exitCodes.done
      } finally {
        process.off('SIGINT', interrupt)
        process.off('SIGTERM', interrupt)
      }
    })
  },
}
