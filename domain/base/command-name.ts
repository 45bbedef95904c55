/** The command that a person types. Hints, help, documents and exports name it; `rollout` works inside the project too. */
export const commandName = 'exekra-rollout'
