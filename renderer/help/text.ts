/** The words of Help. */
import { plural } from '../../domain/base/plural.ts'

/** What Help says of each view. */
const views = {
  home: {
    title: 'Sites',
    text: 'Each site has one plan. Start with the practice site, the whole journey on simulated hosts.',
  },
  runs: { title: 'Runs', text: 'Every rollout that was started in this database, with its outcome.' },
  audit: { title: 'Audit', text: 'Who did what and when. Rollout verifies the chain of hashes each time.' },
  nowhere: { title: 'Unknown address', text: 'No view has this address. Go back to the list of sites.' },
  vault: {
    title: 'Vault',
    text: 'Credentials for hosts, and secrets for installers. Rollout never shows a stored secret.',
  },
  transports: {
    title: 'Transports',
    text: 'Recorded host keys and certificates. Rollout compares them before it signs in to a host.',
  },
  media: { title: 'Media', text: 'The installer files of all plans, with their SHA-256 on this workstation.' },
  catalogue: {
    title: 'Catalogue',
    text: 'The values that Exekra documents, with their pages, and the values that you supply.',
  },
  appearance: { title: 'Appearance', text: 'The colours of this window.' },
  data: { title: 'Data', text: 'The version, the database and the data folder. You can save a copy of the database.' },
  layout: { title: 'Layout', text: 'The layout of the site, and the names of plan and site.' },
  hosts: {
    title: 'Hosts',
    text: 'Paste hosts, import a file, or add them by hand. Rollout contacts no host here.',
  },
  map: {
    title: 'Topology map',
    text: 'The site as you plan it. Drag a component to another host, or move it with the keys.',
  },
  connections: {
    title: 'Connections & certificate',
    text: 'How clients reach the Hub, and how the Hub reaches its data.',
  },
  environments: { title: 'Environments & Runners', text: 'The environments, and which Runner belongs to which.' },
  installers: { title: 'Installers', text: 'The file, the arguments and the detection of each component.' },
  policy: { title: 'Rollout policy', text: 'Waves, canary, hosts at a time, and the limit for failed hosts.' },
  licence: { title: 'Licence', text: 'How the Hub gets its licence, and for how many Runners.' },
  findings: {
    title: 'Findings',
    text:
      'What the checks found, each with its reason, its source and what to do. A block prevents the ' +
      'lock. You can accept a warning with a reason.',
  },
  firewall: {
    title: 'Firewall matrix',
    text: 'Every network path the site needs, and every path that must stay closed. Give it to your firewall team.',
  },
  review: {
    title: 'Review & lock',
    text: 'Every command that will run, on which host and as whom. A rollout accepts a locked revision only.',
  },
  survey: {
    title: 'Survey',
    text: 'A survey reads every host and changes nothing. You can accept a finding with a reason.',
  },
  rollout: {
    title: 'Rollout',
    text:
      'The final list of hosts before anything starts. The first wave is the canary: all its hosts must ' +
      'finish before the next wave starts.',
  },
  dossier: { title: 'Acceptance summary', text: 'The plan and the result on each host, to print, sign and save.' },
  history: { title: 'History', text: 'The revisions of the plan, the differences between any two, and the runs.' },
  run: {
    title: 'Rollout',
    text:
      'What happens on every host, from the log of the run. Choose a host to see its steps and its ' +
      'output. A failure or a gate waits until you decide. Rollout undoes nothing on any host.',
  },
} as const

/** A view, a section of a plan or a part of the settings. */
export type ViewName = keyof typeof views

/** The keys of the window, and what each does. */
const keys = [
  ['F1', 'Open or close Help'],
  ['Ctrl+K', 'Search hosts, steps and commands'],
  ['F6, Shift+F6', 'Next, previous region of the window'],
  ['Alt+1 to Alt+5', 'Plan, Review, Survey, Rollout, Acceptance'],
  ['F8, Shift+F8', 'Next, previous problem'],
  ['Ctrl+B', 'Collapse or expand the navigation'],
  ['Ctrl+Shift+D', 'Open the decision that waits'],
  ['F9', 'Pause or resume the rollout'],
  ['Ctrl+J', 'Open or close the output'],
  ['Ctrl+F', 'Find in the focused list'],
  ['Arrows, Home, End, PgUp, PgDn', 'Move in map, tiles, table and log'],
  ['Space, Enter', 'Select, open'],
  ['+ - 0', 'Zoom in, zoom out, fit, while the map has the focus'],
  ['Ctrl+Z, Ctrl+Y', 'Undo, redo in a draft'],
  ['Ctrl+Shift+S', 'Speak a summary of the run'],
  ['Alt+Left', 'Back, while Help has the focus'],
  ['Esc', 'Close the open panel or dialog'],
] as const

export const helpText = {
  views,
  keys,
  title: 'Help',
  railHint: 'Help, F1',
  opened: 'Help is open. Press F6 to go there.',
  back: 'Back',
  backHint: 'Back, Alt+Left',
  close: 'Close Help',
  closeHint: 'Close Help, F1',
  searchLabel: 'Search Help',
  searchHint: 'Search the guide',
  results: 'Results',
  resultCount: (count: number) => plural(count, 'result'),
  noResult: (query: string) => `No page contains "${query}".`,
  aboutView: (title: string) => `This view: ${title}`,
  wholePage: 'Show the whole page',
  allPages: 'All pages',
  keysTitle: 'Keys',
  keysNote: 'No key cancels a rollout, aborts it or opens a gate.',
  copyCommand: 'Copy',
  missingPage: 'Help does not have this page. Choose another one under All pages.',
  practiceGuide: 'Show the practice guide',
  footHint: 'F1 closes Help',
} as const
