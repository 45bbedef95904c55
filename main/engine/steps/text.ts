/** What steps say: evidence and failures that go into the log, in the words of the operator. */

export const installText = {
  ended: (title: string, exitCode: number, meaning: string) =>
    `The ${title} installer ended with ${exitCode}: ${meaning}.`,
} as const
