/** What is added where a reason cannot be checked for secrets. */
export const reasonText = {
  notWritten: (message: string) => `Nothing was done, because the reason could not be checked for secrets. ${message}`,
  orLeaveOut: (hint: string) => `${hint} Or leave out the reason where it is optional.`,
} as const
