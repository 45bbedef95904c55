/** The words of the home page. */
import type { Overview } from '../shared/overview-store.ts'

type AttentionKind = Overview['attention'][number]['kind']

/** What happened to a plan, after its name. */
const attention: Readonly<Record<AttentionKind, string>> = {
  gate: 'waits for you at a gate',
  decision: 'waits for your decision',
  'by-hand': 'waits for work by hand',
  paused: 'is paused',
  'not-driven': 'is interrupted',
}

const attentionAct: Readonly<Record<AttentionKind, string>> = {
  gate: 'Go to gate',
  decision: 'Decide',
  'by-hand': 'Go to work by hand',
  paused: 'Go to run',
  'not-driven': 'Go to run',
}

export const homeText = {
  title: 'Sites',
  lead: 'Each site has one plan. Plans, logs and secrets stay on this workstation.',
  unreadable: 'Rollout cannot read the sites',
  reading: 'Reading plans and runs',
  attention,
  attentionAct,
  attentionList: 'Needs you',
  waiting: 'Waiting',

  firstTitle: 'Plan a site, prove it, roll it out',
  firstLead:
    'Exekra Rollout installs Hub, PostgreSQL, Redis, Studio and Runner on your hosts from this workstation. ' +
    'Nothing leaves your network.',
  needsTitle: 'What you need for a real site',
  needs: {
    hub: 'A Windows host for the Hub: Server 2019 or later, or Windows 10/11 Pro',
    database: 'PostgreSQL 14 or later that the Hub can reach',
    certificate: "A certificate for the Hub, or the installer's self-signed one for a pilot",
    account: 'An account with administrator rights on each host, stored in the vault',
  },

  practiceTitle: 'Practice site',
  practiceKicker: 'Start here',
  practiceText:
    'Rehearse the whole journey on ten simulated hosts: plan, review, rollout, failure, acceptance. ' +
    'No machine is touched, and you need no credential.',
  practiceDuration: 'About five minutes',
  practiceFaults: 'Three faults: a failed installation, a restart, a broken link',
  practiceStart: 'Start practice',
  practiceStarting: 'Creating the site',

  plansTitle: 'Plans',
  plansFilter: 'Filter plans',
  plansNone: (filter: string) => `No plan has "${filter}" in its name or site.`,
  columns: { site: 'Site', layout: 'Layout', revision: 'Revision', state: 'State' },
  layouts: { pilot: 'Small team', enterprise: 'Enterprise' },
  locked: 'Locked',
  draft: 'Draft',
  notStarted: 'Not started',
  planUnreadable: 'Cannot be read',
  planUnreadableTitle: (planId: string) => `Rollout cannot read plan ${planId}`,
  planShowFile: 'Show file',

  runsTitle: 'Recent runs',
  runsAll: 'All runs',
  steps: (settled: string, total: string) => `${settled} of ${total} steps`,

  newPlan: 'New plan',
  newPlanAbout: 'List the hosts, place the components, and see what is missing. This works without a network.',
  newPlanName: 'Name',
  newPlanNameExample: 'Accra data centre',
  newPlanLayout: 'Layout',
  newPlanPilot: 'Small team: Hub, PostgreSQL and Redis on one server',
  newPlanEnterprise: 'Enterprise: a server for each, Runners by environment',
  newPlanCreate: 'Create plan',
  openPlan: 'Open plan file',
  openPlanAbout:
    'A plan file on this workstation, with its media in the same folder. The command line writes such files.',
  openPlanPath: 'Full path of the file on this workstation',
  openPlanPathHint: 'Relative paths of media start from its folder.',
  openPlanOpen: 'Open',
  importPlan: 'Import plan',
  importPlanAbout: 'Read a plan file that a colleague sent you.',
  importPlanFile: 'Plan file',
  refusedTitle: 'Rollout cannot read this file as a plan',
  refusedWhole: 'the document',
  cancel: 'Cancel',
  close: 'Close',
} as const
