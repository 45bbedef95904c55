/** Owns the dialogs of the system: choosing a plan file or a folder, saying what failed, and asking before a run is left. */
import { type BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions } from 'electron'
import type { Failure } from '../../../domain/base/failure.ts'
import type { Dialogs } from '../../app/service/dialogs.ts'

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
        title: 'Open plan',
        properties: ['openFile'],
        filters: [
          { name: 'Plans', extensions: ['json'] },
          { name: 'All files', extensions: ['*'] },
        ],
      }),
    chooseFolder: (title, from) =>
      choose({ title, properties: ['openDirectory'], ...(from === null ? {} : { defaultPath: from }) }),
  }
}

/** Says what failed, why, and what to do. */
export async function sayFailure(
  window: BrowserWindow | undefined,
  { message, hint, evidence }: Pick<Failure, 'message' | 'hint' | 'evidence'>,
): Promise<void> {
  const options: MessageBoxOptions = {
    type: 'error',
    message,
    detail: [hint, ...evidence.slice(0, 10)].join('\n'),
    buttons: ['Close'],
    noLink: true,
  }
  await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
}

/** Asks whether to leave while a run is driven here. */
export async function asksToLeave(window: BrowserWindow | undefined): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    message: 'A rollout is going on. Close Rollout all the same?',
    detail:
      'What runs on the hosts goes on; nothing new begins until Rollout is started again. It then finds everything as it is and goes on from there.',
    buttons: ['Keep it open', 'Close Rollout'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
  return response === 1
}
