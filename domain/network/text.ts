/** Reasons of the paths of the firewall matrix, and the titles of firewall rules and ports. */

export const flowText = {
  studioToHub: 'Studio reaches the Hub by HTTPS',
  runnerToHub: 'The Runner polls the Hub by outbound HTTPS and needs no inbound port',
  database: 'The Hub keeps all its state in PostgreSQL, which must be reachable from the Hub server',
  redis: 'The Hub keeps its execution queue in Redis',
  backend: "The Hub's backend is internal. Clients reach it through /api/ on the HTTPS port only",
  pull:
    'The host fetches files over 10 MB from this workstation by HTTPS. The port is open only during that time. ' +
    'If it is blocked, the files go through WinRM, which is slower',
  smb: 'Rollout copies files over 10 MB to the C$ share of the host',
  reach: (protocol: string) => `Rollout reaches the host by ${protocol}`,
  reachAuto: (protocol: string, ports: string) =>
    `Rollout reaches the host by ${protocol}, or by another of its ports (${ports}). One is enough`,
  both: (first: string, second: string) => `${first}. ${second}`,
  portal: 'Customer Portal',
  activation: 'Online activation contacts the Customer Portal once. Later validation is optional',
  activationQuestion: 'To which address and port does the Hub connect for activation? No page names it.',
} as const

export const ruleText = {
  title: (purposes: readonly string[], port: number) => `Exekra Rollout: ${purposes.join(' and ')} (TCP ${port})`,
  purposes: {
    'hub-https': 'Hub HTTPS',
    database: 'PostgreSQL',
    redis: 'Redis',
    'hub-backend': 'Hub backend',
    management: 'management',
  },
} as const

export const portText = {
  reach: (protocol: string, certain: boolean) =>
    `${protocol}, by which Rollout ${certain ? 'reaches' : 'may reach'} the host`,
  hubHttps: 'HTTPS of the Hub',
  hubBackend: "the Hub's internal backend",
  postgresql: 'PostgreSQL',
  redis: 'Redis',
} as const
