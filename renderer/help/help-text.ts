/** Owns what the help says of each screen, in two or three sentences. */
import type { Route } from '../shared/route.ts'

interface HelpText {
  readonly title: string
  readonly text: string
}

const sections: Readonly<Record<string, HelpText>> = {
  hosts: {
    title: 'Hosts',
    text: 'Which machines there are, and what each of them carries. Hosts are pasted, read from a file, or added by hand. Nothing here reaches a machine.',
  },
  findings: {
    title: 'Findings',
    text: 'What is judged of the plan, each with its reason, its source and what to do. A block holds the lock; a warning can be accepted by name.',
  },
  firewall: {
    title: 'Firewall matrix',
    text: 'Every network path that the site needs, and those that must stay closed. Give it to whoever opens the firewalls.',
  },
  map: {
    title: 'Topology map',
    text: 'The site as it will be. Hosts are moved by dragging or with the keys; what they carry changes with it.',
  },
  review: {
    title: 'Review & lock',
    text: 'Everything that will run, word for word, on which host and as whom. A rollout accepts a locked revision only.',
  },
  survey: {
    title: 'Survey',
    text: 'Looks at every host without changing it, and judges what it saw. A finding can be accepted by name, with a reason.',
  },
  rollout: {
    title: 'Rollout',
    text: 'The final list of hosts before anything begins. The first wave is the canary: it must settle before others begin.',
  },
}

/** The text for the place where the person is. */
export function helpFor(route: Route): HelpText {
  switch (route.view) {
    case 'run':
      return {
        title: 'Rollout',
        text: 'What happens on every host, from the log of the run. Choose a host to see its steps and its output. A failure or a gate waits for you as long as it takes; nothing is ever decided without you, and nothing is undone on any host.',
      }
    case 'plan':
      return (
        sections[route.section] ?? {
          title: 'Plan',
          text: 'A part of the plan. Changes are saved as you make them, and undone with Ctrl+Z. Nothing here reaches a machine.',
        }
      )
    case 'runs':
      return { title: 'Runs', text: 'Every rollout that was started on this computer, with what became of it.' }
    case 'settings':
      return { title: 'Settings', text: 'How the window looks, and where plans, logs and secrets lie.' }
    default:
      return {
        title: 'Sites',
        text: 'One plan for each site. Begin with the practice site: it is the whole journey on simulated hosts.',
      }
  }
}
