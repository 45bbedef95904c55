/** Texts of the checks of layout, environments, licence, ports and waves. */
import { plural } from '../../base/plural.ts'
import { firstOf, type Advice } from './advice.ts'

export const layoutText = {
  clients: {
    title: 'Windows machines for Studio and Runner',
    none: (component: string): Advice => ({
      message: `No host has ${component}. Windows machines for Studio and Runner are a required prerequisite.`,
      remedy: `Place ${component} on a Windows machine, or accept this finding and note where ${component} runs.`,
    }),
    notWindows: (host: string, component: string): Advice => ({
      message: `The plan declares ${host} as another operating system. ${component} needs a Windows machine.`,
      remedy: 'Correct the operating system of the host, or choose a Windows machine.',
    }),
    pass:
      'Studio and Runner have machines. The documentation says only "Windows machines". ' +
      'Ask Exekra which editions it supports.',
  },
  productionRedis: {
    title: 'A Redis of its own',
    bundled: {
      message:
        'The enterprise layout uses the Redis bundled with the Hub. ' +
        'The documentation describes a production Redis on a hardened cache server.',
      remedy: 'Place Redis on a server of its own or connect an existing one, or accept the bundled Redis.',
    },
    shared: {
      message: 'Redis shares the host of the Hub. The enterprise layout describes a cache server of its own.',
      remedy: 'Place Redis on a server of its own, or accept this.',
    },
    passBundled: 'The Hub brings its own Redis. An existing production Redis is optional.',
    pass: 'Redis runs apart from the Hub.',
  },
  dedicatedDatabase: {
    title: 'A database server of its own',
    shared: (host: string): Advice => ({
      message: `PostgreSQL shares ${host} with other components. The enterprise layout describes a database server of its own.`,
      remedy: 'Place PostgreSQL on a server of its own, or accept this.',
    }),
    passManaged: 'PostgreSQL is managed on a server of its own.',
    passShared: 'PostgreSQL shares a host, as the pilot layout describes.',
    pass: 'PostgreSQL has a server of its own.',
  },
  loadBalancer: {
    title: 'Load balancer (Phase 2)',
    planned: {
      message:
        'The plan names a load balancer. The documentation lists it as "Phase 2" in front of several Hubs. ' +
        'Rollout shows it on the map and installs nothing for it.',
      remedy: 'Remove the load balancer, or keep it as a note for later. Studio and Runner reach the Hub directly.',
    },
    pass: 'The plan has no load balancer. The Hub is a single instance today.',
  },
  dedicatedRunners: {
    title: 'Dedicated Runner machines',
    onServer: (component: string, host: string, server: string): Advice => ({
      message: `${component} shares ${host} with ${server}. Both documented layouts put it on another machine.`,
      remedy: `Move ${component} to another machine, or accept this.`,
    }),
    withStudio: (host: string): Advice => ({
      message: `The Runner shares ${host} with Studio. The enterprise layout describes dedicated Runner machines.`,
      remedy: 'Give the Runner a machine of its own, or accept this.',
    }),
    pass: 'Studio and Runner are on machines that the layout describes for them.',
  },
  pilotSize: {
    title: 'Size of a pilot',
    large: (runners: number, advised: number): Advice => ({
      message: `The pilot has ${plural(runners, 'Runner')}. The documentation describes it for up to roughly ${advised}.`,
      remedy: 'Use the enterprise layout, or place fewer Runners.',
    }),
    pass: (runners: number, advised: number) =>
      `The pilot has ${plural(runners, 'Runner')}. The documentation describes it for up to roughly ${advised}.`,
  },
  runnerInbound: {
    title: 'No inbound port on a Runner',
    open: (port: number, host: string): Advice => ({
      message: `Another component on ${host} needs inbound TCP ${port}. A Runner by itself needs no inbound port.`,
      remedy: 'Move the other component or the Runner, or accept the open port.',
    }),
    pass: 'No network path ends at a Runner. Runners make outbound HTTPS connections only.',
  },
  firewallRules: {
    title: 'Firewall rules for the Hub',
    namesOnly: (port: number, host: string, clients: readonly string[]): Advice => ({
      message:
        `The rule for TCP ${port} on ${host} cannot be limited to ${firstOf(clients, 5)}: ` +
        'the plan has only names for them, and a firewall rule takes IP addresses.',
      remedy: 'Give these hosts IP addresses in the plan, or open the port for their network yourself.',
    }),
    pass: (hosts: number, addresses: number) =>
      `The plan defines inbound rules on ${plural(hosts, 'host')} for ${plural(addresses, 'source address', 'source addresses')}.`,
  },
  portClash: {
    title: 'One port, one component',
    twice: (port: number, host: string, first: string, second: string): Advice => ({
      message:
        `The plan uses TCP ${port} of ${host} twice: for ${first} and for ${second}. ` +
        'Only one program can listen on a port.',
      remedy: 'Change one of the ports in the plan, or move one component to another host.',
    }),
    pass:
      'No two components of the plan use the same port of a host. ' +
      'The port of a bundled Redis is not documented, so Rollout does not check it.',
  },
  environments: {
    title: 'Environments',
    ownHub: (name: string): Advice => ({
      message:
        `The environment ${name} asks for a Hub of its own. ` +
        'A plan has one Hub. Environments are separate Hub instances or Runner labels.',
      remedy: `Make a separate plan for ${name}, or separate it by Runner labels.`,
    }),
    unused: (name: string): Advice => ({
      message: `The environment ${name} has no Runner.`,
      remedy: 'Give a Runner that environment, or remove it.',
    }),
    runnerWithout: (host: string): Advice => ({
      message: `The Runner on ${host} belongs to no environment of the plan. It may run work of any of them.`,
      remedy: 'Choose the environment of this Runner.',
    }),
    passNone: 'The plan has no separate environments.',
    pass: 'Every environment has Runners and every Runner an environment. Runner labels separate them.',
  },
  licenceNetwork: {
    title: 'Licence and network',
    offline: (pages: string): Advice => ({
      message:
        'The plan activates the licence online, but the site has no internet. ' +
        `The pages differ on when the Hub contacts the portal: ${pages}.`,
      remedy: 'Choose air-gapped activation, or set that the site has internet if the Hub may reach the portal.',
    }),
    sides: (sides: readonly { readonly value: string; readonly source: readonly string[] }[]) =>
      sides.map((side) => `"${side.value}" ${side.source.join(', ')}`).join(' against '),
    passOffline: 'You upload the licence file to the Hub. The Hub needs no network call.',
    pass: "The plan activates the licence online, and the site has internet. The portal's address is not documented.",
  },
  licenceRunners: {
    title: 'Runners within the licence',
    unknown: (planned: number): Advice => ({
      message: `The plan places ${plural(planned, 'Runner')}, but does not name how many the licence allows.`,
      remedy: 'Enter the number of Runners that the licence was issued for.',
    }),
    tooMany: (planned: number, allowed: number): Advice => ({
      message: `The plan places ${plural(planned, 'Runner')}, but the licence allows ${allowed} in total.`,
      remedy: 'Obtain a larger licence (it needs no restart), or place fewer Runners.',
    }),
    pass: (planned: number, allowed: number | undefined) =>
      `The licence allows ${plural(allowed ?? 0, 'Runner')}, and the plan places ${planned}.`,
  },
  waves: {
    title: 'Waves and limits',
    canaryTooLarge: (stage: string, canary: number, hosts: number): Advice => ({
      message:
        `Stage ${stage} has ${plural(hosts, 'host')} and its canary has ${plural(canary, 'host')}: ` +
        'a fault would reach all of them at once.',
      remedy: `Set the canary of ${stage} below ${hosts}.`,
    }),
    canaryOfOne: (stage: string, canary: number): Advice => ({
      message: `The canary of stage ${stage} has ${plural(canary, 'host')}, but the stage has 1 host.`,
      remedy: `Set the canary of ${stage} to 1.`,
    }),
    noCanary: (stage: string, hosts: number): Advice => ({
      message: `Stage ${stage} has ${plural(hosts, 'host')} and no canary, so a fault in its first wave reaches several hosts at once.`,
      remedy: `Set the canary of ${stage} to 1.`,
    }),
    noLimit: {
      message: 'The rollout would continue until every host of a stage has failed: the limit is 100 %.',
      remedy: 'Lower the share of failed hosts that stops a stage.',
    },
    pass: 'Every stage with several hosts begins with a canary, and failures stop it.',
  },
} as const
