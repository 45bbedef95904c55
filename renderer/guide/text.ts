/** The words of the practice guide. */
import { plural } from '../../domain/base/plural.ts'

export const guideText = {
  label: 'Practice guide',
  station: (number: number, count: number, title: string) => `${number} of ${count} · ${title}`,
  simulated:
    'Simulated: the hosts, their network, the installers and the time that passes. ' +
    'Real: the plan and its checks, the engine, the log and every decision. A real site does the same.',
  whatIsSimulated: 'What is simulated',
  close: 'Close the guide',
  closeHint: 'Close the guide. Help (F1) brings it back',
  planOwnSite: 'Plan your own site',
  goToRollout: 'Go to rollout',
  goToReview: 'Go to review',
  goToStart: 'Go to rollout',
  goToSurvey: 'Go to survey',
  goToSummary: 'Acceptance summary',
  review: {
    title: 'Review & lock',
    text:
      'You see all commands that will run. Check them, then lock the revision at the right. A ' +
      'rollout accepts a locked revision only.',
  },
  plan: {
    title: 'Plan',
    text: (hosts: number) =>
      `${plural(hosts, 'host')} ${hosts === 1 ? 'is' : 'are'} planned for you. ` +
      'See hosts, findings and the firewall matrix at the left. Nothing here touches a machine.',
  },
  start: {
    title: 'Start',
    text:
      'The final list of hosts. Start the rollout at the right: servers first, then one Runner as the ' +
      'canary, then the others in waves.',
  },
  survey: {
    title: 'Survey',
    text:
      'A survey reads every host and changes nothing. On a real site it finds a closed port or a full ' +
      'drive before you install anything.',
  },
  locked: {
    title: 'Locked',
    text: 'The revision is locked. Survey the hosts first: a survey changes nothing. Then start the rollout.',
    textWithoutSurvey: 'The revision is locked. Only the commands that you reviewed will run. Next is the rollout.',
  },
  cancelled: {
    title: 'Cancelled',
    text:
      'The rollout was cancelled. Steps that were running finished, and nothing was undone. A new ' +
      'rollout of this revision checks first and does only the missing steps.',
  },
  accepted: {
    title: 'Accepted',
    text:
      'You planned, proved and rolled out a site and decided its failures. The acceptance summary shows ' +
      'it to others. A real site takes the same path.',
  },
  failure: {
    title: 'A failure',
    text:
      'One installation failed on purpose. Choose Decide, see the evidence, then choose Retry. The ' +
      'other hosts continue.',
  },
  gate: {
    title: 'A gate',
    text:
      'Some things only a person can verify. Choose Go to gate, confirm each item and open the gate. ' +
      'Until then the next stage does not start.',
  },
  paused: {
    title: 'Paused',
    text:
      'Running steps have finished and nothing new starts. Resume when you like. Nothing is lost, even ' +
      'if you close this window.',
  },
  interrupted: {
    title: 'Interrupted',
    text:
      'No process is running this rollout. Choose Resume: Rollout checks every host first and starts no ' +
      'installer twice.',
  },
  running: {
    title: 'Running',
    text:
      'Choose a host to see its steps and its output. One Runner fails on purpose. Another restarts and ' +
      'a third loses its link. Rollout handles both itself.',
  },
} as const
