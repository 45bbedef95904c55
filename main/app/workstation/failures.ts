/** Why a part of the program cannot be used as it is. */
import { failed, type FailureError } from '../../../domain/base/failure.ts'

/** There is no built part and no tool to build it. */
export function builderMissing(part: string): FailureError {
  return failed(
    'workstation',
    'not-built',
    `The ${part} is not built, and Vite is not installed.`,
    'Run npm ci, then npm start.',
  )
}

/** `config`: the settings of Vite for the part. */
export function buildFailed(part: string, config: string): FailureError {
  return failed(
    'workstation',
    'not-built',
    `The ${part} could not be built.`,
    `Read the output above, then run npx vite build --config ${config}.`,
  )
}
