/** Texts around the acceptance summary: contents, export and signing. Its own words are sealed in the domain. */

export const summaryText = {
  readingRuns: 'Reading the runs',
  readingLog: 'Reading the log of the run',
  notCreated: 'Rollout could not create the acceptance summary',
  notYet: 'Available once acceptance has run',
  notYetAbout:
    'The summary compares the plan with the result on each host. It lists hashes, exit codes, waivers, decisions with their reasons, gates and timings.',
  goToRun: 'Go to run',
  goToRollout: 'Go to rollout',
  run: 'Run',
  runOption: (when: string, run: string) => `${when} · ${run}`,
  contents: 'Contents',
  include: 'Include',
  everyStep: 'Every step and timing',
  tooManySteps: 'There are too many steps for this page. The JSON file contains all of them.',
  evidence: 'Evidence',
} as const

export const exportText = {
  title: 'Export',
  print: 'Print',
  html: 'Save HTML',
  json: 'Save JSON',
  contents: 'HTML matches this page. JSON contains everything. Neither contains secrets.',
} as const

export const paperText = {
  draft: 'Draft: not signed yet',
  practice: 'Practice site: no machine was touched.',
  subtitleOnPractice: (subtitle: string, practice: string) => `${subtitle}. ${practice}`,
} as const

export const signText = {
  title: 'Sign',
  seal: 'The seal is the SHA-256 of this summary. A signature is valid for this seal only.',
  signatures: 'Signatures',
  toSign: 'To sign on paper',
  signed: 'Signed',
  toSignAs: (role: string) => `${role}, to sign on paper`,
  signedAs: (role: string, when: string) => `${role}, ${when}`,
  signedOther: (role: string, when: string) => `${role}, ${when}, signed a different version`,
  name: 'Name',
  role: 'Role',
  recordedAs: (person: string) => `The audit records that ${person} signed here`,
  signHere: 'Sign here',
  addLine: 'Add line for paper',
  removeLine: (person: string) => `Remove line of ${person}`,
} as const
