/** Owns the dialogs of the system as the application asks for them; a shell that has them hands them in. */
import type { Api } from '../../../domain/contract/api.ts'
import { failed } from '../../../domain/base/failure.ts'

export interface Dialogs {
  /** The plan file that the person chose; null where none. */
  choosePlan(): Promise<string | null>
  chooseFolder(title: string, from: string | null): Promise<string | null>
}

/** The methods about dialogs. */
export function dialogMethods(dialogs: Dialogs | undefined): Pick<Api, 'dialog.plan' | 'dialog.folder'> {
  const mine = () => dialogs ?? failNoDialogs()
  return {
    'dialog.plan': async () => ({ path: await mine().choosePlan() }),
    'dialog.folder': async ({ title, from }) => ({ path: await mine().chooseFolder(title, from) }),
  }
}

function failNoDialogs(): never {
  throw failed(
    'workstation',
    'no-dialogs',
    'A window in a browser has no dialogs for files of this computer.',
    'Type the path, or use the desktop program.',
  )
}
