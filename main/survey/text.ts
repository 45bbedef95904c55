/** What a survey reports of a host beside the findings of the checks. */
export const surveyText = {
  reachedBy: (host: string, way: string, why: string) => `Rollout reaches ${host} by ${way}. ${why}`,
} as const
