/** The words of the window while no view is shown. */
export const appText = {
  loading: 'Loading the view',
  unknownTitle: 'Unknown address',
  unknown: (address: string) => `No view has the address ${address}.`,
  unknownHint: 'Go back to the list of sites.',
} as const
