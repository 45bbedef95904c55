/** The contract: every method by which a window asks the application, with what goes in and what comes out. */
import type { ApiOf, CallOf } from './define.ts'
import { acceptanceMethods } from './methods/acceptance.ts'
import { applicationMethods } from './methods/application.ts'
import { planMethods } from './methods/plans.ts'
import { runMethods } from './methods/runs.ts'
import { settingsMethods } from './methods/settings.ts'
import { surveyMethods } from './methods/surveys.ts'
import { vaultMethods } from './methods/vault.ts'

export const contract = {
  ...applicationMethods,
  ...planMethods,
  ...surveyMethods,
  ...runMethods,
  ...acceptanceMethods,
  ...settingsMethods,
  ...vaultMethods,
} as const

export type Contract = typeof contract
export type MethodName = keyof Contract
/** What main/app implements. */
export type Api = ApiOf<Contract>
/** What a window holds: `await call('plan.read', { planId })`. */
export type Call = CallOf<Contract>
