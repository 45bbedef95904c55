/** Why a practice site cannot be made. */
import { commandName } from '../../../domain/base/command-name.ts'
import { failed, type FailureError } from '../../../domain/base/failure.ts'

/** `reason`: what the operating system answered. */
export function folderNotWritable(dir: string, reason: string): FailureError {
  return failed(
    'workstation',
    'folder-not-writable',
    `Rollout cannot write the practice site to ${dir}: ${reason}.`,
    'Name a folder that you may write to, on a disk with free space.',
  )
}

/** `what`: Runners or Studios. */
export function countOutOfRange(count: number, what: string): FailureError {
  return failed(
    'request',
    'out-of-range',
    `A practice site cannot have ${count} ${what}.`,
    `Enter a whole number of ${what} from 0 to 20000.`,
  )
}

export function notAFolder(dir: string): FailureError {
  return failed(
    'request',
    'not-a-folder',
    `${dir} is not a folder.`,
    'Name a folder that is empty or does not exist yet.',
  )
}

export function folderInUse(dir: string): FailureError {
  return failed(
    'request',
    'folder-in-use',
    `${dir} contains files that do not belong to a practice site. Nothing there was changed.`,
    'Name a folder that is empty, does not exist yet, or contains an earlier practice site.',
  )
}

export function practiceSiteInUse(dir: string): FailureError {
  return failed(
    'workstation',
    'practice-site-in-use',
    `A rollout or survey is running on the practice site in ${dir}. Nothing there was changed.`,
    'Wait until it has finished, stop it with Ctrl-C, or name another folder.',
  )
}

/** `words` names the run on a command line: its id and its database. `unread`: why its state is unknown. */
export function practiceSiteHasRun(
  dir: string,
  run: { readonly runId: string; readonly database: string },
  unread: string | undefined,
  words: string,
): FailureError {
  const state = unread === undefined ? 'which has not finished' : `whose state cannot be read (${unread})`
  return failed(
    'request',
    'practice-site-has-run',
    `The practice site in ${dir} belongs to run ${run.runId} of ${run.database}, ${state}. Nothing there was changed.`,
    `Name another folder. Or resume that run with ${commandName} resume ${words}. Or cancel it with ${commandName} cancel ${words} --reason "...", then resume it so that it ends.`,
  )
}
