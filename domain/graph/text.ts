/** Texts of the graph. They are stored in graphs: another wording changes the hash of new ones. */

export const gateText = {
  title: (done: string, opens: string) => `${done} to ${opens}`,
  database:
    'The database for the Hub exists and its connection is at hand. Name, role and privileges are not stated by Exekra.',
  licenceCarried: "The .lic file was carried over and uploaded on the Hub's activation page.",
  licenceUploaded: "The .lic file was uploaded on the Hub's activation page.",
  administrator: 'The first administrator was created; the e-mail equals the one the licence was issued to.',
  signIn: 'Signing in works and the dashboard opens.',
  studio:
    'Studio starts on the canary host and reaches the Hub. What it asks at its first start is not stated by Exekra.',
  runnersRegistered:
    "Every Runner was registered on the Hub's Runners page; its Machine Secret is shown once and was kept safe.",
  runnersOnline: "Every Runner shows ONLINE on the Hub's Runners page.",
} as const

export const stepTitleText = {
  reachHost: 'Reach host',
  collectFacts: 'Collect facts',
  checkHost: 'Check host',
  checkHostAsBuilt: 'Check host as built',
  probe: (address: string, port: number) => `Probe ${address}:${port}`,
  stage: (file: string) => `Stage ${file}`,
  verify: (file: string) => `Verify ${file}`,
  install: (component: string) => `Install ${component}`,
  installByHand: (component: string) => `Install ${component} by hand`,
  awaitService: (service: string) => `Await service ${service}`,
  openPort: (port: number) => `Open port ${port}`,
  trustCertificate: 'Trust the Hub certificate',
  awaitEndpoint: (address: string, port: number) => `Await https://${address}:${port}`,
  restart: 'Restart host if asked for',
  clearStaging: 'Clear staged files',
} as const
