/** What the browser shell prints, and the texts of the requests it refuses. */

export const shellText = {
  address: (link: string) => `Exekra Rollout: ${link}`,
  unexpectedError: (method: string) => `${method} failed with an unexpected error. The window shows it.`,
  noBrowser: 'No browser could be opened. Open the address above yourself.',
  ending: 'Shutting down. Jobs on the hosts continue, and the next start finds them again.',
} as const

/** Why the server refuses a request. */
export const refusalText = {
  otherHost: 'Rollout answers at 127.0.0.1 only.',
  otherSite: 'Rollout refuses requests from other sites.',
  unknownPage: 'Rollout refuses requests without a known page.',
  notAPost: 'A call must be a POST.',
  notAGet: 'A stream must be a GET.',
  notJson: 'A call must be JSON.',
  tooLarge: (bytes: number) => `A call may have at most ${bytes} bytes of UTF-8.`,
  sendLess: 'Send less at a time.',
  noSession: 'This window has no session.',
  openLink: 'Open the address that Rollout printed when it started.',
  badStream: 'A stream needs the parameters run and after.',
  tooManyStreams: 'Too many windows are open.',
  readOnlyPage: 'A page must be a GET or HEAD.',
  noFile: 'There is no such file.',
  unexpectedError: 'Rollout met an unexpected error.',
} as const

/** The page for a browser that did not come by the printed address. */
export const strangerPage = {
  title: 'This window has no session',
  text:
    'Open the address that Rollout printed when it started. That address works once. ' +
    'Further windows of the same browser can then open this page.',
} as const
