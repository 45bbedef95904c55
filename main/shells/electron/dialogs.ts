/** Dialogs of the operating system: choose a plan file or a folder, show a failure, ask before leaving a run. */
import { type BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions } from 'electron'
import type { Failure } from '../../../domain/base/failure.ts'
import type { Dialogs } from '../../app/service/dialogs.ts'
import { dialogText } from './text.ts'

/** The dialogs that the application asks for, over the window in front. */
export function systemDialogs(current: () => BrowserWindow | undefined): Dialogs {
  const choose = async (options: OpenDialogOptions): Promise<string | null> => {
    const window = current()
    const {
      canceled,
      filePaths: [path],
    } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return canceled ? null : (path ?? null)
  }
  return {
    choosePlan: () =>
      choose({
        title: dialogText.choosePlan,
        properties: ['openFile'],
        filters: [
          { name: dialogText.plans, extensions: ['json'] },
          { name: dialogText.allFiles, extensions: ['*'] },
        ],
      }),
    chooseFolder: (title, from) =>
      choose({ title, properties: ['openDirectory'], ...(from === null ? {} : { defaultPath: from }) }),
  }
}

/** Shows what failed, why, and what to do. */
export async function sayFailure(
  window: BrowserWindow | undefined,
  { message, hint, evidence }: Pick<Failure, 'message' | 'hint' | 'evidence'>,
): Promise<void> {
  const options: MessageBoxOptions = {
    type: 'error',
    message,
    detail: [hint, ...evidence.slice(0, 10)].join('\n'),
    buttons: [dialogText.close],
    noLink: true,
  }
  await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
}

/** Asks whether to close while this process runs a rollout; true to close. */
export async function asksToLeave(window: BrowserWindow | undefined): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    message: dialogText.leaveQuestion,
    detail: dialogText.leaveDetail,
    buttons: [dialogText.leaveStay, dialogText.leaveConfirm],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
  return response === 1
}
