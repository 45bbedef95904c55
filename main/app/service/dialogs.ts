/** File dialogs of the operating system. A shell that has them hands them in. */
import type { Api } from '../../../domain/contract/api.ts'
import { noDialogs } from './text/computer-failures.ts'

export interface Dialogs {
  /** The plan file that the person chose; null where none. */
  choosePlan(): Promise<string | null>
  chooseFolder(title: string, from: string | null): Promise<string | null>
}

/** The methods about dialogs; each throws `no-dialogs` where the shell has none. */
export function dialogMethods(dialogs: Dialogs | undefined): Pick<Api, 'dialog.plan' | 'dialog.folder'> {
  const available = () => {
    if (!dialogs) throw noDialogs()
    return dialogs
  }
  return {
    'dialog.plan': async () => ({ path: await available().choosePlan() }),
    'dialog.folder': async ({ title, from }) => ({ path: await available().chooseFolder(title, from) }),
  }
}
