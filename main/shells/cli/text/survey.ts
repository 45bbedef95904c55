/** What `survey` prints. */
import { plural } from '../../../../domain/base/plural.ts'

export const surveyText = {
  summary:
    'Visits every host of a plan and changes nothing: collects facts and findings, ' +
    'and tests the firewall matrix from the hosts that will use it.',
  notStored: (database: string) =>
    `This survey is not stored: ${database} contains a draft of this plan with different content.`,
  interrupted: (visited: number, hosts: number) =>
    `Interrupted: visited ${visited} of ${plural(hosts, 'host')}. The others were not checked.`,
} as const
