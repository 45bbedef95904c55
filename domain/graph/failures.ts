/** Failures of compiling a plan that does not say enough. */
import { failed, type FailureError } from '../base/failure.ts'

/** The plan places the component on the host and has no installer for it. */
export function installerMissing(component: string, host: string): FailureError {
  return failed(
    'plan',
    'installer-missing',
    `The plan places ${component} on ${host} but does not say how it is installed.`,
    `Add installers.${component} to the plan.`,
  )
}

/** A file of the component's installer has no hash in the plan. */
export function hashMissing(component: string, file: string): FailureError {
  return failed(
    'plan',
    'hash-missing',
    `The plan does not pin the SHA-256 of ${file}.`,
    `Add sha256 to installers.${component}.`,
  )
}
