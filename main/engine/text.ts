/** What attempts write to the log: failures and why an attempt was interrupted. */

export const attemptText = {
  stoppedWatching: 'Rollout stopped watching. Jobs on the host keep running.',
  processEnded: 'Rollout ended before the attempt ended.',
  keptWay: (reach: string) => `This run first reached the host by ${reach}, and keeps to it.`,
  notProved: (title: string, state: string) =>
    `A person reported "${title}" as done by hand, but Rollout found it ${state} on the host.`,
  notProvedHint: 'Compare the evidence with the host, then decide again.',
  uncertain: (title: string, state: string) =>
    `Rollout found "${title}" ${state} on the host. Running it again could do harm.`,
  uncertainHint: 'Check the host, then choose "Done by hand" or "Retry". Rollout checks it again.',
  undone: (title: string, state: string) => `"${title}" was done, but afterwards Rollout found it ${state}.`,
  undoneHint: 'Find what reverts it on the host (policy, another tool), then retry.',
} as const
