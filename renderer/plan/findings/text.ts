/** Texts of the findings of a plan, in the list and on the card of one. */
import { plural } from '../../../domain/base/plural.ts'

export const findingsText = {
  waiting: 'Checking the plan',
  filterBySeverity: 'Filter by severity',
  all: 'All',
  filterByHost: 'Filter by host',
  none: 'No finding matches the filter.',
  noneAbout: (text: string) => `No finding matches the filter for hosts with “${text}” in their name.`,
  severity: 'Severity',
  finding: 'Finding',
  about: 'About',
  check: 'Check',
  close: 'Close panel',
  oneByOne: (about: string) => `${about}, one by one`,
  more: (others: number) => `And ${others} more like it`,
  hosts: (hosts: number) => plural(hosts, 'host'),
  places: (places: number) => plural(places, 'place'),
  toDo: 'To do',
  acceptedBy: (by: string, reason: string) => `Accepted by ${by}: ${reason}`,
  accept: 'Accept finding',
  reason: (revision: number) => `Reason, recorded with your name for revision ${revision}`,
  cancel: 'Cancel',
  toSurvey: 'Go to the survey',
  toPath: 'Go to the path',
  toField: 'Go to the field',
} as const
