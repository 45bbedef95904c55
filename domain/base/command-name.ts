/** The command that a person types, as hints and documents name it. Inside the project `rollout` works too. */
export const commandName = 'exekra-rollout'
