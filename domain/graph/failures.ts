/** Failures of compiling a plan that does not say enough. */
import { failed, type FailureError } from '../base/failure.ts'
import type { ComponentName } from '../base/ids.ts'
import { componentTitles } from '../base/titles.ts'

/** The plan places the component on the host and has no installer for it. */
export function installerMissing(component: ComponentName, host: string): FailureError {
  return failed(
    'plan',
    'installer-missing',
    `The plan places ${componentTitles[component]} on ${host} but does not describe its installer.`,
    `Describe the installer of ${componentTitles[component]} in the plan, or place the component as existing.`,
  )
}

/** A file of the component's installer has no hash in the plan. */
export function hashMissing(component: ComponentName, file: string): FailureError {
  return failed(
    'plan',
    'hash-missing',
    `The plan does not name the SHA-256 of ${file}.`,
    `Enter the SHA-256 of the file in the installer of ${componentTitles[component]}.`,
  )
}
