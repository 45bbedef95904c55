/** Titles of the blocks of a diagnosis, as the command line prints it. */

export const diagnosisBlocks = {
  cause: 'Cause',
  check: (where: string) => `To check the present state, ${where} (this changes nothing):`,
  change: (where: string) => `To change it, ${where}:`,
  policy: 'Or by Group Policy:',
  noPolicy: 'No Group Policy sets this.',
  undo: 'To undo the change:',
  noUndo: 'There is nothing to undo.',
} as const
