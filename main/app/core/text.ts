/** What the application writes into a log or shows as it is. */

/** The reason of a gate that opens by itself. */
export const openedByYes = 'Opened by --yes.'

/** What the doctor found in order, each a clause: they are listed behind one another. */
export const doctorText = {
  chosen: (way: string, why: string) => `${way} is chosen. ${why}`,
  answers: (address: string, port: number) => `${address} answers on port ${port}`,
  certificateAccepted: (fingerprint: string) => `its certificate is accepted: ${fingerprint}`,
  winrmOffers: (offers: readonly string[]) => `WinRM asks for a sign-in and offers ${offers.join(', ')}`,
  signedIn: (user: string | undefined) => `${user ?? 'the user'} can sign in, and PowerShell answers`,
} as const
