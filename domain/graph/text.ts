/** Texts of the graph. They are stored in graphs: another wording changes the hash of new ones. */

export const gateText = {
  title: (done: string, opens: string) => `${done} to ${opens}`,
  database:
    "The database for the Hub exists, and its connection details are known. Exekra's documentation names no database, role or privileges.",
  licenceCarried:
    "The licence is active: the .lic file was brought to the site and uploaded on the Hub's activation page.",
  licenceUploaded: "The licence is active: the .lic file was uploaded on the Hub's activation page.",
  administrator: 'The first administrator exists. Its e-mail address is the one that the licence was issued to.',
  signIn: 'Sign-in to the Hub works, and the dashboard opens.',
  studio:
    "Studio starts on the canary host and reaches the Hub. Exekra's documentation does not describe its first start.",
  runnersRegistered:
    "Every Runner is registered on the Hub's Runners page. Its Machine Secret is stored safely: the Hub shows it only once.",
  runnersOnline: "Every Runner shows ONLINE on the Hub's Runners page.",
} as const

export const stepTitleText = {
  reachHost: 'Connect to the host',
  collectFacts: 'Collect facts about the host',
  checkHost: 'Check the host',
  checkHostAsBuilt: 'Verify the finished host',
  probe: (address: string, port: number) => `Test the path to ${address}:${port}`,
  stage: (file: string) => `Send ${file}`,
  verify: (file: string) => `Verify ${file}`,
  install: (component: string) => `Install ${component}`,
  installByHand: (component: string) => `Install ${component} by hand`,
  awaitService: (service: string) => `Wait for service ${service}`,
  openPort: (port: number) => `Open port ${port}`,
  trustCertificate: "Trust the Hub's certificate",
  awaitEndpoint: (address: string, port: number) => `Wait for https://${address}:${port}`,
  restart: 'Restart the host if required',
  clearStaging: 'Remove the sent files',
} as const
