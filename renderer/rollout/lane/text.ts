/** Texts of the lane of one host: its steps, the facts of a step, and why the host does not answer. */

export const laneText = {
  panel: (host: string) => `Lane of ${host}`,
  steps: 'Steps',
  attempt: (attempt: number) => `Attempt ${attempt}`,
  skippedBy: (person: string, why: string) => `Skipped by ${person}: ${why}`,
  job: 'a job on the host',
} as const

export const stepText = {
  about: (step: string) => `About ${step}`,
  copyLink: 'Copy link to this step',
  usuallyShort: 'Usually under 1 s in this run',
  usually: (from: string, to: string) => `Usually ${from} to ${to} in this run`,
  command: 'Command',
  runsAs: 'Runs as',
  effect: 'Effect',
  success: 'Success',
  ifLost: 'If the connection is lost',
} as const

export const silenceText = {
  region: 'Why the host does not answer',
  checkedOver: (protocol: string, port: number) => `Checked over ${protocol}, port ${port}.`,
  passed: (protocol: string, port: number, checks: string) => `Checked over ${protocol}, port ${port}. OK: ${checks}.`,
  reachable: 'Rollout can reach the host now. Its lane continues with the next try.',
  notSignedIn: 'The host answers. Rollout did not sign in because no credential is named.',
  hint: 'Rollout connects step by step, as in a rollout. It changes nothing on the host.',
  find: 'Find the cause',
  checking: 'Checking',
  checkAgain: 'Check again',
} as const
